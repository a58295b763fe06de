/** The loaded model as the core sees it: every call is watched, and asked again when its worker was lost. */
import type { CancelToken } from '../core/cancel.ts';
import { neverCancelled } from '../core/cancel.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { Completion, CompletionRequest, Constraint, LanguageModel } from '../core/language-model.ts';
import type { ModelLink } from './model-client.ts';
import type { Patience } from './patience.ts';
import type { LoadedModel } from './protocol.ts';
import { Slots } from '../core/slots.ts';
import type { Timers } from './timers.ts';

export interface RemoteModelOptions {
  readonly timers: Timers;
  readonly patience: Patience;
  /** Milliseconds a cancelled call has to end by itself before the worker is terminated. */
  readonly graceMs: number;
  /** A living worker with the model in it, which is loaded again when the last one ended. */
  readonly ready: () => Promise<ModelLink>;
}

/** Milliseconds before a lost call is asked again: a driver that restarts needs a moment. */
const pauses = [1000, 5000] as const;
/** What a GPU or a memory that is too small does once, it may do again for the same call; a third time would be hope. */
const pausesOfMemory = [2000] as const;
/** Counts up over all models, so that a late cancel never meets another model's call. */
let lastCallId = 0;

export class RemoteModel implements LanguageModel {
  readonly identity: LanguageModel['identity'];
  readonly concurrency: number;
  readonly contextWindow: number;
  readonly capabilities: LanguageModel['capabilities'];
  readonly #options: RemoteModelOptions;
  readonly #slots: Slots;

  constructor(loaded: LoadedModel, options: RemoteModelOptions) {
    this.identity = loaded.identity;
    this.concurrency = loaded.concurrency;
    this.contextWindow = loaded.contextWindow;
    this.capabilities = loaded.capabilities;
    this.#options = options;
    this.#slots = new Slots(loaded.concurrency);
  }

  async complete(request: CompletionRequest, cancel: CancelToken = neverCancelled): Promise<Completion> {
    const release = await this.#slots.take(cancel);
    const work = this.#persist((link) => this.#ask(link, request, cancel), cancel, request.constraint);
    // The slot stays taken until the engine is through with a cancelled call; the caller need not wait for that.
    void work.then(release, release);
    return untilCancelled(work, cancel);
  }

  countTokens(text: string): Promise<number> {
    return this.#persist((link) => link.call((api) => api.countTokens(text)), neverCancelled);
  }

  async #persist<T>(
    ask: (link: ModelLink) => Promise<T>,
    cancel: CancelToken,
    constraint?: Constraint,
  ): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      let link: ModelLink | null = null;
      try {
        link = await this.#options.ready();
        cancel.throwIfCancelled();
        return await ask(link);
      } catch (thrown) {
        if (!isLoss(thrown)) throw thrown;
        link?.end(thrown);
        const pause = (isOfMemory(thrown) ? pausesOfMemory : pauses)[attempt];
        if (constraint?.kind === 'grammar') throw blamedOnGrammar(thrown);
        if (pause === undefined || cancel.isCancelled) throw thrown;
        await this.#pause(pause, cancel);
      }
    }
  }

  async #ask(link: ModelLink, request: CompletionRequest, cancel: CancelToken): Promise<Completion> {
    const { timers, patience, graceMs } = this.#options;
    const callId = ++lastCallId;
    const start = timers.now();
    const limit = patience.limitFor(request);
    const disarm = [timers.after(limit, () => link.end(hung(limit)))];
    const unsubscribe = cancel.onCancel(() => {
      void link.call((api) => api.cancel(callId)).catch(() => undefined);
      disarm.push(timers.after(graceMs, () => link.end(hung(graceMs))));
    });
    try {
      const completion = await link.call((api) => api.complete(callId, request));
      patience.learn(completion, timers.now() - start);
      return completion;
    } finally {
      unsubscribe();
      for (const callOff of disarm) callOff();
    }
  }

  #pause(ms: number, cancel: CancelToken): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#options.timers.after(ms, () => {
        unsubscribe();
        resolve();
      });
      const unsubscribe = cancel.onCancel(() => {
        callOff();
        resolve();
      });
    });
  }
}

/** Failures after which the worker cannot be trusted, and a fresh one may well succeed. */
function isLoss(thrown: unknown): thrown is AppError {
  return isAppError(thrown, 'engine-hung') || isAppError(thrown, 'engine-failed') || isOfMemory(thrown);
}

/** A smaller model would help. */
export function isOfMemory(thrown: unknown): thrown is AppError {
  return isAppError(thrown, 'device-lost') || isAppError(thrown, 'out-of-memory');
}

/** A grammar that made the engine crash or hang would do so again. */
function blamedOnGrammar(loss: AppError): AppError {
  if (isOfMemory(loss)) return loss;
  const what = 'The engine failed at a reply with a grammar, and was started again.';
  return new AppError('grammar-invalid', `${what} Correct the grammar, or ask without one.`, { cause: loss });
}

function hung(ms: number): AppError {
  const seconds = String(Math.round(ms / 1000));
  const what = `The engine gave no answer for ${seconds} seconds and was stopped.`;
  return new AppError('engine-hung', `${what} If it happens again, choose a smaller model.`);
}

function untilCancelled<T>(work: Promise<T>, cancel: CancelToken): Promise<T> {
  return new Promise((resolve, reject) => {
    const unsubscribe = cancel.onCancel(() => reject(new AppError('cancelled', 'Stopped on request.')));
    void work.then(resolve, reject).finally(unsubscribe);
  });
}
