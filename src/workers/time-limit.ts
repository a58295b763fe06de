/** Work that ends with what there is when its time is over, and at once when it is no longer wanted. */
import { createCancelSource, type CancelSource, type CancelToken } from '../core/cancel.ts';
import type { Timers } from './timers.ts';

interface Bounds {
  readonly limitMs: number;
  readonly timers: Timers;
  /** Cancelled when it is no longer wanted. */
  readonly cancel: CancelToken;
}

/** @param work is given what is cancelled in either case; what it makes of that is its own matter */
export async function withinLimit<T>(
  { limitMs, timers, cancel }: Bounds,
  work: (limit: CancelSource) => Promise<T>,
): Promise<T> {
  const limit = createCancelSource();
  const unsubscribe = cancel.onCancel(() => limit.cancel());
  const callOff = timers.after(limitMs, () => limit.cancel());
  try {
    return await work(limit);
  } finally {
    callOff();
    unsubscribe();
  }
}
