/** From runs to figures: means with intervals, curves, standings and paired tests. */
import { mean, sum } from '../arithmetic.ts';
import { groupBy } from '../group-by.ts';
import type { Interval } from '../report.ts';
import { holmAdjust } from '../stats/holm.ts';
import { mcnemarTwoSided } from '../stats/mcnemar.ts';
import { student95 } from '../stats/student.ts';
import { cellsOf, type Axis, type ExperimentDesign } from './design.ts';
import { finalAccuracy, type CellResult } from './result.ts';

export interface Estimate {
  readonly mean: number;
  /** 95 %, over seeds; null where a single seed tells nothing of the spread. */
  readonly interval: Interval | null;
}

/**
 * Mean over tasks of the mean over seeds. The tasks are fixed, so only the spread within a task counts:
 * half width = t · √(Σ s²ᵗ / nᵗ) / T with Σ (nᵗ − 1) degrees of freedom. Clipped to [0, 1].
 */
export function estimate(
  results: readonly CellResult[],
  valueOf: (result: CellResult) => number = finalAccuracy,
): Estimate {
  const tasks = groupBy(results, ({ task }) => task).map((group) => group.map(valueOf));
  const centre = mean(tasks.map(mean));
  const degrees = sum(tasks.map((values) => values.length - 1));
  if (tasks.some((values) => values.length < 2) || degrees < 1) return { mean: centre, interval: null };
  const variances = tasks.map((values) => {
    const average = mean(values);
    return sum(values.map((value) => (value - average) ** 2)) / (values.length - 1) / values.length;
  });
  const half = (student95(degrees) * Math.sqrt(sum(variances))) / tasks.length;
  return { mean: centre, interval: { low: Math.max(0, centre - half), high: Math.min(1, centre + half) } };
}

/** Runs of rounds (a task with a seed) that all variants have finished: what can be compared fairly so far. */
export function comparable(design: ExperimentDesign, results: readonly CellResult[]): CellResult[] {
  const known = new Map(results.map((result) => [result.key, result]));
  const roundOf = ({ task, seed }: { task: string; seed: number }): string => `${task}~${seed}`;
  const open = new Set(
    cellsOf(design)
      .filter(({ key }) => !known.has(key))
      .map(roundOf),
  );
  return cellsOf(design).flatMap((cell) => (open.has(roundOf(cell)) ? [] : (known.get(cell.key) ?? [])));
}

/** Accuracy of the best prompt a run had by then; 0 before its first one was scored. */
export function accuracyAt({ points }: CellResult, axis: Axis, amount: number): number {
  return points.findLast((point) => point[axis] <= amount)?.accuracy ?? 0;
}

export interface CurveSample {
  readonly at: number;
  /** Null where not every run has a prompt yet: there is no accuracy before that. */
  readonly estimate: Estimate | null;
}

/** From here on all runs have a prompt, but for those that never get one and count as 0. */
function startOfCurve(results: readonly CellResult[], axis: Axis): number {
  const firsts = results.flatMap(({ points }) => points[0]?.[axis] ?? []);
  return firsts.length === 0 ? Infinity : Math.max(...firsts);
}

/** Mean test accuracy by what was spent, with its band over seeds, at the given amounts. */
export function curveOf(
  results: readonly CellResult[],
  axis: Axis,
  amounts: readonly number[],
): CurveSample[] {
  const start = startOfCurve(results, axis);
  const estimateAt = (at: number) => estimate(results, (result) => accuracyAt(result, axis, at));
  return amounts.map((at) => ({ at, estimate: at < start ? null : estimateAt(at) }));
}

/** `count` + 1 amounts in equal steps from 0 to the budget, or to the most that was spent where that is more. */
export function gridOf(
  design: ExperimentDesign,
  results: readonly CellResult[],
  axis: Axis,
  count: number,
): number[] {
  const end = Math.max(design.budget[axis] ?? 0, ...results.map(({ spent }) => spent[axis]));
  return Array.from({ length: count + 1 }, (_, index) => (end * index) / count);
}

/** The amount after which the mean is at `level`; null when it never is. */
export function reaches(results: readonly CellResult[], axis: Axis, level: number): number | null {
  const amounts = results.flatMap(({ points }) => points.map((point) => point[axis]));
  const ascending = [...new Set(amounts)].sort((a, b) => a - b);
  const meanAt = (amount: number): number =>
    estimate(results, (result) => accuracyAt(result, axis, amount)).mean;
  return ascending.find((amount) => meanAt(amount) >= level - 1e-9) ?? null;
}

/** Share of the best mean that counts as having reached it. */
export const reachedShare = 0.95;

export interface Standing {
  readonly variant: string;
  readonly runs: number;
  readonly accuracy: Estimate;
  /** What it took to have 95 % of the best variant's mean; null: it never had. */
  readonly toReach: number | null;
  /** Mean per run. */
  readonly spent: number;
  readonly steps: number;
  /** Runs whose budget was spent before a first prompt was scored. They count as 0. */
  readonly unscored: number;
}

/** Best first; equal ones in the order of the design. */
export function standingsOf(
  { variants }: ExperimentDesign,
  results: readonly CellResult[],
  axis: Axis,
): Standing[] {
  const runs = new Map(
    variants.map(({ id }) => [id, results.filter(({ variant }) => variant === id)] as const),
  );
  const best = Math.max(0, ...[...runs.values()].map((own) => estimate(own).mean));
  return [...runs]
    .map(([variant, own]) => ({
      variant,
      runs: own.length,
      accuracy: estimate(own),
      toReach: reaches(own, axis, reachedShare * best),
      spent: mean(own.map(({ spent }) => spent[axis])),
      steps: mean(own.map(({ steps }) => steps)),
      unscored: own.filter(({ points }) => points.length === 0).length,
    }))
    .sort((a, b) => b.accuracy.mean - a.accuracy.mean);
}

export interface Comparison {
  readonly variant: string;
  readonly pairs: number;
  /** Reference minus variant, mean over pairs. */
  readonly difference: number;
  /** Pairs in which the reference is better, and worse; the rest are ties. */
  readonly wins: number;
  readonly losses: number;
  /** Exact two-sided sign test, adjusted by Holm over all comparisons. */
  readonly pValue: number;
}

/** The first variant with each of the others, paired by task and seed. */
export function comparisonsOf({ variants }: ExperimentDesign, results: readonly CellResult[]): Comparison[] {
  const [reference, ...others] = variants;
  if (!reference) return [];
  const pairKey = ({ task, seed }: CellResult): string => `${task}~${seed}`;
  const own = new Map(
    results.filter(({ variant }) => variant === reference.id).map((result) => [pairKey(result), result]),
  );
  const compared = others.map(({ id }) => {
    const differences = results
      .filter(({ variant }) => variant === id)
      .flatMap((other) => {
        const ours = own.get(pairKey(other));
        return ours ? [finalAccuracy(ours) - finalAccuracy(other)] : [];
      });
    const wins = differences.filter((difference) => difference > 0).length;
    const losses = differences.filter((difference) => difference < 0).length;
    return { variant: id, pairs: differences.length, difference: mean(differences), wins, losses };
  });
  const adjusted = holmAdjust(compared.map(({ wins, losses }) => mcnemarTwoSided(wins, losses)));
  return compared.map((one, index) => ({ ...one, pValue: adjusted[index] ?? 1 }));
}
