/** Experiments as the page knows them: stored ones, the one under way in this tab, and those that wait for it. */
import { checkDesign, tooFewForTest } from '../core/lab/design.ts';
import { AppError } from '../core/errors.ts';
import type { CodeScorer } from '../core/evaluate/code-metric.ts';
import { recommendedSizes } from '../core/split.ts';
import { newId } from '../data/new-id.ts';
import type { CompletionRepository } from '../storage/completion-repository.ts';
import type { DatasetRepository } from '../storage/dataset-repository.ts';
import type { ExperimentConfig, ExperimentRecord } from '../storage/experiment-record.ts';
import type { ExperimentRepository } from '../storage/experiment-repository.ts';
import { ActiveExperiment } from './active-experiment.ts';
import { Activity } from './activity.ts';
import { broadcastExperiment, experimentLock, followExperiment } from './experiment-channel.ts';
import type { ExperimentListener } from './lab-protocol.ts';
import type { ModelService } from './model-service.ts';
import { heldLocks, withLock } from './tab-locks.ts';
import { worldFor } from './worlds.ts';

export interface LabServiceParts {
  readonly datasets: Pick<DatasetRepository, 'get'>;
  readonly experiments: ExperimentRepository;
  readonly completions: CompletionRepository;
  readonly models: Pick<ModelService, 'obtain'>;
  /** Whether something else in this tab uses the model. */
  readonly isModelTaken: () => boolean;
  readonly scoreByCode?: CodeScorer;
}

interface Watcher {
  readonly id: string;
  readonly listener: ExperimentListener;
  detach: (() => void) | null;
}

/** One that says it goes on or waits, but that no tab is working on, was interrupted. */
function asFound(record: ExperimentRecord, isHeld: boolean): ExperimentRecord {
  const isOpen = record.status === 'running' || record.status === 'paused' || record.status === 'queued';
  return isOpen && !isHeld ? { ...record, status: 'interrupted' } : record;
}

export class LabService {
  /** Which experiment this tab works on. */
  readonly activity = new Activity();
  readonly #parts: LabServiceParts;
  readonly #watchers = new Map<number, Watcher>();
  readonly #queue: ExperimentRecord[] = [];
  #active: ActiveExperiment | null = null;
  /** From the wish to start until it is active: the model is spoken for already. */
  #isLaunching = false;
  #nextKey = 0;

  constructor(parts: LabServiceParts) {
    this.#parts = parts;
  }

  get isBusy(): boolean {
    return this.#active !== null || this.#isLaunching;
  }

  async list(): Promise<ExperimentRecord[]> {
    const [records, held] = await Promise.all([this.#parts.experiments.list(), heldLocks()]);
    return records.map((record) => this.#found(record, held));
  }

  async start(config: ExperimentConfig): Promise<string> {
    checkDesign(config.design);
    for (const { id } of config.design.tasks) await this.#checkTask(id);
    const now = Date.now();
    const record: ExperimentRecord = {
      schemaVersion: 1,
      id: newId('experiment'),
      config,
      status: 'queued',
      createdAt: now,
      updatedAt: now,
      done: 0,
      error: null,
    };
    await this.#launchOrQueue(record);
    return record.id;
  }

  async resume(id: string): Promise<void> {
    if (this.#active?.record.id === id) {
      this.#active.resume();
      return;
    }
    if (this.#queue.some((waiting) => waiting.id === id)) return;
    const record = await this.#parts.experiments.get(id);
    if (record.status === 'finished')
      throw new AppError('busy', 'This experiment is finished; there is nothing to go on with.');
    await this.#launchOrQueue(record);
  }

  pause(id: string): void {
    this.#running(id).pause();
  }

  async stop(id: string): Promise<void> {
    const at = this.#queue.findIndex((waiting) => waiting.id === id);
    const [waiting] = at < 0 ? [] : this.#queue.splice(at, 1);
    if (!waiting) {
      this.#running(id).stop();
      return;
    }
    await this.#parts.experiments.save({ ...waiting, status: 'stopped' });
    await this.#sendStored(id);
  }

  async delete(id: string): Promise<void> {
    const isQueued = this.#queue.some((waiting) => waiting.id === id);
    if (isQueued || (await heldLocks()).has(experimentLock(id)))
      throw new AppError('busy', 'This experiment is under way. Stop it before you delete it.');
    await this.#parts.experiments.delete(id);
  }

  async watch(id: string, listener: ExperimentListener): Promise<number> {
    const key = this.#nextKey;
    this.#nextKey += 1;
    const watcher: Watcher = { id, listener, detach: null };
    this.#watchers.set(key, watcher);
    if (this.#active?.record.id === id) this.#attach(watcher, this.#active);
    else if ((await heldLocks()).has(experimentLock(id))) await this.#follow(watcher);
    else await this.#sendStored(id);
    return key;
  }

  unwatch(key: number): void {
    this.#watchers.get(key)?.detach?.();
    this.#watchers.delete(key);
  }

  /** Another tab works on it. */
  async #follow(watcher: Watcher): Promise<void> {
    const { id, listener } = watcher;
    watcher.detach ??= followExperiment(id, listener, () => {
      watcher.detach?.();
      watcher.detach = null;
      void this.#sendStored(id);
    });
    await this.#sendStored(id);
  }

  #found(record: ExperimentRecord, held: ReadonlySet<string>): ExperimentRecord {
    if (this.#active?.record.id === record.id) return this.#active.record;
    const isQueued = this.#queue.some(({ id }) => id === record.id);
    return asFound(record, isQueued || held.has(experimentLock(record.id)));
  }

  #running(id: string): ActiveExperiment {
    if (this.#active?.record.id !== id)
      throw new AppError('not-found', 'This experiment is not under way in this tab. Resume it first.');
    return this.#active;
  }

  async #checkTask(id: string): Promise<void> {
    const { name, examples } = await this.#parts.datasets.get(id);
    if (recommendedSizes(examples.length).test === 0) throw tooFewForTest(name, examples.length);
  }

  async #launchOrQueue(record: ExperimentRecord): Promise<void> {
    if (!this.isBusy) {
      await this.#launch(record);
      return;
    }
    const queued: ExperimentRecord = { ...record, status: 'queued', error: null };
    await this.#parts.experiments.save(queued);
    this.#queue.push(queued);
  }

  async #launch(record: ExperimentRecord): Promise<void> {
    if (this.#parts.isModelTaken())
      throw new AppError('busy', 'A run is under way in this tab. Wait until it is finished, or stop it.');
    this.#isLaunching = true;
    try {
      this.#active = await this.#prepare(record);
    } finally {
      this.#isLaunching = false;
    }
    for (const watcher of this.#watchers.values())
      if (watcher.id === record.id) this.#attach(watcher, this.#active);
    await this.#lockAndDrive(record.id, this.#active);
  }

  async #prepare(record: ExperimentRecord): Promise<ActiveExperiment> {
    const { experiments, completions, datasets, models, scoreByCode } = this.#parts;
    const { model } = record.config;
    return new ActiveExperiment({
      record,
      results: await experiments.results(record.id),
      experiments,
      completions,
      ...(scoreByCode && { scoreByCode }),
      getDataset: (id) => datasets.get(id),
      obtainModel: (dataset, onProgress) =>
        models.obtain('task', model, worldFor(model, dataset), onProgress),
    });
  }

  /** Resolves once the lock is held and the experiment goes; the next in the queue follows when it has ended. */
  #lockAndDrive(id: string, active: ActiveExperiment): Promise<void> {
    const what = 'This experiment is under way in another tab. Watch it there.';
    return new Promise((resolve, reject) => {
      const ended = withLock(experimentLock(id), what, async () => {
        resolve();
        const others = broadcastExperiment(id);
        active.watch(others.listener);
        active.watch(({ record }) => this.activity.tell(record.status === 'running' ? id : null));
        await active.drive().finally(() => others.close());
      });
      ended.catch(reject).finally(() => this.#release(id));
    });
  }

  #release(id: string): void {
    this.#active = null;
    this.activity.tell(null);
    for (const watcher of this.#watchers.values()) {
      if (watcher.id !== id) continue;
      watcher.detach?.();
      watcher.detach = null;
    }
    const next = this.#queue.shift();
    if (next) void this.#launch(next).catch(() => this.#sendStored(next.id));
  }

  #attach(watcher: Watcher, active: ActiveExperiment): void {
    watcher.detach ??= active.watch(watcher.listener);
  }

  async #sendStored(id: string): Promise<void> {
    const { experiments } = this.#parts;
    const [stored, fresh, held] = await Promise.all([
      experiments.get(id),
      experiments.results(id),
      heldLocks(),
    ]);
    const record = this.#found(stored, held);
    const isElsewhere = this.#active?.record.id !== id && held.has(experimentLock(id));
    for (const watcher of this.#watchers.values())
      if (watcher.id === id) watcher.listener({ record, fresh, current: null, isElsewhere });
  }
}
