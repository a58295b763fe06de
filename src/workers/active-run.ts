/** One run under way in this tab: replays what is known, goes on from there, stores and tells what happens. */
import { createCancelSource } from '../core/cancel.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { CodeScorer } from '../core/evaluate/code-metric.ts';
import type { LoggedEvent, PersonAction } from '../core/events.ts';
import type { Completion, LanguageModel } from '../core/language-model.ts';
import { isMethodId } from '../core/methods.ts';
import type { RunReport } from '../core/report.ts';
import { runOptimizer, type RunSetup } from '../core/run/run.ts';
import type { Dataset } from '../data/dataset.ts';
import type { LoadProgress } from '../models/spec.ts';
import type { RunCompletions } from '../storage/completion-repository.ts';
import type { RunConfig, RunRecord, RunStatus } from '../storage/run-record.ts';
import type { RunRepository } from '../storage/run-repository.ts';
import { errorRecordOf } from './errors.ts';
import { EventStream } from './event-stream.ts';
import { Gate, pausable } from './pausable-model.ts';
import { PersonBox } from './person-box.ts';
import type { LiveState, RunListener } from './protocol.ts';
import { isOfMemory } from './remote-model.ts';
import type { RunModels } from './run-models.ts';
import { splitsOf, taskOf } from './run-task.ts';

export interface ActiveRunParts {
  readonly record: RunRecord;
  readonly dataset: Dataset;
  readonly runs: RunRepository;
  readonly completions: RunCompletions;
  readonly scoreByCode?: CodeScorer;
  readonly obtainModels: (
    config: RunConfig,
    onProgress: (progress: LoadProgress) => void,
  ) => Promise<RunModels>;
  /** What the engines say of the models at the moment. */
  readonly notes: () => LiveState['notes'];
  /** Whether one of them waits for a server. */
  readonly isWaiting: () => boolean;
}

/** A full disk pauses: once there is room, the run goes on where it was. */
function statusAfter(error: unknown): RunStatus {
  if (isAppError(error, 'cancelled')) return 'interrupted';
  return isAppError(error, 'storage-full') ? 'paused' : 'failed';
}

export class ActiveRun {
  readonly #parts: ActiveRunParts;
  readonly #gate = new Gate();
  readonly #stop = createCancelSource();
  readonly #skipTest = createCancelSource();
  #isConfirming = false;
  #isStopWanted = false;
  /** Events of the log that an earlier session has told: up to there a replay has to be the same. Not known at first. */
  #told = Infinity;
  #place = 0;
  readonly #events: EventStream;
  readonly #person: PersonBox;
  readonly #liveListeners = new Set<RunListener['onLive']>();
  #record: RunRecord;
  #loading: LoadProgress | null = null;
  #tokensPerSecond: number | null = null;
  #asking: string | null = null;
  #losses = 0;

  constructor(parts: ActiveRunParts) {
    this.#parts = parts;
    this.#record = parts.record;
    const { id, eventCount, config } = parts.record;
    this.#events = new EventStream(eventCount, (events) => parts.runs.appendEvents(id, events));
    this.#person = new PersonBox({
      runId: id,
      runs: parts.runs,
      asksApproval: config.askMe,
      cancel: this.#stop.token,
      onAsking: (candidateId) => {
        this.#asking = candidateId;
        this.#tellLive();
      },
      onWaiting: () => this.#tellLive(),
    });
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Events that happened so far, stored or not. */
  get eventCount(): number {
    return this.#events.count;
  }

  /** Runs to the end, whatever the end is; never rejects. */
  async drive(): Promise<void> {
    try {
      await this.#save({ status: 'running', error: null });
      const report = await this.#run();
      await this.#events.flush();
      await this.#save({ status: report.stopReason === 'stopped' ? 'stopped' : 'finished', report });
    } catch (error) {
      await this.#failed(error);
    }
  }

  pause(): void {
    this.#gate.close();
    void this.#save({ status: 'paused' });
  }

  resume(): void {
    this.#gate.open();
    void this.#save({ status: 'running' });
  }

  /** Ends the search; in the final check, which a stopped search has too, it ends that. */
  stop(): void {
    if (this.#isConfirming) this.#skipTest.cancel();
    this.#isStopWanted = true;
    this.#stopIfDue();
    this.#gate.open();
    if (this.#record.status === 'paused') void this.#save({ status: 'running' });
  }

  /** Resolves when the action is stored; it takes effect at the next checkpoint. */
  act(action: PersonAction): Promise<void> {
    return this.#person.add(action);
  }

  approve(keep: boolean): void {
    this.#person.answer(keep);
  }

  noteRestart(reason: AppError): void {
    if (isOfMemory(reason)) this.#losses += 1;
    this.#tellLiveSoon();
  }

  noteEngines(): void {
    this.#tellLiveSoon();
  }

  /** `from`: events the listener has already; a replay gives the same ones again. */
  watch(listener: RunListener, from = 0): () => void {
    const unwatch = this.#events.watch((events) => listener.onEvents(events), from);
    const onLive: RunListener['onLive'] = (live) => listener.onLive(live);
    this.#liveListeners.add(onLive);
    onLive(this.#live());
    return () => {
      unwatch();
      this.#liveListeners.delete(onLive);
    };
  }

  async #run(): Promise<RunReport> {
    await this.#person.open();
    const setup = await this.#setup();
    const steps = runOptimizer(setup);
    this.#told = await this.#countTold();
    for (; ; this.#place += 1) {
      await this.#gate.pass(); // also where all replies are known and no model is asked
      this.#stopIfDue();
      const next = await steps.next();
      if (next.done) return next.value;
      await this.#note(next.value);
    }
  }

  /** Also those that were stored after the record was. */
  async #countTold(): Promise<number> {
    const { id, eventCount } = this.#record;
    return eventCount + (await this.#parts.runs.events(id, eventCount)).length;
  }

  /** Where an earlier session was stopped, or on this one's wish, once the replay has caught up. */
  #stopIfDue(): void {
    const isWanted = this.#isStopWanted && this.#place >= this.#told;
    if (isWanted || this.#place === this.#record.stoppedAt) this.#stop.cancel();
  }

  async #note(logged: LoggedEvent): Promise<void> {
    const { seq, event } = logged;
    if (event.type === 'search-stopped') await this.#save({ status: this.#record.status, stoppedAt: seq });
    this.#isConfirming ||= event.type === 'phase-started' && event.phase === 'confirmation';
    this.#events.push(logged);
    this.#tellLiveSoon();
  }

  async #setup(): Promise<RunSetup> {
    const { config } = this.#record;
    const { dataset, completions, scoreByCode } = this.#parts;
    if (!isMethodId(config.method))
      throw new AppError('not-found', `There is no method "${config.method}" in this version.`);
    const models = await this.#models();
    this.#loading = null;
    return {
      method: config.method,
      options: config.options,
      task: taskOf(config, dataset),
      splits: splitsOf(config, dataset),
      models,
      seed: config.seed,
      userPrompt: config.userPrompt,
      budget: config.budget,
      store: completions,
      ...(scoreByCode && { scoreByCode }),
      person: this.#person,
      stop: this.#stop.token,
      skipTest: this.#skipTest.token,
    };
  }

  async #models(): Promise<RunSetup['models']> {
    const { task, optimizer } = await this.#parts.obtainModels(this.#record.config, (progress) => {
      this.#loading = progress.phase === 'ready' ? null : progress;
      this.#tellLiveSoon();
    });
    const noteSpeed = (completion: Completion): void => this.#noteSpeed(completion);
    const watched = (model: LanguageModel): LanguageModel =>
      pausable(model, this.#gate, noteSpeed, this.#parts.isWaiting);
    return optimizer === task
      ? { task: watched(task) }
      : { task: watched(task), optimizer: watched(optimizer) };
  }

  #noteSpeed({ usage: { completionTokens, decodeMs } }: Completion): void {
    if (decodeMs <= 0 || completionTokens === 0) return;
    const speed = (completionTokens / decodeMs) * 1000;
    this.#tokensPerSecond =
      this.#tokensPerSecond === null ? speed : 0.8 * this.#tokensPerSecond + 0.2 * speed;
  }

  async #failed(error: unknown): Promise<void> {
    await this.#events.flush().catch(() => undefined); // the first error is the one to tell
    const wasStopped = isAppError(error, 'cancelled') && this.#stop.token.isCancelled;
    const status = wasStopped ? 'stopped' : statusAfter(error);
    this.#loading = null;
    // A report that could not be stored is none: with one, the run would count as finished and not be resumed.
    const told = status === 'interrupted' ? null : errorRecordOf(error);
    await this.#save({ status, error: told, report: null }).catch(() => undefined);
  }

  async #save(change: Pick<RunRecord, 'status'> & Partial<RunRecord>): Promise<void> {
    const { adopted } = this.#parts.completions.counts;
    this.#record = {
      ...this.#record,
      ...change,
      updatedAt: Date.now(),
      eventCount: this.#events.stored,
      ...(adopted > 0 && { adopted: Math.max(adopted, this.#record.adopted ?? 0) }),
    };
    this.#tellLive();
    await this.#parts.runs.save(this.#record);
  }

  #live(): LiveState {
    const { found, adopted, stored } = this.#parts.completions.counts;
    return {
      runId: this.#record.id,
      status: this.#record.status,
      isHere: true,
      loading: this.#loading,
      replayed: found,
      asked: stored,
      adopted,
      tokensPerSecond: this.#tokensPerSecond,
      asksApproval: this.#asking,
      waiting: this.#person.waiting,
      losses: this.#losses,
      notes: this.#parts.notes(),
      error: this.#record.error,
    };
  }

  #tellTimer: ReturnType<typeof setTimeout> | null = null;

  #tellLiveSoon(): void {
    this.#tellTimer ??= setTimeout(() => this.#tellLive(), 200);
  }

  #tellLive(): void {
    if (this.#tellTimer) clearTimeout(this.#tellTimer);
    this.#tellTimer = null;
    for (const listener of this.#liveListeners) listener(this.#live());
  }
}
