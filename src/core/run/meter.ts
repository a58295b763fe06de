/** Counts what a run has used and knows when that is enough. */
import type { Spent } from '../events.ts';
import type { Usage } from '../language-model.ts';
import { StopRun } from './stop-run.ts';

/** Whichever is reached first ends the search; null means no limit. */
export interface Budget {
  /** Calls of both models together. */
  readonly calls: number | null;
  /** Prompt and completion tokens together, cached ones included. */
  readonly tokens: number | null;
  /** Recorded model time. */
  readonly minutes: number | null;
}

export const unlimited: Budget = { calls: null, tokens: null, minutes: null };

const nothing: Spent = {
  taskCalls: 0,
  optimizerCalls: 0,
  reused: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  modelMs: 0,
};

export class Meter {
  #spent = nothing;
  #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  get spent(): Spent {
    return this.#spent;
  }

  /** From here on nothing is refused: the report on the test set is outside the budget. */
  lift(): void {
    this.#budget = unlimited;
  }

  charge(purpose: 'answer' | 'propose', usage: Usage): void {
    const before = this.#spent;
    this.#spent = {
      taskCalls: before.taskCalls + (purpose === 'answer' ? 1 : 0),
      optimizerCalls: before.optimizerCalls + (purpose === 'propose' ? 1 : 0),
      reused: before.reused,
      promptTokens: before.promptTokens + usage.promptTokens,
      cachedTokens: before.cachedTokens + usage.cachedTokens,
      completionTokens: before.completionTokens + usage.completionTokens,
      modelMs: before.modelMs + usage.prefillMs + usage.decodeMs,
    };
  }

  countReuse(): void {
    this.#spent = { ...this.#spent, reused: this.#spent.reused + 1 };
  }

  /**
   * @param next calls that belong together
   * @throws StopRun `budget` when they would go beyond it
   */
  throwIfSpent(next = 1): void {
    const { calls, tokens, minutes } = this.#budget;
    const { taskCalls, optimizerCalls, promptTokens, completionTokens, modelMs } = this.#spent;
    const isSpent =
      (calls !== null && taskCalls + optimizerCalls + next > calls) ||
      (tokens !== null && promptTokens + completionTokens >= tokens) ||
      (minutes !== null && modelMs >= minutes * 60_000);
    if (isSpent) throw new StopRun('budget');
  }
}
