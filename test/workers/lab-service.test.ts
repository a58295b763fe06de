/** Experiments one after the other: a second one waits, a run has priority over none, what a tab left is interrupted. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExperimentDesign } from '../../src/core/lab/design.ts';
import { unlimited } from '../../src/core/run/meter.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { createSimulatedModel } from '../../src/models/simulated/simulated-model.ts';
import { worldOf } from '../../src/models/simulated/world-of.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import { ExperimentRepository } from '../../src/storage/experiment-repository.ts';
import { openDatabase } from '../../src/storage/open.ts';
import type { ExperimentStatus, ExperimentUpdate } from '../../src/workers/lab-protocol.ts';
import { LabService } from '../../src/workers/lab-service.ts';

const whole = generateBuiltIn('navigate', 1);
const small: Dataset = { ...whole, examples: whole.examples.slice(0, 90) };
const tiny: Dataset = { ...whole, id: 'tiny', name: 'Tiny', examples: whole.examples.slice(0, 40) };
const model = { engine: 'simulated', skill: 'middling', paceMs: 0 } as const;

function design(title: string, task = small): ExperimentDesign {
  return {
    title,
    question: '',
    tasks: [{ id: task.id, name: task.name }],
    variants: [{ id: 'v', title: 'V', method: 'start-only', options: {}, start: 'plain' }],
    seeds: [1],
    budget: { ...unlimited, calls: 60 },
  };
}

/** The browser's locks, as far as they are used: one that is not `ifAvailable` waits until it is free. */
function locksOfBrowser() {
  const held = new Map<string, Promise<unknown>>();
  return {
    query: () => Promise.resolve({ held: [...held.keys()].map((name) => ({ name })) }),
    async request(
      name: string,
      { ifAvailable }: LockOptions,
      work: (lock: unknown) => Promise<void> | undefined,
    ) {
      if (!ifAvailable) await held.get(name);
      const done = Promise.resolve(work({ name })).finally(() => held.delete(name));
      held.set(name, done);
      await done;
    },
  };
}

let experiments: ExperimentRepository;
let isModelTaken = false;
let openTab: () => LabService;
let lab: LabService;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('navigator', { locks: locksOfBrowser() });
  isModelTaken = false;
  const database = await openDatabase();
  experiments = new ExperimentRepository(database);
  const sleep = () => Promise.resolve();
  openTab = () =>
    new LabService({
      datasets: { get: (id) => Promise.resolve(id === 'tiny' ? tiny : small) },
      experiments,
      completions: new CompletionRepository(database),
      models: { obtain: () => Promise.resolve(createSimulatedModel(model, worldOf(small), { sleep })) },
      isModelTaken: () => isModelTaken,
    });
  lab = openTab();
});
afterEach(() => vi.unstubAllGlobals());

/** Resolves when the experiment is told to have that status. */
function until(id: string, status: ExperimentStatus): Promise<ExperimentUpdate> {
  return new Promise((resolve, reject) => {
    const listener = (update: ExperimentUpdate) => {
      if (update.record.status === status) resolve(update);
    };
    lab.watch(id, listener).catch(reject);
  });
}

/** Patience for a machine that is busy with other things. */
const slow = { timeout: 20_000 };

const statuses = async () => (await lab.list()).map(({ config, status }) => [config.design.title, status]);

describe('the Lab', () => {
  it('lets a second experiment wait for the first and then runs it', async () => {
    const first = await lab.start({ design: design('first'), model });
    const second = await lab.start({ design: design('second'), model });
    expect(new Map((await statuses()) as [string, string][])).toEqual(
      new Map([
        ['first', 'running'],
        ['second', 'queued'],
      ]),
    );
    await until(first, 'finished');
    await until(second, 'finished');
    expect(await experiments.results(second)).toHaveLength(1);
  });

  it('takes a waiting experiment out of the queue when it is stopped', async () => {
    const first = await lab.start({ design: design('first'), model });
    const second = await lab.start({ design: design('second'), model });
    await lab.stop(second);
    await until(first, 'finished');
    expect(await experiments.get(second)).toMatchObject({ status: 'stopped', done: 0 });
  });

  it('pauses, goes on and finishes', async () => {
    const id = await lab.start({ design: design('one'), model });
    lab.pause(id);
    await until(id, 'paused');
    await lab.resume(id);
    await until(id, 'finished');
    expect(await experiments.results(id)).toHaveLength(1);
  });

  it('says which experiment this tab works on, and when it is none', async () => {
    const told: (string | null)[] = [];
    lab.activity.watch((id) => told.push(id));
    const id = await lab.start({ design: design('one'), model });
    await until(id, 'finished');
    await vi.waitFor(() => expect(told).toEqual([null, id, null]), slow);
  });

  it('is followed by a second tab, which sees every result and cannot hold it', async () => {
    const id = await lab.start({ design: design('one'), model });
    lab.pause(id);
    await until(id, 'paused');
    const second = openTab();
    const seen: ExperimentUpdate[] = [];
    await second.watch(id, (update) => seen.push(update));
    expect(seen[0]).toMatchObject({ isElsewhere: true, record: { status: 'paused' } });
    expect(() => second.pause(id)).toThrow('not under way in this tab');
    await lab.resume(id);
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ record: { status: 'finished' } }), slow);
    await vi.waitFor(() => expect(seen.at(-1)?.isElsewhere).toBe(false), slow);
    expect(new Set(seen.flatMap(({ fresh }) => fresh.map(({ key }) => key))).size).toBe(1);
  });

  it('refuses to start while a run has the model, and stores nothing', async () => {
    isModelTaken = true;
    await expect(lab.start({ design: design('one'), model })).rejects.toMatchObject({ code: 'busy' });
    expect(await lab.list()).toEqual([]);
    expect(lab.isBusy).toBe(false);
  });

  it('refuses a task without enough examples for a test, by its name', async () => {
    await expect(lab.start({ design: design('one', tiny), model })).rejects.toThrow('"Tiny" has 40 examples');
  });

  it('finds what another page left under way as interrupted', async () => {
    const id = await lab.start({ design: design('one'), model });
    await until(id, 'finished');
    await experiments.save({ ...(await experiments.get(id)), status: 'running' });
    expect(await statuses()).toEqual([['one', 'interrupted']]);
  });

  it('deletes nothing that is under way', async () => {
    const id = await lab.start({ design: design('one'), model });
    await expect(lab.delete(id)).rejects.toMatchObject({ code: 'busy' });
    await vi.waitFor(() => expect(lab.isBusy).toBe(false));
    await lab.delete(id);
    expect(await lab.list()).toEqual([]);
  });
});
