/** Why the last thing that was asked for could not be done. */
import { toFailure, type Failure } from '../text.ts';

export class LastFailure {
  #failure = $state.raw<Failure | null>(null);

  /** Null while all went well. */
  get current(): Failure | null {
    return this.#failure;
  }

  forget(): void {
    this.#failure = null;
  }

  /** Something new: what failed before is forgotten. @returns whether it was done */
  async attempt(action: () => Promise<void>): Promise<boolean> {
    this.forget();
    const failure = await failureOf(action);
    if (failure) this.#failure = failure;
    return failure === null;
  }

  /** A further step of the same: of several failures the first one stays. */
  async goOn(action: () => Promise<void>): Promise<void> {
    const failure = await failureOf(action);
    this.#failure ??= failure;
  }
}

async function failureOf(action: () => Promise<void>): Promise<Failure | null> {
  try {
    await action();
    return null;
  } catch (thrown) {
    return toFailure(thrown);
  }
}
