/**
 * One life of a worker. Comlink never settles what is pending when a worker dies, so every call goes through `call`,
 * which rejects at the latest when the link ends.
 */
import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import { AppError } from '../core/errors.ts';

/** What a link needs of a `Worker`. */
export interface WorkerLike extends Pick<Worker, 'postMessage' | 'terminate'> {
  addEventListener(type: string, listener: EventListenerOrEventListenerObject): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject): void;
}

export class WorkerLink<Api> {
  readonly #worker: WorkerLike;
  readonly #api: Remote<Api>;
  readonly #pending = new Set<(reason: AppError) => void>();
  #endedBy: AppError | null = null;

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    this.#api = wrap<Api>(worker);
    worker.addEventListener('error', (event) => this.end(crashed(event)));
    worker.addEventListener('messageerror', () => this.end(crashed(null)));
    worker.addEventListener('close', () => this.end(crashed(null))); // of a port to the page
  }

  /** Why it ended; null while it lives. */
  get endedBy(): AppError | null {
    return this.#endedBy;
  }

  /** @throws what the worker throws, or the reason the link ended for */
  call<T>(ask: (api: Remote<Api>) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#endedBy) {
        reject(this.#endedBy);
        return;
      }
      this.#pending.add(reject);
      void ask(this.#api)
        .then(resolve, reject)
        .finally(() => this.#pending.delete(reject));
    });
  }

  /** Terminates the worker; whatever is pending rejects with `reason`. A second call does nothing. */
  end(reason: AppError): void {
    if (this.#endedBy) return;
    this.#endedBy = reason;
    this.#worker.terminate();
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
  }
}

function crashed(event: Event | null): AppError {
  const detail =
    event && 'message' in event && typeof event.message === 'string' ? ` (${event.message})` : '';
  return new AppError(
    'engine-failed',
    `The engine crashed${detail}. Load the model again; if it happens often, choose a smaller one.`,
  );
}
