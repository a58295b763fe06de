/**
 * Start against best on the same examples: intervals of the mean score and the exact paired test. For scores between 0
 * and 1 Wilson's interval of their mean is a little too wide (no such score varies more than one of 0 and 1), and the
 * test takes the differences in score; wins and losses are still those of solved examples, as in the gate.
 */
import { mean, sum } from '../arithmetic.ts';
import type { PairedComparison } from '../report.ts';
import { signFlipTwoSided } from '../stats/sign-flip.ts';
import { wilsonInterval } from '../stats/wilson.ts';
import type { Evaluation } from '../types.ts';

const significance = 0.05;

function verdictOf(start: number, best: number, pValue: number): PairedComparison['verdict'] {
  if (pValue > significance || start === best) return 'noise';
  return best > start ? 'better' : 'worse';
}

/** Examples that only one of the two was asked are left out. */
export function comparePaired(start: Evaluation, best: Evaluation): PairedComparison {
  const bestById = new Map(best.outcomes.map((outcome) => [outcome.exampleId, outcome]));
  const pairs = start.outcomes.flatMap((before) => {
    const after = bestById.get(before.exampleId);
    return after
      ? [{ before: before.correct, after: after.correct, startScore: before.score, bestScore: after.score }]
      : [];
  });
  const wins = pairs.filter(({ before, after }) => !before && after).length;
  const losses = pairs.filter(({ before, after }) => before && !after).length;
  const startScores = pairs.map(({ startScore }) => startScore);
  const bestScores = pairs.map(({ bestScore }) => bestScore);
  const [startMean, bestMean] = [mean(startScores), mean(bestScores)];
  const pValue = signFlipTwoSided(pairs.map(({ startScore, bestScore }) => bestScore - startScore));
  return {
    examples: pairs.length,
    start: startMean,
    best: bestMean,
    startInterval: wilsonInterval(sum(startScores), pairs.length),
    bestInterval: wilsonInterval(sum(bestScores), pairs.length),
    wins,
    losses,
    pValue,
    verdict: start.candidateId === best.candidateId ? 'same' : verdictOf(startMean, bestMean, pValue),
  };
}
