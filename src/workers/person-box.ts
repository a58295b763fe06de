/** The person's part in a run: actions wait here for the next checkpoint and are stored before they count. */
import type { CancelToken } from '../core/cancel.ts';
import { AppError } from '../core/errors.ts';
import type { PersonAction } from '../core/events.ts';
import type { PersonPort } from '../core/run/context.ts';
import type { RunRepository } from '../storage/run-repository.ts';

export interface PersonBoxParts {
  readonly runId: string;
  readonly runs: Pick<RunRepository, 'person' | 'savePerson'>;
  readonly asksApproval: boolean;
  readonly cancel: CancelToken;
  /** Told which candidate waits for a word; null when none does. */
  readonly onAsking: (candidateId: string | null) => void;
  /** Told when actions began to wait, or wait no more. */
  readonly onWaiting: () => void;
}

/** Key of the actions that wait for the next checkpoint. */
const inbox = 'inbox';

/** What the person did and the run has not carried out yet; stored, so that a reload loses none of it. */
export async function waitingActions(
  runs: Pick<RunRepository, 'person'>,
  runId: string,
): Promise<readonly PersonAction[]> {
  return (await runs.person(runId, inbox))?.actions ?? [];
}

export class PersonBox implements PersonPort {
  readonly asksApproval: boolean;
  readonly #parts: PersonBoxParts;
  #answer: ((keep: boolean) => void) | null = null;
  #waiting: readonly PersonAction[] = [];
  /** One read and write after the other: an action never falls between them. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: PersonBoxParts) {
    this.#parts = parts;
    this.asksApproval = parts.asksApproval;
  }

  /** What waits for the next checkpoint. */
  get waiting(): readonly PersonAction[] {
    return this.#waiting;
  }

  /** Finds what an earlier session left waiting. */
  open(): Promise<void> {
    return this.#inTurn(async () => this.#wait(await this.#stored()));
  }

  /** Resolves when the action is stored: it outlives the tab. */
  add(action: PersonAction): Promise<void> {
    return this.#inTurn(async () => {
      const { runs, runId } = this.#parts;
      const actions = [...(await this.#stored()), action];
      await runs.savePerson(runId, inbox, { actions });
      this.#wait(actions);
    });
  }

  answer(keep: boolean): void {
    this.#answer?.(keep);
  }

  /** A checkpoint without actions is recorded too: what is done later must not slip into it when it is replayed. */
  take(checkpoint: number): Promise<readonly PersonAction[]> {
    return this.#inTurn(async () => {
      const { runs, runId } = this.#parts;
      const key = `checkpoint ${checkpoint}`;
      const recorded = await runs.person(runId, key);
      if (recorded?.actions) return recorded.actions;
      const actions = await this.#stored();
      await runs.savePerson(runId, key, { actions }, inbox);
      this.#wait([]);
      return actions;
    });
  }

  async approve(candidateId: string): Promise<boolean> {
    const { runs, runId, onAsking } = this.#parts;
    const key = `candidate ${candidateId}`;
    const recorded = await runs.person(runId, key);
    if (recorded?.keep !== undefined) return recorded.keep;
    onAsking(candidateId);
    const keep = await this.#word().finally(() => onAsking(null));
    await runs.savePerson(runId, key, { keep });
    return keep;
  }

  #stored(): Promise<readonly PersonAction[]> {
    const { runs, runId } = this.#parts;
    return waitingActions(runs, runId);
  }

  #wait(actions: readonly PersonAction[]): void {
    const isNews = actions.length > 0 || this.#waiting.length > 0;
    this.#waiting = actions;
    if (isNews) this.#parts.onWaiting();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined); // whoever asked is told
    return result;
  }

  #word(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#parts.cancel.onCancel(() => reject(new AppError('cancelled', 'Stopped on request.')));
    });
  }
}
