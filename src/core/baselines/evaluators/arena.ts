/** What a bandit evaluator works with: arms are prompts, a pull scores one of them on a few examples. */
import { sum } from '../../arithmetic.ts';
import type { Random } from '../../random.ts';
import type { Steps } from '../../run-context.ts';
import type { Example } from '../../types.ts';

export interface Arena {
  /** Number of prompts. */
  readonly arms: number;
  readonly examples: readonly Example[];
  readonly random: Random;
  /** Sum of the scores of a prompt on examples. Known pairs cost nothing. */
  score(arm: number, examples: readonly Example[]): Steps<number>;
}

/** Ranks all arms, best first. */
export type Ranking = readonly number[];

/** Sums and counts per arm. A pair that is drawn again counts again, as in the published code. */
export class Tally {
  readonly #sums: number[];
  readonly #counts: number[];

  constructor(arms: number) {
    this.#sums = Array.from({ length: arms }, () => 0);
    this.#counts = Array.from({ length: arms }, () => 0);
  }

  add(arm: number, sum: number, count: number): void {
    this.#sums[arm] = (this.#sums[arm] ?? 0) + sum;
    this.#counts[arm] = this.count(arm) + count;
  }

  count(arm: number): number {
    return this.#counts[arm] ?? 0;
  }

  get total(): number {
    return sum(this.#counts);
  }

  /** In [0, 1]; 0 for an arm that was never pulled. */
  mean(arm: number): number {
    const count = this.count(arm);
    return count === 0 ? 0 : (this.#sums[arm] ?? 0) / count;
  }

  /** Pulls all `arms` on the same examples. */
  async *pull(arena: Arena, arms: readonly number[], examples: readonly Example[]): Steps<void> {
    for (const arm of arms) this.add(arm, yield* arena.score(arm, examples), examples.length);
  }

  /** Highest mean first; of equal means the one that was looked at more, then the older one. */
  ranked(arms: readonly number[]): number[] {
    return [...arms].sort((a, b) => this.mean(b) - this.mean(a) || this.count(b) - this.count(a) || a - b);
  }
}

export function allArms({ arms }: Arena): number[] {
  return Array.from({ length: arms }, (_, arm) => arm);
}
