/**
 * A model for a person who looks on: a run waits minutes for a server that is away, a short trial does not, and says
 * what it would have to wait for.
 */
import { createCancelSource, neverCancelled } from '../core/cancel.ts';
import { decorated } from '../core/decorated-model.ts';
import { AppError } from '../core/errors.ts';
import type { LanguageModel } from '../core/language-model.ts';
import type { Waiting } from '../models/waiting.ts';
import type { Timers } from './timers.ts';

/** Milliseconds; a pause that a server asks for may well be over by then. */
const limitMs = 12_000;
const lookMs = 2000;

/** @param waiting - what the model waits for outside of this machine, null when nothing */
export function impatient(
  model: LanguageModel,
  waiting: () => Waiting | null,
  timers: Timers,
): LanguageModel {
  return decorated(model, async (request, cancel = neverCancelled) => {
    const call = createCancelSource();
    const unsubscribe = cancel.onCancel(() => call.cancel());
    const watch = new WaitWatch(waiting, timers, () => call.cancel());
    try {
      return await model.complete(request, call.token);
    } catch (thrown) {
      cancel.throwIfCancelled();
      throw watch.seen === null ? thrown : gaveUp(watch.seen);
    } finally {
      unsubscribe();
      watch.end();
    }
  });
}

/** Looks every now and then; fires once what is waited for has lasted too long. */
class WaitWatch {
  /** What it fired for. */
  seen: Waiting | null = null;
  #sinceMs: number | null = null;
  #callOff: () => void;

  constructor(waiting: () => Waiting | null, timers: Timers, onTooLong: () => void) {
    const look = (): void => {
      const now = waiting();
      if (now === null) this.#sinceMs = null;
      else this.#sinceMs ??= timers.now();
      const isTooLong = this.#sinceMs !== null && timers.now() - this.#sinceMs >= limitMs - lookMs;
      if (!isTooLong) {
        this.#callOff = timers.after(lookMs, look);
        return;
      }
      this.seen = now;
      onTooLong();
    };
    this.#callOff = timers.after(lookMs, look);
  }

  end(): void {
    this.#callOff();
  }
}

/** “The server does not answer. …” */
function gaveUp({ what }: Waiting): AppError {
  const said = `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`;
  return new AppError('endpoint-unreachable', `${said} Look at the server, then try again.`);
}
