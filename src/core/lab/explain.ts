/** What an experiment found, in words that need no statistics: for the page, and for the report that is taken away. */
import { mcnemarTwoSided } from '../stats/mcnemar.ts';
import { axisOf, type ExperimentDesign } from './design.ts';
import { amountInWords, type Unit } from './units.ts';
import type { CellResult } from './result.ts';
import {
  comparable,
  comparisonsOf,
  reachedShare,
  standingsOf,
  type Comparison,
  type Standing,
} from './statistics.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

type NameOf = (variant: string) => string;

function standingSentence(standings: readonly Standing[], nameOf: NameOf): string[] {
  const [first, second] = standings;
  if (!first) return [];
  const { interval, mean } = first.accuracy;
  const range = interval
    ? ` (between ${percent(interval.low)} and ${percent(interval.high)} with 95 % confidence)`
    : '';
  const next = second ? ` Next is ${nameOf(second.variant)} with ${percent(second.accuracy.mean)}.` : '';
  return [
    `On test examples that no method saw, the prompts of ${nameOf(first.variant)} scored ${percent(mean)} on average${range}.${next}`,
  ];
}

function speedSentence(standings: readonly Standing[], unit: Unit, nameOf: NameOf): string[] {
  const [first] = standings;
  if (!first || standings.length < 2) return [];
  const level = percent(reachedShare * first.accuracy.mean);
  const there = standings.filter(({ toReach }) => toReach !== null);
  const fastest = [...there].sort((a, b) => (a.toReach ?? 0) - (b.toReach ?? 0));
  const said = fastest.map(
    ({ variant, toReach }) => `${nameOf(variant)} after ${amountInWords(toReach ?? 0, unit)}`,
  );
  const never = standings.filter(({ toReach }) => toReach === null).map(({ variant }) => nameOf(variant));
  const others = never.length === 0 ? '' : ` Never within the budget: ${never.join(', ')}.`;
  return [`To come close to the best (${level}), the methods needed: ${said.join('; ')}.${others}`];
}

/** How often luck alone would give such a difference between two equally good methods. */
function luckInWords(pValue: number): string {
  if (pValue < 0.001) return 'fewer than 1 of 1,000 such experiments';
  const inHundred = pValue * 100;
  return `about ${inHundred < 10 ? inHundred.toFixed(1) : Math.round(inHundred)} of 100 such experiments`;
}

function luckSentence(comparison: Comparison, ours: string, theirs: string): string {
  const { wins, losses, pairs, pValue, difference } = comparison;
  const won = `Against ${theirs}, ${ours} was better in ${wins} of ${pairs} pairs of runs and worse in ${losses}.`;
  const luck = `Luck alone would give such a difference in ${luckInWords(pValue)}`;
  if (pValue > 0.05) return `${won} ${luck}, so this does not show which is better; more seeds may.`;
  return `${won} ${luck}: ${difference > 0 ? ours : theirs} is really better here.`;
}

function luckSentences(comparisons: readonly Comparison[], reference: string, nameOf: NameOf): string[] {
  const pairs = Math.max(0, ...comparisons.map((one) => one.pairs));
  if (comparisons.length === 0 || pairs === 0) return [];
  const sweep = mcnemarTwoSided(pairs, 0) * comparisons.length;
  if (sweep > 0.05) {
    return [
      `There ${pairs === 1 ? 'is only one pair' : `are only ${pairs} pairs`} of runs: even winning all of them could be luck. Take more tasks or seeds before you believe a difference.`,
    ];
  }
  return comparisons.map((one) => luckSentence(one, nameOf(reference), nameOf(one.variant)));
}

function unscoredSentence(standings: readonly Standing[], nameOf: NameOf): string[] {
  return standings
    .filter(({ unscored }) => unscored > 0)
    .map(
      ({ variant, unscored, runs }) =>
        `${nameOf(variant)} spent the budget before its first prompt was scored in ${unscored} of ${runs} runs; those count as 0 %.`,
    );
}

/**
 * One paragraph per string; empty before the first round is complete.
 * @param isSimulated - by a model that takes no time, so that minutes are what it says it would have taken
 */
export function explain(
  design: ExperimentDesign,
  results: readonly CellResult[],
  isSimulated: boolean,
): string[] {
  const [reference] = design.variants;
  const fair = comparable(design, results);
  if (fair.length === 0 || !reference) return [];
  const axis = axisOf(design);
  const nameOf: NameOf = (id) => design.variants.find((variant) => variant.id === id)?.title ?? id;
  const standings = standingsOf(design, fair, axis);
  return [
    ...standingSentence(standings, nameOf),
    ...speedSentence(standings, { axis, isSimulated }, nameOf),
    ...luckSentences(comparisonsOf(design, fair), reference.id, nameOf),
    ...unscoredSentence(standings, nameOf),
  ];
}

export const simulatedNote =
  'Simulated model: this shows how the methods behave, not what a language model would score.';
