/** Asks again, with growing pauses, while a failure may be over in a moment. */
import { AppError } from '../../core/errors.ts';
import type { Environment } from './environment.ts';
import { AttemptFailed, isTransient } from './failures.ts';
import type { Transient } from './failures.ts';
import { unreachable } from './unreachable.ts';

/**
 * Milliseconds before each further attempt. Without chance in them: a run asks in the same order again, and a server
 * of one's own is not stormed by strangers.
 */
const pauses = [500, 1000, 2000, 4000, 8000] as const;
/** A server that asks for a longer pause than this does not want to be asked by a program. */
const longestWaitMs = 60_000;

export interface Patience {
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  /** Further attempts; at most as many as there are pauses. */
  readonly retries: number;
}

/** @throws AppError; whatever `ask` throws when `signal` is aborted */
export async function persist<T>(
  ask: () => Promise<T>,
  { baseUrl, signal, retries }: Patience,
  environment: Environment,
): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await ask();
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof AttemptFailed)) throw thrown;
      const { reason } = thrown;
      if (!isTransient(reason)) throw reason;
      const pause = tried < retries ? pauses[tried] : undefined;
      if (pause === undefined) throw reason.error ?? (await unreachable(baseUrl, environment));
      await environment.pause(waitOf(reason, pause), signal);
    }
  }
}

function waitOf({ waitMs }: Transient, pause: number): number {
  if (waitMs === null) return pause;
  if (waitMs <= longestWaitMs) return Math.max(waitMs, pause);
  throw new AppError(
    'endpoint-refused',
    `The endpoint asks to wait ${Math.round(waitMs / 1000)} seconds before the next request. Resume the run after that, or use another endpoint.`,
  );
}
