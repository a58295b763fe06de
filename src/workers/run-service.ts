/** Runs as the page knows them: stored ones and the ones under way in this tab. One run has one writer (Web Locks). */
import { AppError, isAppError } from '../core/errors.ts';
import type { CodeScorer } from '../core/evaluate/code-metric.ts';
import type { PersonAction } from '../core/events.ts';
import { isMethodId, methods } from '../core/methods.ts';
import { resolveOptions } from '../core/options.ts';
import { newId } from '../data/new-id.ts';
import type { CompletionRepository } from '../storage/completion-repository.ts';
import type { DatasetRepository } from '../storage/dataset-repository.ts';
import type { RunConfig, RunRecord } from '../storage/run-record.ts';
import type { RunRepository } from '../storage/run-repository.ts';
import { ActiveRun } from './active-run.ts';
import { Activity } from './activity.ts';
import type { ModelService } from './model-service.ts';
import { pacing } from './pacing.ts';
import type { RunListener } from './protocol.ts';
import { waitingActions } from './person-box.ts';
import { broadcastRun, followRun, lockName } from './run-channel.ts';
import { forList, RunTeller, type RunList } from './run-list.ts';
import { obtainModels } from './run-models.ts';
import { heldLocks, withLock } from './tab-locks.ts';
import { versionsFor } from './versions.ts';

export interface RunServiceParts {
  readonly datasets: DatasetRepository;
  readonly runs: RunRepository;
  readonly completions: CompletionRepository;
  readonly models: Pick<ModelService, 'obtain' | 'obtainInTurns' | 'release' | 'notes' | 'waiting'>;
  /** Whether something else in this tab uses the model. */
  readonly isModelTaken: () => boolean;
  readonly scoreByCode?: CodeScorer;
}

/** A run that says it goes on, but that no tab is working on, was interrupted. */
function asFound(record: RunRecord, held: ReadonlySet<string>): RunRecord {
  const isAbandoned = record.status === 'running' && !held.has(lockName(record.id));
  return isAbandoned ? { ...record, status: 'interrupted' } : record;
}

interface Watcher {
  readonly runId: string;
  readonly listener: RunListener;
  /** Events sent so far, while it is not attached. */
  sent: number;
  detach: (() => void) | null;
}

const nothingLive = {
  isHere: false,
  loading: null,
  replayed: 0,
  asked: 0,
  adopted: 0,
  tokensPerSecond: null,
  asksApproval: null,
  losses: 0,
  notes: { task: [], optimizer: [] },
} as const;

export class RunService {
  /** Which run this tab works on. */
  readonly activity = new Activity();
  readonly #parts: RunServiceParts;
  readonly #active = new Map<string, ActiveRun>();
  readonly #watchers = new Map<number, Watcher>();
  readonly #teller = new RunTeller();
  #nextKey = 0;

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  /** @param known - the mark of the last list; 0 before the first */
  async list(known: number): Promise<RunList> {
    const [records, held] = await Promise.all([this.#parts.runs.list(), heldLocks()]);
    const items = records.map((record) =>
      forList(this.#active.get(record.id)?.record ?? asFound(record, held)),
    );
    return this.#teller.tell(items, known);
  }

  async get(id: string): Promise<RunRecord> {
    const active = this.#active.get(id);
    if (active) return active.record;
    const [record, held] = await Promise.all([this.#parts.runs.get(id), heldLocks()]);
    return asFound(record, held);
  }

  async start(config: RunConfig): Promise<string> {
    if (!isMethodId(config.method))
      throw new AppError('invalid-option', `There is no method "${config.method}".`);
    resolveOptions(methods[config.method].options, config.options); // says what is wrong before anything is stored
    const now = Date.now();
    const record: RunRecord = {
      schemaVersion: 1,
      id: newId('run'),
      config,
      status: 'running',
      createdAt: now,
      updatedAt: now,
      eventCount: 0,
      report: null,
      error: null,
      versions: versionsFor(config.taskModel),
    };
    await this.#launch(record, () => this.#parts.runs.save(record));
    return record.id;
  }

  async resume(id: string): Promise<void> {
    const active = this.#active.get(id);
    if (active) {
      active.resume();
      return;
    }
    const record = await this.#parts.runs.get(id);
    if (record.report) throw new AppError('busy', 'This run is finished; there is nothing to resume.');
    await this.#launch(record, () => this.#parts.runs.get(id)); // unless another tab has deleted it meanwhile
  }

  pause(id: string): void {
    this.#running(id).pause();
  }

  stop(id: string): void {
    this.#running(id).stop();
  }

  async act(id: string, action: PersonAction): Promise<void> {
    await this.#running(id).act(action);
  }

  approve(id: string, keep: boolean): void {
    this.#running(id).approve(keep);
  }

  /** The model of the run under way is loaded again. */
  noteRestart(reason: AppError): void {
    for (const active of this.#active.values()) active.noteRestart(reason);
  }

  /** An engine says something new of its model. */
  noteEngines(): void {
    for (const active of this.#active.values()) active.noteEngines();
  }

  async delete(id: string): Promise<void> {
    const what = 'This run is under way. Stop it before you delete it.';
    await withLock(lockName(id), what, () => this.#parts.runs.delete(id));
  }

  /** Sends the log so far, then what comes, also when the run is resumed later. Returns the key for `unwatch`. */
  async watch(
    runId: string,
    onEvents: RunListener['onEvents'],
    onLive: RunListener['onLive'],
  ): Promise<number> {
    const key = this.#nextKey;
    this.#nextKey += 1;
    const watcher: Watcher = { runId, listener: { onEvents, onLive }, sent: 0, detach: null };
    this.#watchers.set(key, watcher);
    if (!this.#active.has(runId)) await this.#sendRest(watcher);
    this.#attach(watcher);
    if (!watcher.detach && (await heldLocks()).has(lockName(runId))) this.#follow(watcher);
    return key;
  }

  unwatch(key: number): void {
    this.#watchers.get(key)?.detach?.();
    this.#watchers.delete(key);
  }

  /** Connects a watcher to the run once it is under way. */
  #attach(watcher: Watcher): void {
    const active = this.#active.get(watcher.runId);
    if (!active || watcher.detach) return;
    watcher.detach = active.watch(watcher.listener, watcher.sent);
  }

  /** Another tab works on the run: show what it does, and take over should that tab go away in the middle. */
  #follow(watcher: Watcher): void {
    const { runId, listener } = watcher;
    watcher.detach = followRun({
      runId,
      listener,
      sent: watcher.sent,
      load: (from) => this.#parts.runs.events(runId, from),
      onReleased: (sent) => {
        watcher.detach?.();
        watcher.detach = null;
        watcher.sent = sent;
        void this.#takeOver(watcher);
      },
    });
  }

  async #takeOver(watcher: Watcher): Promise<void> {
    const record = await this.#parts.runs.get(watcher.runId);
    const isTaken = this.isBusy || this.#parts.isModelTaken();
    if (record.status !== 'running' || isTaken) return this.#sendRest(watcher);
    try {
      await this.#launch(record, () => this.#parts.runs.get(record.id));
    } catch (error) {
      if (!isAppError(error, 'busy')) throw error;
      this.#follow(watcher); // a third tab was quicker
    }
  }

  async #sendRest(watcher: Watcher): Promise<void> {
    const { runId, listener } = watcher;
    const events = await this.#parts.runs.events(runId, watcher.sent);
    watcher.sent += events.length;
    listener.onEvents(events);
    const { status, error } = await this.get(runId);
    const waiting = await waitingActions(this.#parts.runs, runId);
    listener.onLive({ ...nothingLive, runId, status, error, waiting });
  }

  #attachAll(runId: string): void {
    for (const watcher of this.#watchers.values()) if (watcher.runId === runId) this.#attach(watcher);
  }

  /** The run has ended here; whoever still watches is connected again when it is resumed. */
  #release(runId: string): void {
    const count = this.#active.get(runId)?.eventCount ?? 0;
    this.#active.delete(runId);
    this.activity.tell(null);
    for (const watcher of this.#watchers.values()) {
      if (watcher.runId !== runId) continue;
      watcher.detach = null;
      watcher.sent = count;
    }
  }

  #running(id: string): ActiveRun {
    const active = this.#active.get(id);
    if (!active) throw new AppError('not-found', 'This run is not under way in this tab. Resume it first.');
    return active;
  }

  #checkFree(): void {
    const isHere = this.#active.size > 0;
    if (!isHere && !this.#parts.isModelTaken()) return;
    const what = isHere ? 'Another run is under way in this tab.' : 'An experiment is under way in the Lab.';
    throw new AppError('busy', `${what} Wait until it is finished, or stop it.`);
  }

  /** @param begin - done once nothing stands in the way and no other tab can touch the run */
  async #launch(record: RunRecord, begin: () => Promise<unknown>): Promise<void> {
    this.#checkFree();
    const dataset = await this.#parts.datasets.get(record.config.datasetId);
    const completions = await this.#parts.completions.forRun(record.id, {
      isAlone: record.config.askAnew === true,
      beforeAdopted: pacing(record.config),
    });
    this.#checkFree(); // what else was started meanwhile
    const { runs, models, scoreByCode } = this.#parts;
    const active = new ActiveRun({
      record,
      dataset,
      runs,
      completions,
      ...(scoreByCode && { scoreByCode }),
      obtainModels: (config, onProgress) => obtainModels(models, config, dataset, onProgress),
      notes: () => models.notes(),
      isWaiting: () => models.waiting('task') !== null || models.waiting('optimizer') !== null,
    });
    this.#active.set(record.id, active);
    this.#attachAll(record.id);
    await this.#lockAndDrive(record.id, active, begin);
  }

  /** Resolves once the lock is held and the run goes; the lock is given back when the run ends or the tab does. */
  #lockAndDrive(id: string, active: ActiveRun, begin: () => Promise<unknown>): Promise<void> {
    const what = 'This run is under way in another tab. Watch it there, or close that tab.';
    return new Promise((resolve, reject) => {
      const ended = withLock(lockName(id), what, async () => {
        await begin();
        resolve();
        const others = broadcastRun(id);
        active.watch(others.listener);
        active.watch({
          onEvents: () => undefined,
          onLive: ({ status }) => this.activity.tell(status === 'running' ? id : null),
        });
        await active.drive().finally(() => others.close());
      });
      ended.catch(reject).finally(() => this.#release(id));
    });
  }
}
