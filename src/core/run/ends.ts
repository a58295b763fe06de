/** What ends the calls in flight: another token for the search than for the final check that follows a stop. */
import { createCancelSource, neverCancelled, type CancelToken } from '../cancel.ts';

/** One token for "abandon" and "stop now": either ends the calls in flight. */
function eitherToken(first: CancelToken, second: CancelToken): CancelToken {
  const source = createCancelSource();
  first.onCancel(() => source.cancel());
  second.onCancel(() => source.cancel());
  return source.token;
}

interface Wishes {
  /** Abandons the run. */
  readonly cancel?: CancelToken;
  /** Ends the search. */
  readonly stop?: CancelToken;
  /** Leaves the final check out. */
  readonly skipTest?: CancelToken;
}

export class Ends implements CancelToken {
  #now: CancelToken;
  readonly #later: CancelToken;

  constructor({ cancel = neverCancelled, stop = neverCancelled, skipTest = neverCancelled }: Wishes) {
    this.#now = eitherToken(cancel, stop);
    this.#later = eitherToken(cancel, skipTest);
  }

  get isCancelled(): boolean {
    return this.#now.isCancelled;
  }

  onCancel(listener: () => void): () => void {
    return this.#now.onCancel(listener);
  }

  throwIfCancelled(): void {
    this.#now.throwIfCancelled();
  }

  searchIsOver(): void {
    this.#now = this.#later;
  }
}
