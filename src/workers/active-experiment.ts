/** One experiment under way in this tab: its runs one after the other, each replaying what is known of it. */
import { createCancelSource } from '../core/cancel.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { CodeScorer } from '../core/evaluate/code-metric.ts';
import { answerSuffix } from '../core/evaluate/answer-suffix.ts';
import { cellsOf, type Cell, type Variant } from '../core/lab/design.ts';
import { nothingSpent, type CellResult } from '../core/lab/result.ts';
import { runCell } from '../core/lab/run-cell.ts';
import type { LanguageModel } from '../core/language-model.ts';
import type { RunSetup } from '../core/run/run.ts';
import { recommendedSizes, splitExamples } from '../core/split.ts';
import type { Dataset } from '../data/dataset.ts';
import type { LoadProgress } from '../models/spec.ts';
import type { CompletionRepository } from '../storage/completion-repository.ts';
import type { ExperimentRecord, ExperimentStatus } from '../storage/experiment-record.ts';
import type { ExperimentRepository } from '../storage/experiment-repository.ts';
import { replyOwner } from '../storage/key-ranges.ts';
import type { ErrorRecord } from '../storage/run-record.ts';
import { errorRecordOf } from './errors.ts';
import type { CurrentCell, ExperimentListener } from './lab-protocol.ts';
import { Gate, pausable } from './pausable-model.ts';

export interface ActiveExperimentParts {
  readonly record: ExperimentRecord;
  readonly results: readonly CellResult[];
  readonly experiments: Pick<ExperimentRepository, 'save' | 'saveResult' | 'deleteReplies'>;
  readonly completions: Pick<CompletionRepository, 'forRun'>;
  readonly scoreByCode?: CodeScorer;
  readonly getDataset: (id: string) => Promise<Dataset>;
  readonly obtainModel: (
    dataset: Dataset,
    onProgress: (progress: LoadProgress) => void,
  ) => Promise<LanguageModel>;
}

/** Tokens of an answer with room to think, as for a run. */
const answerTokens = 256;
/** Milliseconds between two updates about what is spent. */
const tellEveryMs = 200;

interface Watcher {
  readonly listener: ExperimentListener;
  /** Results it has been sent. */
  sent: number;
}

export class ActiveExperiment {
  readonly #parts: ActiveExperimentParts;
  readonly #gate = new Gate();
  readonly #stop = createCancelSource();
  readonly #watchers = new Set<Watcher>();
  readonly #results: CellResult[];
  #record: ExperimentRecord;
  #current: CurrentCell | null = null;
  #tellTimer: ReturnType<typeof setTimeout> | null = null;
  #dataset: Dataset | null = null;

  constructor(parts: ActiveExperimentParts) {
    this.#parts = parts;
    this.#record = parts.record;
    this.#results = [...parts.results];
  }

  get record(): ExperimentRecord {
    return this.#record;
  }

  /** Runs to the end, whatever the end is; never rejects. */
  async drive(): Promise<void> {
    try {
      await this.#save('running');
      const known = new Set(this.#results.map(({ key }) => key));
      for (const cell of cellsOf(this.#record.config.design)) {
        if (!known.has(cell.key)) await this.#take(cell);
      }
      await this.#save('finished');
    } catch (error) {
      await this.#failed(error);
    }
  }

  pause(): void {
    this.#gate.close();
    void this.#save('paused');
  }

  resume(): void {
    this.#gate.open();
    void this.#save('running');
  }

  stop(): void {
    this.#stop.cancel();
    this.#gate.open();
  }

  watch(listener: ExperimentListener): () => void {
    const watcher: Watcher = { listener, sent: 0 };
    this.#watchers.add(watcher);
    this.#send(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async #take(cell: Cell): Promise<void> {
    this.#stop.token.throwIfCancelled();
    const variant = this.#record.config.design.variants.find(({ id }) => id === cell.variant);
    if (!variant) throw new AppError('internal', `There is no variant "${cell.variant}" in this experiment.`);
    this.#current = { cell, spent: nothingSpent, loading: null };
    this.#tell();
    const result = await runCell({
      cell,
      variant,
      setup: await this.#setup(cell, variant),
      onSpent: (spent) => this.#note({ spent }),
    });
    await this.#keep(result);
  }

  async #keep(result: CellResult): Promise<void> {
    const { id, config, status } = this.#record;
    await this.#parts.experiments.saveResult(id, result);
    this.#results.push(result);
    // What this model says costs nothing to make again; a real model's replies may serve the next run.
    if (config.model.engine === 'simulated') await this.#parts.experiments.deleteReplies(id, result.key);
    await this.#save(status);
  }

  /** The same for all variants of a task and seed, but for the method. */
  async #setup({ key, task, seed }: Cell, { method }: Variant): Promise<RunSetup> {
    const { scoreByCode } = this.#parts;
    const dataset = await this.#open(task);
    const { name, description, metric, choices, examples } = dataset;
    const answer = { maxTokens: answerTokens, suffix: answerSuffix(metric, choices), constrain: false };
    const model = await this.#parts.obtainModel(dataset, (loading) => this.#note({ loading }));
    this.#note({ loading: null });
    return {
      method,
      task: { name, description, metric, choices, answer },
      splits: splitExamples(examples, seed, recommendedSizes(examples.length)),
      models: { task: pausable(model, this.#gate, () => undefined) },
      seed,
      budget: this.#record.config.design.budget,
      store: await this.#parts.completions.forRun(replyOwner(this.#record.id, key)),
      cancel: this.#stop.token,
      ...(scoreByCode && { scoreByCode }),
    };
  }

  async #open(id: string): Promise<Dataset> {
    if (this.#dataset?.id !== id) this.#dataset = await this.#parts.getDataset(id);
    return this.#dataset;
  }

  async #failed(error: unknown): Promise<void> {
    this.#current = null;
    const isStopped = isAppError(error, 'cancelled') && this.#stop.token.isCancelled;
    // A storage that is full cannot keep this either; the page is told all the same.
    await this.#save(isStopped ? 'stopped' : 'failed', isStopped ? null : errorRecordOf(error)).catch(
      () => undefined,
    );
  }

  async #save(status: ExperimentStatus, error: ErrorRecord | null = null): Promise<void> {
    const done = this.#results.length;
    this.#record = { ...this.#record, status, error, done, updatedAt: Date.now() };
    if (status === 'finished') this.#current = null;
    try {
      await this.#parts.experiments.save(this.#record);
    } finally {
      this.#tell(); // what is told is stored; unless storing failed, and then it is told all the more
    }
  }

  #note(change: Partial<CurrentCell>): void {
    if (this.#current) this.#current = { ...this.#current, ...change };
    this.#tellTimer ??= setTimeout(() => this.#tell(), tellEveryMs);
  }

  #tell(): void {
    if (this.#tellTimer) clearTimeout(this.#tellTimer);
    this.#tellTimer = null;
    for (const watcher of this.#watchers) this.#send(watcher);
  }

  #send(watcher: Watcher): void {
    const fresh = this.#results.slice(watcher.sent);
    watcher.sent = this.#results.length;
    watcher.listener({ record: this.#record, fresh, current: this.#current });
  }
}
