import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { simulatedSetup } from '../../bench/simulated-setup.ts';
import { AppError } from '../../src/core/errors.ts';
import type { LoggedEvent } from '../../src/core/events.ts';
import { createMemoryStore, type RecordedReply } from '../../src/core/run/recorder.ts';
import { runOptimizer } from '../../src/core/run/run.ts';
import { recommendedSizes } from '../../src/core/split.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import type { Metric } from '../../src/core/types.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import { openDatabase } from '../../src/storage/open.ts';
import { readRunFile } from '../../src/storage/run-file/read-run-file.ts';
import { checksumOf, writeRunFile, type RunFileContent } from '../../src/storage/run-file/run-file.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { RunTransfer } from '../../src/storage/run-transfer.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from '../ui/sample-run.ts';

const key = '0123456789abcdef0123456789abcdef';
const reply: RecordedReply = {
  kind: 'completion',
  completion: {
    text: 'Answer: 7',
    finishReason: 'stop',
    usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0.5, decodeMs: 2 },
  },
};

const log = finishedLog(sampleReport()).events;
const sample: RunFileContent = {
  run: sampleRecord({ status: 'finished', report: sampleReport(), eventCount: log.length }),
  dataset: sampleDataset,
  events: log,
  completions: [{ key, reply }],
  person: [{ key: 'checkpoint 3', record: { actions: [{ kind: 'hint', text: 'be brief' }] } }],
};

/** A real run of the simulated model, with all that its log holds. */
async function realRun(method: 'dual-phase' | 'gepa'): Promise<RunFileContent> {
  const dataset = generateBuiltIn('dates', 1);
  const replies = new Map<string, RecordedReply>();
  const memory = createMemoryStore();
  const setup = simulatedSetup({
    dataset,
    seed: 1,
    method,
    budget: { calls: 300, tokens: null, minutes: null },
  });
  const events: LoggedEvent[] = [];
  const run = runOptimizer({
    ...setup,
    store: {
      get: (name) => memory.get(name),
      put: (name, value) => {
        replies.set(name, value);
        return memory.put(name, value);
      },
    },
  });
  for await (const event of run) events.push(event);
  const last = events.at(-1)?.event;
  const report = last?.type === 'run-finished' ? last.report : null;
  const base = sampleRecord({ status: 'finished', report, eventCount: events.length });
  const { metric, choices } = dataset;
  return {
    run: {
      ...base,
      versions: { Sentential: '1' },
      config: {
        ...base.config,
        datasetId: dataset.id,
        metric,
        choices,
        sizes: recommendedSizes(240),
        method,
      },
    },
    dataset,
    events,
    completions: [...replies].map(([name, value]) => ({ key: name, reply: value })),
    person: [],
  };
}

function failureOf(read: () => unknown): AppError {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('expected a failure');
}

/** The file with its content changed and the checksum made to fit: only the schema can find it. */
function changed(change: (content: Record<string, unknown>) => void): string {
  const content = JSON.parse(JSON.stringify(sample)) as Record<string, unknown>;
  change(content);
  return JSON.stringify({
    format: 'sentential-run',
    schemaVersion: 1,
    checksum: checksumOf(content),
    content,
  });
}

const placed = (path: string, value: unknown) => (content: Record<string, unknown>) => {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at: Record<string, unknown> = content;
  for (const name of names) at = at[name] as Record<string, unknown>;
  at[last] = value;
};

describe('a run file', () => {
  it('gives back what was written', () => {
    expect(readRunFile('a.json', writeRunFile(sample))).toEqual(sample);
  });

  it.each(['dual-phase', 'gepa'] as const)('loses nothing of a real run of %s', async (method) => {
    const run = await realRun(method);
    expect(run.run.report).not.toBeNull();
    expect(readRunFile('a.json', writeRunFile(run))).toEqual(run);
  });

  it('keeps that a reply broke off before its answer', () => {
    const at = log.findIndex(({ event }) => event.type === 'example-scored');
    const source = changed(placed(`events.${at}.event.outcome.isCut`, true));
    expect(readRunFile('a.json', source).events[at]?.event).toMatchObject({ outcome: { isCut: true } });
  });

  it.each([
    ['no JSON', 'Answer,Input\n1,2', /not readable as JSON/],
    ['another file', '[{"input": "a", "target": "b"}]', /is not a run file.*Data page/],
    ['null', 'null', /is not a run file/],
    ['a file that was cut', writeRunFile(sample).slice(0, 5000), /ends too early/],
    [
      'a newer version',
      writeRunFile(sample).replace('"schemaVersion":1', '"schemaVersion":2'),
      /newer version/,
    ],
    ['a head without content', '{"format":"sentential-run","schemaVersion":1}', /damaged/],
    [
      'a flipped letter',
      writeRunFile(sample).replace('Count the items', 'Count the itemz'),
      /was changed after/,
    ],
  ])('refuses %s in words', (_, source, message) => {
    const failure = failureOf(() => readRunFile('a.json', source));
    expect(failure).toMatchObject({ code: 'file-refused', place: { file: 'a.json' } });
    expect(failure.message).toMatch(message);
  });

  it.each<[string, unknown]>([
    ['run.config.seed', 'seven'],
    ['run.config.metric.kind', 'magic'],
    ['run.config.taskModel.engine', 'other'],
    ['run.id', '../../etc'],
    ['dataset.examples.3.target', 5],
    ['events.4.event', { type: 'unheard-of' }],
    ['events.4.spent.taskCalls', -1],
    ['events.4.seq', 77],
    ['completions.0.key', 'r2/0123456789abcdef0123456789abcdef'],
    ['run.report.test.startInterval', null],
    ['run.eventCount', 3],
  ])('names %s when it is %j', (path, value) => {
    const failure = failureOf(() => readRunFile('a.json', changed(placed(path, value))));
    const field = failure.place?.field ?? '';
    expect(path.startsWith(field.replace(/^events$/, 'run.eventCount')) || field.startsWith(path)).toBe(true);
    expect(failure.message).toMatch(/damaged/);
  });

  it('takes nothing from keys that would reach a prototype', () => {
    const source = changed((content) => {
      const run = content['run'] as { config: Record<string, unknown> };
      run.config['options'] = JSON.parse(
        '{"__proto__": {"polluted": true}, "constructor": "x", "steps": 3}',
      ) as unknown;
    });
    const read = readRunFile('a.json', source);
    expect(read.run.config.options).toEqual({ steps: 3 });
    expect(Object.getPrototypeOf(read.run.config.options)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is read with a megabyte in one reply', () => {
    const long = 'x'.repeat(1_000_000);
    const source = changed(placed('completions.0.reply.completion.text', long));
    const [first] = readRunFile('a.json', source).completions;
    expect(first?.reply).toMatchObject({ completion: { text: long } });
  });
});

describe('bringing a run file in', () => {
  async function open(): Promise<{
    datasets: DatasetRepository;
    runs: RunRepository;
    completions: CompletionRepository;
    transfer: RunTransfer;
  }> {
    globalThis.indexedDB = new IDBFactory();
    const database = await openDatabase();
    const datasets = new DatasetRepository(database);
    const runs = new RunRepository(database);
    const completions = new CompletionRepository(database);
    return { datasets, runs, completions, transfer: new RunTransfer(datasets, runs, completions) };
  }
  type Store = Awaited<ReturnType<typeof open>>;
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  it('in an empty browser gives the same run, log, dataset and replies', async () => {
    const id = await store.transfer.read('a.json', writeRunFile(sample));
    expect(await store.runs.get(id)).toEqual(sample.run);
    expect(await store.runs.events(id)).toEqual(sample.events);
    expect(await store.datasets.get('counting')).toEqual(sample.dataset);
    expect(await (await store.completions.forRun(id)).get(key)).toEqual(reply);
    expect(await store.runs.person(id, 'checkpoint 3')).toEqual(sample.person[0]?.record);
    expect(readRunFile('b.json', await store.transfer.write(id))).toEqual(sample);
  });

  it('twice changes nothing the second time', async () => {
    const first = await store.transfer.read('a.json', writeRunFile(sample));
    expect(await store.transfer.read('a.json', writeRunFile(sample))).toBe(first);
    expect(await store.runs.list()).toHaveLength(1);
  });

  it('for which there is hardly room stores nothing at all, and says what is missing', async () => {
    const estimate = (): Promise<StorageEstimate> => Promise.resolve({ usage: 5e6, quota: 5e6 });
    vi.stubGlobal('navigator', { storage: { estimate } });
    const source = changed(placed('completions.0.reply.completion.text', 'x'.repeat(2_000_000)));
    await expect(store.transfer.read('a.json', source)).rejects.toMatchObject({ code: 'storage-full' });
    vi.unstubAllGlobals();
    expect([await store.runs.list(), await store.datasets.list()]).toEqual([[], []]);
  });

  it('that is damaged stores nothing at all', async () => {
    const damaged = changed(placed('events.4.seq', 77));
    await expect(store.transfer.read('a.json', damaged)).rejects.toMatchObject({ code: 'file-refused' });
    expect([
      await store.runs.list(),
      await store.datasets.list(),
      await store.completions.ofRun('r1'),
    ]).toEqual([[], [], []]);
  });

  it('with the id of another run and another dataset replaces neither', async () => {
    const own = sampleRecord({ createdAt: 1, config: { ...sample.run.config, name: 'mine' } });
    const ownData = { ...sampleDataset, examples: sampleDataset.examples.slice(0, 3) };
    await store.runs.save(own);
    await store.datasets.save(ownData);
    const id = await store.transfer.read('a.json', writeRunFile(sample));
    expect(id).not.toBe('r1');
    expect(await store.runs.get('r1')).toEqual(own);
    expect(await store.datasets.get('counting')).toEqual(ownData);
    const { config } = await store.runs.get(id);
    expect((await store.datasets.get(config.datasetId)).examples).toEqual(sampleDataset.examples);
    expect(await store.transfer.read('a.json', writeRunFile(sample))).toBe(id);
  });

  it('brings no reply that a run of one’s own would use', async () => {
    await store.transfer.read('a.json', writeRunFile(sample));
    expect(await (await store.completions.forRun('mine')).get(key)).toBeUndefined();
  });

  it('that was under way elsewhere is interrupted here', async () => {
    const going = { ...sample, run: { ...sample.run, status: 'running' as const } };
    const id = await store.transfer.read('a.json', writeRunFile(going));
    expect((await store.runs.get(id)).status).toBe('interrupted');
  });

  it('exports replies that another run had asked for first', async () => {
    await (await store.completions.forRun('first')).put(key, reply);
    const second = await store.completions.forRun('second');
    expect(await second.get(key)).toEqual(reply);
    expect(await store.completions.ofRun('second')).toEqual([{ key, reply }]);
  });
});

describe('every metric in a run file', () => {
  it.each<Metric>([
    { kind: 'contains', ignoreCase: true, all: true },
    { kind: 'starts-with', ignoreCase: true },
    { kind: 'regex', pattern: '^{{target}}$', ignoreCase: true },
    { kind: 'token-f1', solvedFrom: 0.8 },
    { kind: 'rouge-l', solvedFrom: 0.5 },
    { kind: 'levenshtein', ignoreCase: true, solvedFrom: 0.9 },
    { kind: 'json', weights: { 'a.b': 2, c: 0.5 }, ignoreCase: true, solvedFrom: 0.75 },
    { kind: 'javascript', code: 'return answer === target;', solvedFrom: 0.5 },
  ])('%j comes back as it was', (metric) => {
    const run = { ...sample.run, config: { ...sample.run.config, metric } };
    const written = writeRunFile({ ...sample, run, dataset: { ...sample.dataset, metric } });
    const read = readRunFile('run.json', written);
    expect(read.run.config.metric).toEqual(metric);
    expect(read.dataset.metric).toEqual(metric);
  });
});
