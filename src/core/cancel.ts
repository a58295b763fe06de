/** Cancellation without the DOM's AbortSignal: the core must compile and run where there is none. */
import { AppError } from './errors.ts';

export interface CancelToken {
  readonly isCancelled: boolean;
  /** Calls back once, at once when already cancelled. Returns the way to unsubscribe. */
  onCancel(listener: () => void): () => void;
  /** @throws AppError `cancelled` */
  throwIfCancelled(): void;
}

export interface CancelSource {
  readonly token: CancelToken;
  /** A second call does nothing. */
  cancel(): void;
}

export function createCancelSource(): CancelSource {
  const listeners = new Set<() => void>();
  let isCancelled = false;
  const token: CancelToken = {
    get isCancelled() {
      return isCancelled;
    },
    onCancel(listener) {
      if (isCancelled) {
        listener();
        return () => undefined;
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    throwIfCancelled() {
      if (isCancelled) throw new AppError('cancelled', 'Stopped on request.');
    },
  };
  return {
    token,
    cancel() {
      if (isCancelled) return;
      isCancelled = true;
      const waiting = [...listeners];
      listeners.clear();
      for (const listener of waiting) listener();
    },
  };
}

/** A token that is never cancelled. Shared by all, so it keeps no listener: none would ever be let go. */
export const neverCancelled: CancelToken = {
  isCancelled: false,
  onCancel: () => () => undefined,
  throwIfCancelled: () => undefined,
};
