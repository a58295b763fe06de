/**
 * The paired permutation test for scores between 0 and 1 (Fisher 1935; Pitman 1937): were the two prompts the same,
 * each difference could as well have had the other sign. How many of all 2ⁿ choices of signs favour one side as much?
 * For scores of 0 and 1 this is the exact McNemar test, to which it is left then.
 */
import { sum } from '../arithmetic.ts';
import { mcnemarTwoSided } from './mcnemar.ts';

/** Differences are counted in hundredths, so that their sums can be enumerated. */
const unit = 100;
/** Steps of the enumeration; beyond, there are so many examples that the normal approximation is as good. */
const mostSteps = 5e6;

/** P(sum of a random choice of the sizes ≥ reached), each size taken with probability 1/2. */
function exactTail(sizes: readonly number[], reached: number, total: number): number {
  let chances = new Float64Array(total + 1);
  chances[0] = 1;
  for (const size of sizes) {
    const next = chances.map((chance) => chance / 2);
    for (let sum = total; sum >= size; sum -= 1)
      next[sum] = (next[sum] ?? 0) + (chances[sum - size] ?? 0) / 2;
    chances = next;
  }
  return chances.subarray(reached).reduce((sum, chance) => sum + chance, 0);
}

/** P(Z ≥ z) for z ≥ 0: Abramowitz and Stegun 7.1.26, error below 1.5e-7. */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.3275911 * (z / Math.SQRT2));
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return (terms.reduce((sum, term) => sum * t + term, 0) * t * Math.exp((-z * z) / 2)) / 2;
}

/** @param differences one per example, each in [−1, 1] @returns the two-sided p-value; 1 when nothing differs */
export function signFlipTwoSided(differences: readonly number[]): number {
  const counted = differences.map((difference) => Math.round(difference * unit)).filter((size) => size !== 0);
  const ups = counted.filter((size) => size > 0);
  if (counted.every((size) => Math.abs(size) === unit))
    return mcnemarTwoSided(ups.length, counted.length - ups.length);
  const sizes = counted.map(Math.abs);
  const total = sum(sizes);
  const up = sum(ups);
  const reached = Math.max(up, total - up);
  if (sizes.length * total <= mostSteps) return Math.min(1, 2 * exactTail(sizes, reached, total));
  const spread = Math.sqrt(sum(sizes.map((size) => size * size)));
  return Math.min(1, 2 * normalTail((2 * reached - total) / spread));
}
