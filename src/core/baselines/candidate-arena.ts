/** The arms of a bandit evaluator are candidates of the run. */
import { sum } from '../arithmetic.ts';
import type { Random } from '../random.ts';
import type { RunContext } from '../run-context.ts';
import type { Candidate, Example, SplitName } from '../types.ts';
import type { Arena } from './evaluators/arena.ts';

export function arenaOf(
  context: RunContext,
  candidates: readonly Candidate[],
  split: SplitName,
  examples: readonly Example[],
  random: Random,
  why: string,
): Arena {
  return {
    arms: candidates.length,
    examples,
    random,
    async *score(arm, asked) {
      const candidate = candidates[arm];
      if (!candidate || asked.length === 0) return 0;
      const { outcomes } = yield* context.evaluate(candidate, asked, split, { why });
      return sum(outcomes.map(({ score }) => score));
    },
  };
}
