/** A damaged record is named, can be taken out and deleted, and spoils neither the lists nor a backup. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { restoreBackup } from '../../src/storage/backup/restore.ts';
import { writeBackup } from '../../src/storage/backup/write-backup.ts';
import { damagedAsText, damagedRecords } from '../../src/storage/damaged.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import { openDatabase, type Database } from '../../src/storage/open.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from '../ui/sample-run.ts';

const { events } = finishedLog(sampleReport());
const good = sampleRecord({ id: 'good', status: 'finished', report: sampleReport() });
const bad = { ...good, id: 'bad', config: { ...good.config, seed: 'seven' } };

let database: Database;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  await new DatasetRepository(database).save(sampleDataset);
  const runs = new RunRepository(database);
  await runs.save(good);
  for (const id of ['good', 'bad']) await runs.appendEvents(id, events);
  await database.put('runs', bad as never);
});

it('is named with what is damaged; what is sound is not', async () => {
  expect(await damagedRecords(database)).toEqual([
    { kind: 'run', id: 'bad', name: good.config.name, place: 'config.seed' },
  ]);
});

it.each([
  ['datasets', 'dataset', { id: 'd', name: 5 }],
  ['experiments', 'experiment', { id: 'x', createdAt: 'never' }],
  ['runs', 'run', { id: 'r', config: { datasetId: 'd' } }],
] as const)('in %s is named even where it has lost nearly everything', async (store, kind, record) => {
  await database.put(store, record as never);
  const found = expect.objectContaining({ kind, id: record.id, name: null }) as unknown;
  expect(await damagedRecords(database)).toContainEqual(found);
});

it('is taken out as it is, with what belongs to it and nothing of its neighbours', async () => {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  expect(JSON.parse(await damagedAsText(database, 'run', 'bad'))).toEqual({
    runs: plain(bad),
    runEvents: plain(events),
    person: [],
    replies: [],
  });
});

it('is left out of a backup, which says so and restores all the rest', async () => {
  const { file, leftOut } = await writeBackup(database);
  expect(leftOut).toBe(1);
  globalThis.indexedDB = new IDBFactory();
  const fresh = await openDatabase();
  expect(await restoreBackup(fresh, 'b.gz', file)).toMatchObject({ runs: 1, datasets: 1 });
  expect(await new RunRepository(fresh).get('good')).toEqual(good);
});

it('makes way for an earlier backup once it is deleted', async () => {
  await database.put('runs', { ...good, id: 'bad' });
  const { file } = await writeBackup(database);
  await database.put('runs', bad as never);
  const runs = new RunRepository(database);
  await runs.delete('bad');
  expect(await damagedRecords(database)).toEqual([]);
  await restoreBackup(database, 'b.gz', file);
  expect((await runs.list()).map(({ id }) => id).sort()).toEqual(['bad', 'good']);
});
