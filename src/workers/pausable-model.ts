/** A model that can be held between two calls, and that tells what its calls were like. */
import { AppError, isAppError } from '../core/errors.ts';
import { createCancelSource, neverCancelled, type CancelToken } from '../core/cancel.ts';
import { decorated } from '../core/decorated-model.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../core/language-model.ts';

/** Opened and closed by the person's Pause and Resume. */
export class Gate {
  readonly #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Returns the way to unsubscribe. */
  onClose(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(): void {
    this.#isClosed = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Resolves when open. @throws AppError `cancelled` */
  async pass(cancel: CancelToken = neverCancelled): Promise<void> {
    while (this.#isClosed) {
      await new Promise<void>((resolve, reject) => {
        const unsubscribe = cancel.onCancel(() => reject(new AppError('cancelled', 'Stopped on request.')));
        this.#waiting.push(() => {
          unsubscribe();
          resolve();
        });
      });
    }
  }
}

/**
 * A reply under way is let come to its end. One that waits for a server is called off; it is asked again after the
 * pause, as is what fails meanwhile, perhaps for the very reason that the run was paused.
 * @param isWaiting - whether the model waits for a server at the moment
 */
export function pausable(
  model: LanguageModel,
  gate: Gate,
  onCompletion: (completion: Completion) => void,
  isWaiting: () => boolean = () => false,
): LanguageModel {
  return decorated(model, async (request, cancel = neverCancelled) => {
    for (;;) {
      await gate.pass(cancel);
      const completion = await askOrCallOff(model, request, { gate, cancel, isWaiting });
      if (completion === null) continue;
      onCompletion(completion);
      return completion;
    }
  });
}

interface Holds {
  readonly gate: Gate;
  readonly cancel: CancelToken;
  readonly isWaiting: () => boolean;
}

/** Null when it is to be asked again. */
async function askOrCallOff(
  model: LanguageModel,
  request: CompletionRequest,
  { gate, cancel, isWaiting }: Holds,
): Promise<Completion | null> {
  const call = createCancelSource();
  const unsubscribe = [
    cancel.onCancel(() => call.cancel()),
    gate.onClose(() => {
      if (isWaiting()) call.cancel();
    }),
  ];
  try {
    return await model.complete(request, call.token);
  } catch (thrown) {
    const isPaused = call.token.isCancelled || (gate.isClosed && isOfServer(thrown));
    if (cancel.isCancelled || !isPaused) throw thrown;
    return null;
  } finally {
    for (const end of unsubscribe) end();
  }
}

function isOfServer(thrown: unknown): boolean {
  return isAppError(thrown) && (thrown.code === 'timed-out' || thrown.code.startsWith('endpoint-'));
}
