/** An experiment on the simulated model with a real (in-memory) IndexedDB: interrupted, resumed, the same result. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { cellsOf, type ExperimentDesign } from '../../src/core/lab/design.ts';
import type { LanguageModel } from '../../src/core/language-model.ts';
import { unlimited } from '../../src/core/run/meter.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import { createSimulatedModel } from '../../src/models/simulated/simulated-model.ts';
import { worldOf } from '../../src/models/simulated/world-of.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import type { ExperimentRecord } from '../../src/storage/experiment-record.ts';
import { ExperimentRepository } from '../../src/storage/experiment-repository.ts';
import { openDatabase, type Database } from '../../src/storage/open.ts';
import { ActiveExperiment } from '../../src/workers/active-experiment.ts';
import type { ExperimentUpdate } from '../../src/workers/lab-protocol.ts';

const whole = generateBuiltIn('navigate', 1);
/** As few as leave something for a test split: the in-memory database is slow. */
const dataset = { ...whole, examples: whole.examples.slice(0, 90) };
const spec = { engine: 'simulated', skill: 'middling', paceMs: 0 } as const;

const design: ExperimentDesign = {
  title: 'Small',
  question: 'Which is better?',
  tasks: [{ id: dataset.id, name: dataset.name }],
  variants: [
    { id: 'x', title: 'Dual-phase', method: 'dual-phase', options: { drafts: 1, steps: 1 }, start: 'own' },
    { id: 'y', title: 'As it is', method: 'start-only', options: {}, start: 'plain' },
  ],
  seeds: [1],
  budget: { ...unlimited, calls: 120 },
};

const record: ExperimentRecord = {
  schemaVersion: 1,
  id: 'experiment',
  config: { design, model: spec },
  status: 'queued',
  createdAt: 1,
  updatedAt: 1,
  done: 0,
  error: null,
};

let database: Database;
let experiments: ExperimentRepository;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  experiments = new ExperimentRepository(database);
});

interface Opened {
  readonly experiment: ActiveExperiment;
  readonly updates: ExperimentUpdate[];
  asked(): number;
}

/** `breakAt`: the model fails once, on this call. */
async function open(breakAt = Infinity): Promise<Opened> {
  let asked = 0;
  const sleep = () => Promise.resolve();
  const simulated = createSimulatedModel(spec, worldOf(dataset), { sleep });
  const model: LanguageModel = {
    ...simulated,
    complete(request, cancel) {
      asked += 1;
      if (asked === breakAt) throw new AppError('device-lost', 'The GPU was lost.');
      return simulated.complete(request, cancel);
    },
  };
  const experiment = new ActiveExperiment({
    record,
    results: await experiments.results(record.id),
    experiments,
    completions: new CompletionRepository(database),
    getDataset: () => Promise.resolve(dataset),
    obtainModel: () => Promise.resolve(model),
  });
  const updates: ExperimentUpdate[] = [];
  experiment.watch((update) => updates.push(update));
  return { experiment, updates, asked: () => asked };
}

/** The experiment without interruption, in a database of its own. */
async function uninterrupted() {
  const opened = await open();
  await opened.experiment.drive();
  const results = await experiments.results(record.id);
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  experiments = new ExperimentRepository(database);
  return { results, asked: opened.asked() };
}

describe('an experiment', () => {
  it('runs cell by cell to the end, keeps every result and frees the replies', async () => {
    const { experiment, updates } = await open();
    await experiment.drive();
    expect(await experiments.get(record.id)).toMatchObject({ status: 'finished', done: 2, error: null });
    const keys = cellsOf(design).map(({ key }) => key);
    expect((await experiments.results(record.id)).map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(updates.flatMap(({ fresh }) => fresh.map(({ key }) => key))).toEqual(keys);
    expect(await database.count('completions')).toBe(0);
  });

  it('that broke off goes on where it was, asks nothing twice, and ends the same', async () => {
    const expected = await uninterrupted();
    const first = await open(40);
    await first.experiment.drive();
    expect(first.experiment.record).toMatchObject({
      status: 'failed',
      error: { code: 'device-lost' },
      done: 0,
    });
    expect(await database.count('completions')).toBeGreaterThan(30);

    const second = await open();
    await second.experiment.drive();
    expect(second.experiment.record).toMatchObject({ status: 'finished', error: null });
    expect(await experiments.results(record.id)).toEqual(expected.results);
    expect(first.asked() - 1 + second.asked()).toBe(expected.asked); // the broken call got no reply
  });

  it('does not run again what is finished', async () => {
    await (await open()).experiment.drive();
    const again = await open();
    await again.experiment.drive();
    expect(again.asked()).toBe(0);
    expect(again.updates[0]?.fresh).toHaveLength(2);
  });

  it('stopped in the middle keeps nothing half done', async () => {
    const { experiment } = await open();
    const ended = experiment.drive();
    experiment.stop();
    await ended;
    expect(experiment.record).toMatchObject({ status: 'stopped', error: null, done: 0 });
    expect(await experiments.results(record.id)).toEqual([]);
  });

  it('is deleted with its results and replies, and nothing of others', async () => {
    const { experiment } = await open(40);
    await experiment.drive();
    const others = await new CompletionRepository(database).forRun('a run');
    await others.put('its reply', { kind: 'failure', code: 'context-exceeded', message: '' });
    await experiments.delete(record.id);
    expect(await experiments.list()).toEqual([]);
    expect(await database.count('completions')).toBe(1);
  });
});
