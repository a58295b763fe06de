/**
 * The optimizer worker's side of the model worker: owns the `Worker`, watches every call, and starts it again with the
 * same model after a hang, a crash or a lost GPU device; the run goes on with the one call that was lost.
 */
import { proxy } from 'comlink';
import { AppError } from '../core/errors.ts';
import type { LanguageModel } from '../core/language-model.ts';
import type { SimulatedWorld } from '../models/simulated/world.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import type { Waiting } from '../models/waiting.ts';
import { installErrorTransfer } from './errors.ts';
import { createPatience, defaultPatience, patienceFor } from './patience.ts';
import type { PatienceOptions } from './patience.ts';
import type { CachedModel, LoadedModel, ModelApi } from './protocol.ts';
import { RemoteModel } from './remote-model.ts';
import { realTimers } from './timers.ts';
import type { Timers } from './timers.ts';
import { WorkerLink } from './worker-link.ts';
import type { WorkerLike } from './worker-link.ts';

export interface ModelClientOptions {
  readonly startWorker: () => WorkerLike;
  readonly timers?: Timers;
  readonly patience?: PatienceOptions;
  /** Milliseconds without any progress after which a load counts as hung. */
  readonly stallMs?: number;
  /** Milliseconds a cancelled load or call has to end by itself before the worker is terminated. */
  readonly graceMs?: number;
  /** Told before the model is loaded again, and why. */
  readonly onRestart?: (reason: AppError) => void;
  /** Told when the engine says something new of the loaded model. */
  readonly onNotes?: () => void;
}

export type ModelLink = WorkerLink<ModelApi>;

/** What must be loaded in whatever worker lives. */
interface Wanted {
  readonly spec: ModelSpec;
  readonly world: SimulatedWorld | null;
  readonly onProgress: (progress: LoadProgress) => void;
  readonly key: string | null;
}

export function startModelWorker(): Worker {
  return new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module', name: 'model' });
}

export class ModelClient {
  readonly #options: Required<Omit<ModelClientOptions, 'onRestart' | 'onNotes'>> &
    Pick<ModelClientOptions, 'onRestart' | 'onNotes'>;
  #link: ModelLink | null = null;
  #wanted: Wanted | null = null;
  #loaded: LoadedModel | null = null;
  #isLoading = false;
  /** The link with the wanted model in it, or on its way there. */
  #ready: Promise<ModelLink> | null = null;

  constructor(options: ModelClientOptions) {
    installErrorTransfer();
    this.#options = {
      timers: realTimers,
      patience: defaultPatience,
      stallMs: 600_000,
      graceMs: 10_000,
      ...options,
    };
  }

  /** What was asked for last, once it has been loaded; also while a fresh worker loads it again. */
  get loaded(): LoadedModel | null {
    return this.#loaded;
  }

  /** Loads a model in place of the one there is. @throws AppError `cancelled` after `cancelLoad` */
  async load(
    spec: ModelSpec,
    world: SimulatedWorld | null,
    onProgress: (progress: LoadProgress) => void,
    key: string | null = null,
  ): Promise<LanguageModel> {
    if (this.#isLoading)
      throw new AppError('busy', 'Another model is being loaded. Wait for it, or stop it first.');
    this.#loaded = null;
    this.#wanted = { spec, world, onProgress, key };
    this.#ready = this.#startAndLoad(this.#wanted);
    await this.#ready;
    return this.#remoteModel(this.#wanted);
  }

  /** The load under way rejects with `cancelled`; what was downloaded is kept. */
  async cancelLoad(): Promise<void> {
    const link = this.#link;
    const load = this.#ready;
    if (!link || !load || !this.#isLoading) return;
    const disarm = this.#options.timers.after(this.#options.graceMs, () => link.end(stopped()));
    void link.call((api) => api.cancelLoad()).catch(() => undefined);
    await load.then(disarm, disarm);
  }

  async unload(): Promise<void> {
    const link = this.#link;
    this.#forget();
    await link?.call((api) => api.unload());
  }

  cached(): Promise<readonly CachedModel[]> {
    return this.#anyLink().call((api) => api.cached());
  }

  deleteCached(engine: ModelSpec['engine'], modelId: string): Promise<void> {
    return this.#anyLink().call((api) => api.deleteCached(engine, modelId));
  }

  /** Ends the worker; nothing stays open. */
  dispose(): void {
    this.#forget();
    this.#link?.end(new AppError('model-not-loaded', 'The model was unloaded.'));
    this.#link = null;
  }

  #forget(): void {
    this.#wanted = null;
    this.#loaded = null;
    this.#ready = null;
  }

  #anyLink(): ModelLink {
    if (!this.#link || this.#link.endedBy) this.#link = new WorkerLink<ModelApi>(this.#options.startWorker());
    return this.#link;
  }

  async #startAndLoad(wanted: Wanted): Promise<ModelLink> {
    this.#isLoading = true;
    const link = this.#anyLink();
    try {
      const loaded = await this.#loadInto(link, wanted);
      if (this.#wanted !== wanted) throw stopped();
      this.#loaded = loaded;
      return link;
    } catch (thrown) {
      if (this.#wanted === wanted) this.#ready = null;
      throw thrown;
    } finally {
      this.#isLoading = false;
    }
  }

  async #loadInto(link: ModelLink, wanted: Wanted): Promise<LoadedModel> {
    const { spec, world, onProgress, key } = wanted;
    const { timers, stallMs } = this.#options;
    const alarm = (): (() => void) => timers.after(stallMs, () => link.end(stalled()));
    let disarm = alarm();
    let isOver = false;
    const watch = (progress: LoadProgress): void => {
      if (isOver) return;
      disarm();
      disarm = alarm();
      if (progress.phase !== 'ready') onProgress(progress);
    };
    const note = (notes: readonly string[], waiting: Waiting | null = null): void => {
      if (this.#wanted !== wanted || !this.#loaded) return;
      this.#loaded = { ...this.#loaded, notes, waiting };
      this.#options.onNotes?.();
    };
    try {
      const loaded = await link.call((api) => api.load(spec, world, proxy(watch), key, proxy(note)));
      // Reports come through a channel of their own, the last ones perhaps after the result: said here, once.
      onProgress(ready);
      return loaded;
    } finally {
      isOver = true;
      disarm();
    }
  }

  #remoteModel(wanted: Wanted): LanguageModel {
    if (!this.#loaded) throw stopped();
    return new RemoteModel(this.#loaded, {
      timers: this.#options.timers,
      graceMs: this.#options.graceMs,
      patience: createPatience(patienceFor(wanted.spec, this.#options.patience)),
      ready: () => this.#readyFor(wanted),
    });
  }

  #readyFor(wanted: Wanted): Promise<ModelLink> {
    if (this.#wanted !== wanted) {
      return Promise.reject(
        new AppError('model-not-loaded', 'This model is no longer loaded. Load it and try again.'),
      );
    }
    const reason = this.#link?.endedBy ?? null;
    if (this.#ready && (this.#isLoading || !reason)) return this.#ready;
    if (reason) this.#options.onRestart?.(reason);
    this.#ready = this.#startAndLoad(wanted);
    return this.#ready;
  }
}

const ready: LoadProgress = {
  phase: 'ready',
  share: 1,
  loadedBytes: null,
  totalBytes: null,
  secondsLeft: null,
  text: 'The model is ready',
};

function stopped(): AppError {
  return new AppError('cancelled', 'Loading was stopped; what has arrived is kept.');
}

function stalled(): AppError {
  return new AppError(
    'engine-hung',
    'Loading made no progress for a long time. Check the connection and load the model again.',
  );
}
