/** Asks again, with growing pauses, while a failure may be over in a moment. */
import { AppError } from '../../core/errors.ts';
import type { Waiting } from '../waiting.ts';
import type { Environment } from './environment.ts';
import { AttemptFailed, isTransient } from './failures.ts';
import type { Transient } from './failures.ts';
import { unreachable } from './unreachable.ts';

/**
 * Milliseconds before each further attempt, the last one from then on. Without chance in them: a run asks in the same
 * order again, and a server of one's own is not stormed by strangers.
 */
const pauses = [500, 1000, 2000, 4000, 8000, 16_000, 30_000] as const;
/** Milliseconds; a shorter pause is not worth a word. */
const worthAWord = 1000;

export interface Patience {
  /** Further attempts where the server fails, or cuts its replies: that seldom passes by itself. */
  readonly retries: number;
  /** Milliseconds in all where nothing answers, and where the server asks to wait. */
  readonly awayMs: number;
  readonly busyMs: number;
}

/** Somebody waits before the page, and a server that is not there is most likely not to come. */
export const atLoading: Patience = { retries: 2, awayMs: 1500, busyMs: 75_000 };
/** Long enough to start a server anew, or to plug a cable in, without losing the run. */
export const inRun: Patience = { retries: 5, awayMs: 600_000, busyMs: 600_000 };

export interface Persistence {
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** Told what is waited for, and null when it is over. */
  readonly onWait: (waiting: Waiting | null) => void;
}

/** @throws AppError; whatever `ask` throws when `signal` is aborted */
export async function persist<T>(
  ask: () => Promise<T>,
  { baseUrl, signal, patience, onWait }: Persistence,
  environment: Environment,
): Promise<T> {
  const trouble = new Trouble(patience, environment);
  try {
    for (;;) {
      try {
        return await ask();
      } catch (thrown) {
        if (signal.aborted || !(thrown instanceof AttemptFailed)) throw thrown;
        const { reason } = thrown;
        if (!isTransient(reason)) throw reason;
        const pause = trouble.pauseAfter(reason);
        if (pause === null) throw reason.error ?? (await unreachable(baseUrl, environment));
        if (pause >= worthAWord) onWait({ what: reason.words, pauseMs: pause });
        await environment.pause(pause, signal);
      }
    }
  } finally {
    onWait(null);
  }
}

/** How long one request has been in trouble. Attempts that come to nothing count like pauses: some take minutes. */
class Trouble {
  readonly #patience: Patience;
  readonly #now: () => number;
  #since: number | null = null;
  #paused = 0;
  #failures = 0;
  #faults = 0;

  constructor(patience: Patience, { now }: Environment) {
    this.#patience = patience;
    this.#now = now;
  }

  /**
   * Milliseconds; null when it has lasted too long.
   * @throws AppError when the server asks for a longer pause than anyone would wait
   */
  pauseAfter({ kind, waitMs }: Transient): number | null {
    this.#since ??= this.#now();
    const pause = Math.max(waitMs ?? 0, pauses[this.#failures] ?? 30_000);
    this.#failures += 1;
    if (kind === 'fault') this.#faults += 1;
    if (this.#faults > this.#patience.retries) return null;
    const { awayMs, busyMs } = this.#patience;
    const waited = Math.max(this.#paused, this.#now() - this.#since);
    const isTooLong = waited + pause > (kind === 'away' ? awayMs : busyMs);
    if (isTooLong && waitMs !== null && waitMs === pause) throw asksToWait(waitMs);
    if (isTooLong && kind !== 'fault') return null;
    this.#paused += pause;
    return pause;
  }
}

function asksToWait(ms: number): AppError {
  return new AppError(
    'endpoint-refused',
    `The endpoint asks to wait ${Math.round(ms / 1000)} seconds before the next request. Resume the run after that, or use another endpoint.`,
  );
}
