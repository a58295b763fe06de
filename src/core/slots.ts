/** Keeps at most `count` pieces of work under way; the others wait in order. */
import type { CancelToken } from './cancel.ts';
import { AppError } from './errors.ts';

export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with the way to give the slot back. @throws AppError `cancelled` while waiting */
  async take(cancel: CancelToken): Promise<() => void> {
    cancel.throwIfCancelled();
    if (this.#free > 0) this.#free--;
    else await this.#wait(cancel);
    let isHeld = true;
    return () => {
      if (isHeld) this.#release();
      isHeld = false;
    };
  }

  #wait(cancel: CancelToken): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        unsubscribe();
        resolve();
      };
      this.#waiting.push(enter);
      const unsubscribe = cancel.onCancel(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(new AppError('cancelled', 'Stopped on request.'));
      });
    });
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}
