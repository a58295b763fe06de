/** One piece of work after the other; whoever waits or is served can be cancelled without harm to the rest. */
import type { CancelToken } from '../../core/cancel.ts';
import { AppError } from '../../core/errors.ts';

export type Queue = <T>(work: () => Promise<T>, cancel?: CancelToken) => Promise<T>;

function rejectOnCancel<T>(pending: Promise<T>, cancel: CancelToken): Promise<T> {
  return new Promise((resolve, reject) => {
    const unsubscribe = cancel.onCancel(() => reject(new AppError('cancelled', 'Stopped on request.')));
    pending.then(resolve, reject).finally(unsubscribe);
  });
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work, cancel) => {
    const turn = last.then(() => {
      cancel?.throwIfCancelled();
      return work();
    });
    last = turn.catch(() => undefined); // the failure is its asker's; the next one goes on
    return cancel ? rejectOnCancel(turn, cancel) : turn;
  };
}
