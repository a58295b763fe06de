/** Whatever became of a stored record or a file of ours: read back, it is whole, left out, or refused in words. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { IDBFactory } from 'fake-indexeddb';
import { strToU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { LineSum } from '../../src/storage/backup/backup-file.ts';
import { readBackup } from '../../src/storage/backup/read-backup.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import { ExperimentRepository } from '../../src/storage/experiment-repository.ts';
import { openDatabase, type Database } from '../../src/storage/open.ts';
import { readRunFile } from '../../src/storage/run-file/read-run-file.ts';
import { checksumOf } from '../../src/storage/run-file/run-file.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { EndpointKeys } from '../../src/workers/endpoint-keys.ts';
import { SettingsRepository } from '../../src/storage/settings-repository.ts';
import { fuzzTimeout as timeout, numRuns } from '../fixtures/fuzz.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from '../ui/sample-run.ts';

const log = finishedLog(sampleReport()).events;
const events = log
  .slice(0, 12)
  .concat(log.slice(-1))
  .map((event, seq) => ({ ...event, seq }));
const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0.5, decodeMs: 2 };
const reply = { kind: 'completion', completion: { text: 'a', finishReason: 'stop', usage } };
const key = '0123456789abcdef0123456789abcdef';
const run = sampleRecord({ status: 'finished', report: sampleReport(), eventCount: events.length });
const dataset = { ...sampleDataset, examples: sampleDataset.examples.slice(0, 3) };
const { examples, needs, ...head } = dataset;
const design = { tasks: [{ id: dataset.id }] };
const experiment = {
  schemaVersion: 1,
  id: 'x',
  config: { design, model: { engine: 'simulated' } },
  status: 'finished',
  createdAt: 1,
  updatedAt: 1,
  done: 0,
  error: null,
};

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Every place in a value, as the way to it. */
function placesOf(value: Json, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, part]) => placesOf(part, [...way, name]))];
}

function replaced(value: Json, [name, ...rest]: readonly string[], by: Json | undefined): Json {
  if (name === undefined) return by ?? null;
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).flatMap(([other, part]): [string, Json][] => {
    if (other !== name) return [[other, part]];
    if (rest.length > 0) return [[other, replaced(part, rest, by)]];
    return by === undefined ? [] : [[other, by]];
  });
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

const odd = fc.oneof(
  fc.constant(undefined), // the field is gone
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    '',
    'text',
    [],
    {},
    [null],
    { kind: 'odd' },
    '__proto__',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);

/** A good record with one to three of its fields damaged or gone. */
function damaged(good: unknown): fc.Arbitrary<Json> {
  const plain = JSON.parse(JSON.stringify(good)) as Json;
  const places = placesOf(plain);
  const edit = fc.tuple(fc.constantFrom(...places), odd);
  return fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce<Json>((now, [way, by]) => replaced(now, way, by), plain));
}

/** Nothing but an `AppError` with one of the codes may come out. */
async function inWords(codes: readonly string[], read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || !codes.includes(thrown.code)) throw thrown;
    if (thrown.message.length < 20) throw new Error(`hardly words: ${thrown.message}`, { cause: thrown });
  }
}

/** Reading is all that is done with it. */
function looked(...values: readonly unknown[]): void {
  expect(values).not.toHaveLength(0);
}

let database: Database;
beforeAll(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
});

const withIds = (record: Json, ids: Readonly<Record<string, Json>>): object | null =>
  typeof record === 'object' && record !== null && !Array.isArray(record) ? { ...record, ...ids } : null;

/** What the page reads of a list; a damaged record must not spoil it. */
const stores = {
  runs: {
    good: run,
    keep: (value: Json) => database.put('runs', withIds(value, { id: 'r' }) as never),
    read: async () => {
      for (const { config, report } of await new RunRepository(database).list())
        looked(config.taskModel.engine, config.budget.calls, report?.bestText.length);
      await new RunRepository(database).get('r');
    },
  },
  'events of a log': {
    good: events[3],
    keep: (value: Json) => database.put('runEvents', value as never, ['r', 3]),
    read: () => new RunRepository(database).events('r'),
  },
  'actions of a person': {
    good: { actions: [{ kind: 'hint', text: 'be brief' }], keep: true },
    keep: (value: Json) => database.put('person', value as never, ['r', 'checkpoint 0']),
    read: () => new RunRepository(database).person('r', 'checkpoint 0'),
  },
  replies: {
    good: { key, reply, runId: 'r' },
    keep: (value: Json) => database.put('completions', withIds(value, { key }) as never),
    read: async () => {
      const replies = await new CompletionRepository(database).forRun('other');
      const found = await replies.get(key);
      if (found) expect(['completion', 'failure']).toContain(found.kind);
    },
  },
  datasets: {
    good: { ...head, size: 3 },
    keep: async (value: Json) => {
      await database.put('datasets', withIds(value, { id: 'd' }) as never);
      await database.put('examples', { examples, needs: needs ?? null }, ['d', 0]);
    },
    read: async () => {
      for (const { metric, source } of await new DatasetRepository(database).list())
        looked(metric.kind, source.kind);
      await new DatasetRepository(database).get('d');
    },
  },
  examples: {
    good: { examples, needs: null },
    keep: async (value: Json) => {
      await database.put('datasets', { ...head, id: 'e', size: 3 });
      await database.put('examples', value as never, ['e', 0]);
    },
    read: async () => {
      const read = await new DatasetRepository(database).get('e');
      for (const { input, target } of read.examples) looked(input.length, target.length);
    },
  },
  experiments: {
    good: experiment,
    keep: (value: Json) => database.put('experiments', withIds(value, { id: 'x' }) as never),
    read: async () => {
      const experiments = new ExperimentRepository(database);
      await experiments.usesOf('d');
      await experiments.get('x');
    },
  },
  'settings with keys': {
    good: { 'http://localhost/v1': 'key' },
    keep: (value: Json) => database.put('settings', value, 'endpoint-keys'),
    read: async () => {
      const keys = new EndpointKeys(() => Promise.resolve(new SettingsRepository(database)));
      const found = await keys.get('http://localhost/v1');
      if (found !== null) expect(typeof found).toBe('string');
    },
  },
};

describe('R10: a damaged record is left out or refused in words', { timeout }, () => {
  it.each(Object.entries(stores))('%s', async (_, { good, keep, read }) => {
    const property = fc.asyncProperty(damaged(good), async (value) => {
      if (withIds(value, {}) === null) return; // IndexedDB would not take it under its key
      await keep(value);
      await inWords(['record-damaged', 'not-found'], read);
    });
    await fc.assert(property, { numRuns });
  });
});

describe('R10: a damaged file of ours is refused in words', { timeout }, () => {
  it('a run file, also where its checksum was made to fit', async () => {
    const content = { run, dataset, events, completions: [{ key, reply }], person: [] };
    const property = fc.asyncProperty(damaged(content), (value) =>
      inWords(['file-refused'], () =>
        readRunFile(
          'a.json',
          JSON.stringify({
            format: 'sentential-run',
            schemaVersion: 1,
            checksum: checksumOf(value),
            content: value,
          }),
        ),
      ),
    );
    await fc.assert(property, { numRuns });
  });

  it('a backup, also where its checksum was made to fit', async () => {
    const records = [
      { store: 'settings', key: 'theme', value: 'dark' },
      { store: 'runEvents', key: ['r', 0], value: events[0] },
      { store: 'completions', key, value: { key, reply, runId: 'r' } },
      { store: 'runs', key: 'r', value: run },
    ];
    const start = { format: 'sentential-backup', schemaVersion: 1, databaseVersion: 2 };
    const property = fc.asyncProperty(damaged([start, ...records]), async (value) => {
      const lines = (Array.isArray(value) ? value : [value]).map((line) => JSON.stringify(line));
      const sum = new LineSum();
      for (const line of lines) sum.add(line);
      const end = JSON.stringify({ records: lines.length - 1, checksum: sum.checksum });
      await inWords(['data-unreadable'], async () => {
        for await (const record of readBackup('b', new Blob([[...lines, end].join('\n')])))
          looked(record.store.length);
      });
    });
    await fc.assert(property, { numRuns });
  });

  it('any bytes as a backup or a run file', async () => {
    const property = fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
      await inWords(['file-refused'], () => readRunFile('a.json', text));
      await inWords(['data-unreadable'], async () => {
        for await (const record of readBackup('b', new Blob([strToU8(text)]))) looked(record.store.length);
      });
    });
    await fc.assert(property, { numRuns });
  });
});
