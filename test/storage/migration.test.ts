/** What an older version stored is still there after an update, to the last field. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB, type IDBPDatabase } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../src/core/errors.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import { damagedRecords } from '../../src/storage/damaged.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import { migrate } from '../../src/storage/migrations.ts';
import { openDatabase } from '../../src/storage/open.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { databaseVersion, type SententialSchema } from '../../src/storage/schema.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from '../ui/sample-run.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const { examples, needs, ...head } = sampleDataset;
const { events } = finishedLog(sampleReport());
const run = sampleRecord({ id: 'r', status: 'finished', report: sampleReport(), eventCount: events.length });
const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0.5, decodeMs: 2 };
const reply = { kind: 'completion', completion: { text: 'a', finishReason: 'stop', usage } };

/** The stores of version 1, with what a finished run leaves in each. */
const stored = {
  datasets: [{ key: undefined, value: { ...head, size: examples.length } }],
  examples: [{ key: [head.id, 0], value: { examples, needs } }],
  runs: [{ key: undefined, value: run }],
  runEvents: events.map((value) => ({ key: ['r', value.seq], value })),
  completions: [{ key: undefined, value: { key: 'k', runId: 'r', reply } }],
  person: [{ key: ['r', 'checkpoint 0'], value: { actions: [] } }],
  settings: [{ key: 'theme', value: 'dark' }],
} as const;

/** By hand, as version 1 made them: a change of our own first step must not change what it is tested with. */
function createStoresOfVersion1(database: IDBPDatabase): void {
  database.createObjectStore('datasets', { keyPath: 'id' });
  database.createObjectStore('examples');
  const runs = database.createObjectStore('runs', { keyPath: 'id' });
  runs.createIndex('createdAt', 'createdAt');
  runs.createIndex('datasetId', 'config.datasetId');
  database.createObjectStore('runEvents');
  database.createObjectStore('completions', { keyPath: 'key' }).createIndex('runId', 'runId');
  database.createObjectStore('person');
  database.createObjectStore('settings');
}

async function fillVersion1(): Promise<void> {
  const database = await openDB('sentential', 1, { upgrade: createStoresOfVersion1 });
  expect([...database.objectStoreNames].sort()).toEqual(Object.keys(stored).sort());
  for (const [store, entries] of Object.entries(stored))
    for (const { key, value } of entries) await database.put(store, value, key as IDBValidKey | undefined);
  database.close();
}

it('version 1 with its data becomes the present version with the same data and room for experiments', async () => {
  await fillVersion1();
  const database = await openDatabase();
  expect(database.version).toBe(databaseVersion);
  for (const [store, entries] of Object.entries(stored))
    expect(await database.getAll(store as never)).toEqual(entries.map(({ value }) => value));
  expect(await database.getAllFromIndex('runs', 'datasetId', run.config.datasetId)).toHaveLength(1);
  expect(await database.getAllFromIndex('completions', 'runId', 'r')).toHaveLength(1);
  expect(await database.getAll('experiments')).toEqual([]);
  expect(await database.getAll('experimentCells')).toEqual([]);
});

it('what version 1 stored is read as if it were of today', async () => {
  await fillVersion1();
  const database = await openDatabase();
  const runs = new RunRepository(database);
  expect(await runs.list()).toEqual([run]);
  expect(await runs.events('r')).toEqual(events);
  expect((await new DatasetRepository(database).get(head.id)).examples).toEqual(examples);
  expect(await new CompletionRepository(database).ofRun('r')).toEqual([{ key: 'k', reply }]);
  expect(await damagedRecords(database)).toEqual([]);
});

describe('two tabs and a new version', () => {
  const olderTab = (): Promise<IDBPDatabase<SententialSchema>> =>
    openDB<SententialSchema>('sentential', 1, { upgrade: (opened) => migrate(opened, 0, 1) });

  it('the tab that comes later says that the older one must be closed, and opens once it is', async () => {
    const older = await olderTab();
    await expect(openDatabase()).rejects.toMatchObject({ code: 'storage-blocked' });
    older.close();
    const database = await openDatabase();
    expect(database.version).toBe(databaseVersion);
  });

  it('the tab that was first makes way for a newer version and says so', async () => {
    const told: AppError[] = [];
    await openDatabase({ onClosed: (reason) => told.push(reason) });
    const newer = await openDB('sentential', databaseVersion + 1);
    expect(newer.version).toBe(databaseVersion + 1);
    expect(told.map(({ code }) => code)).toEqual(['storage-blocked']);
  });
});
