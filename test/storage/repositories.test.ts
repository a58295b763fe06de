import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import type { LoggedEvent } from '../../src/core/events.ts';
import type { CellResult } from '../../src/core/lab/result.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import type { ExperimentRecord } from '../../src/storage/experiment-record.ts';
import { ExperimentRepository } from '../../src/storage/experiment-repository.ts';
import { openDatabase, storageError, type Database } from '../../src/storage/open.ts';
import type { RunRecord } from '../../src/storage/run-record.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { SettingsRepository } from '../../src/storage/settings-repository.ts';
import { storedSizes } from '../../src/storage/sizes.ts';
import { written } from '../../src/storage/write.ts';

let database: Database;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
});

function dataset(id: string, size: number, createdAt = 1): Dataset {
  const examples = Array.from({ length: size }, (_, index) => ({
    id: `e${index}`,
    input: `in ${index}`,
    target: `${index}`,
  }));
  const needs = Object.fromEntries(examples.map((example) => [example.id, { needs: ['format'], slips: {} }]));
  return {
    schemaVersion: 1,
    id,
    name: id,
    description: '',
    source: { kind: 'pasted', format: 'csv' },
    metric: { kind: 'number' },
    choices: [],
    examples,
    facets: null,
    needs,
    createdAt,
  };
}

function record(id: string, createdAt: number): RunRecord {
  return {
    schemaVersion: 1,
    id,
    config: {
      name: id,
      datasetId: 'd',
      method: 'dual-phase',
      options: {},
      seed: 1,
      sizes: { train: 1, validation: 1, test: 1 },
      metric: { kind: 'number' },
      choices: [],
      answer: { maxTokens: 8, suffix: '', constrain: false },
      userPrompt: null,
      taskModel: { engine: 'simulated', skill: 'middling' },
      optimizerModel: null,
      budget: { calls: null, tokens: null, minutes: null },
      askMe: false,
    },
    status: 'finished',
    createdAt,
    updatedAt: createdAt,
    eventCount: 0,
    report: null,
    error: null,
  };
}

const spent = {
  taskCalls: 0,
  optimizerCalls: 0,
  reused: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  modelMs: 0,
};
const event = (seq: number): LoggedEvent => ({
  seq,
  spent,
  event: { type: 'notice', level: 'info', text: `event ${seq}` },
});

describe('datasets', () => {
  it('come back as they were saved, in several chunks', async () => {
    const datasets = new DatasetRepository(database);
    const saved = dataset('d', 2500);
    await datasets.save(saved);
    expect(await datasets.get('d')).toEqual(saved);
  });

  it('are listed newest first, without their examples', async () => {
    const datasets = new DatasetRepository(database);
    await datasets.save(dataset('old', 3, 1));
    await datasets.save(dataset('new', 4, 2));
    const list = await datasets.list();
    expect(list.map(({ id, size }) => [id, size])).toEqual([
      ['new', 4],
      ['old', 3],
    ]);
    expect(list[0]).not.toHaveProperty('examples');
  });

  it('saved again with fewer examples leave none of the old ones behind', async () => {
    const datasets = new DatasetRepository(database);
    await datasets.save(dataset('d', 2500));
    await datasets.save(dataset('d', 10));
    expect((await datasets.get('d')).examples).toHaveLength(10);
  });

  it('that are gone say so', async () => {
    await expect(new DatasetRepository(database).get('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('runs', () => {
  it('keep their events in order, however they were written', async () => {
    const runs = new RunRepository(database);
    await runs.appendEvents('r', [event(2), event(3)]);
    await runs.appendEvents('r', [event(0), event(1), event(2)]);
    await runs.appendEvents('other', [event(0)]);
    expect(await runs.events('r')).toEqual([0, 1, 2, 3].map(event));
    expect(await runs.events('r', 2)).toEqual([2, 3].map(event));
  });

  it('are deleted with their log, their replies and what the person did, and nothing of another run', async () => {
    const runs = new RunRepository(database);
    const completions = new CompletionRepository(database);
    for (const id of ['a', 'b']) {
      await runs.save(record(id, 1));
      await runs.appendEvents(id, [event(0)]);
      await runs.savePerson(id, 'checkpoint 0', { actions: [] });
      await (
        await completions.forRun(id)
      ).put(`key ${id}`, { kind: 'failure', code: 'context-exceeded', message: id });
    }
    await runs.delete('a');
    await expect(runs.get('a')).rejects.toMatchObject({ code: 'not-found' });
    expect(await runs.events('a')).toEqual([]);
    expect(await database.count('completions')).toBe(1);
    expect(await database.count('person')).toBe(1);
    expect((await runs.get('b')).id).toBe('b');
    expect(await runs.usesOf('d')).toBe(1);
  });
});

describe('sizes', () => {
  it('name what deleting each run would free, the largest first', async () => {
    const runs = new RunRepository(database);
    for (const id of ['small', 'large']) await runs.save(record(id, 1));
    await runs.appendEvents('large', [event(0), event(1)]);
    const replies = await new CompletionRepository(database).forRun('small');
    const reply = { kind: 'failure', code: 'context-exceeded', message: 'é' } as const;
    await replies.put('key', reply);
    const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
    expect(await storedSizes(database)).toEqual([
      { kind: 'run', id: 'large', bytes: bytes(event(0)) + bytes(event(1)) },
      { kind: 'run', id: 'small', bytes: bytes({ key: 'key', reply, runId: 'small' }) },
    ]);
  });

  it('name datasets and experiments too, with the replies of runs that are not finished', async () => {
    const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
    await new DatasetRepository(database).save(dataset('d', 3));
    await database.put('experiments', { id: 'e' } as ExperimentRecord);
    const cell = { key: 'cell' } as CellResult;
    await new ExperimentRepository(database).saveResult('e', cell);
    const replies = await new CompletionRepository(database).forRun('e~open cell');
    const reply = { kind: 'failure', code: 'context-exceeded', message: 'x' } as const;
    await replies.put('key', reply);
    const chunks = await database.getAll('examples');
    const sizes = await storedSizes(database);
    expect(sizes.find(({ kind }) => kind === 'dataset')?.bytes).toBe(bytes(chunks[0]));
    expect(sizes.find(({ kind }) => kind === 'experiment')).toEqual({
      kind: 'experiment',
      id: 'e',
      bytes: bytes(cell) + bytes({ key: 'key', reply, runId: 'e~open cell' }),
    });
  });
});

describe('replies', () => {
  it('are found again, by the run that asked and by others, and counted', async () => {
    const completions = new CompletionRepository(database);
    const first = await completions.forRun('r1');
    await first.put('key', { kind: 'failure', code: 'context-exceeded', message: 'too long' });
    const waits: string[] = [];
    const second = await completions.forRun('r2', {
      beforeAdopted: () => Promise.resolve(void waits.push('asked by another')),
    });
    expect(await second.get('key')).toEqual({
      kind: 'failure',
      code: 'context-exceeded',
      message: 'too long',
    });
    expect(await second.get('unknown')).toBeUndefined();
    await second.get('key'); // its own by now
    expect(waits).toEqual(['asked by another']);
    expect(first.counts).toEqual({ found: 0, adopted: 0, stored: 1 });
    expect(second.counts).toEqual({ found: 2, adopted: 1, stored: 0 });
  });
});

describe('replies of a run that asks everything anew', () => {
  const reply = (message: string) => ({ kind: 'failure', code: 'context-exceeded', message }) as const;

  it('are its own: it takes none and leaves those of the others as they are', async () => {
    const completions = new CompletionRepository(database);
    await (await completions.forRun('r1')).put('key', reply('old'));
    const alone = await completions.forRun('r2', { isAlone: true });
    expect(await alone.get('key')).toBeUndefined();
    await alone.put('key', reply('new'));
    expect(await alone.get('key')).toEqual(reply('new'));
    expect(await (await completions.forRun('r2', { isAlone: true })).get('key')).toEqual(reply('new'));
    expect(await (await completions.forRun('r1')).get('key')).toEqual(reply('old'));
    expect(await (await completions.forRun('r3')).get('key')).toEqual(reply('old'));
  });
});

describe('settings', () => {
  it('are kept', async () => {
    const settings = new SettingsRepository(database);
    await settings.set('model', { engine: 'simulated' });
    expect(await settings.get('model')).toEqual({ engine: 'simulated' });
  });
});

describe('storage errors', () => {
  it('tell a full disk from everything else', () => {
    expect(storageError(new DOMException('full', 'QuotaExceededError')).code).toBe('storage-full');
    expect(storageError(new Error('odd')).code).toBe('storage-failed');
  });

  it('says that a write was broken off, when the browser says no more', () => {
    const error = storageError(new DOMException('aborted', 'AbortError'));
    expect(error).toMatchObject({
      code: 'storage-failed',
      message: expect.stringContaining('make room') as string,
    });
  });

  it('of a group of writes is told by the transaction, which knows why', async () => {
    const full = new DOMException('full', 'QuotaExceededError');
    const aborted = new DOMException('aborted', 'AbortError');
    const transaction = { done: Promise.reject(full), abort: () => undefined };
    const writing = written(transaction, [() => Promise.reject(aborted), () => Promise.resolve()]);
    await expect(writing).rejects.toMatchObject({ code: 'storage-full' });
  });

  it('in a group that cannot be written as a whole leave nothing of it', async () => {
    const runs = new RunRepository(database);
    const odd = { ...event(1), odd: () => 'cannot be cloned' } as unknown as LoggedEvent;
    await expect(runs.appendEvents('r', [event(0), odd])).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await runs.events('r')).toEqual([]);
  });
});
