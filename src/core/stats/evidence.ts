/**
 * Evidence that may be looked at after every pair: the e-process of algorithms.md 4.3, a uniform mixture of chances of a
 * win on [1/2, 1]. Ville's bound on it, 1 / level, holds for ever; for at most n pairs the exact bound is lower.
 */
import { sum } from '../arithmetic.ts';
import { logGamma } from './log-gamma.ts';
import { mcnemarOneSided } from './mcnemar.ts';

/** ln E(W, L), E = 2^(m+1) · W! L! / (m+1)! · P(Bin(m+1, 1/2) ≤ W) with m = W + L; only pairs that differ count. */
export function logEvidence(wins: number, losses: number): number {
  const pairs = wins + losses;
  const logBeta = logGamma(wins + 1) + logGamma(losses + 1) - logGamma(pairs + 2);
  return (pairs + 1) * Math.LN2 + logBeta + Math.log(mcnemarOneSided(losses + 1, wins));
}

/** The fewest wins among m pairs with that much evidence, for m = 0 to n; m + 1 where not even m wins are enough. */
export function winsFor(logBound: number, n: number): number[] {
  const fewest: number[] = [];
  let wins = 0; // more pairs never need fewer wins
  for (let pairs = 0; pairs <= n; pairs += 1) {
    while (wins <= pairs && logEvidence(wins, pairs - wins) < logBound) wins += 1;
    fewest.push(wins);
  }
  return fewest;
}

/** Chances of 0, 1, 2, … wins after one more throw of a fair coin. */
function thrown(chances: readonly number[]): number[] {
  return Array.from(
    { length: chances.length + 1 },
    (_, wins) => ((chances[wins] ?? 0) + (chances[wins - 1] ?? 0)) / 2,
  );
}

/** The chance that a fair coin has enough wins at any time. */
export function crossingChance(fewest: readonly number[]): number {
  let below = [1];
  let crossed = 0;
  for (const enough of fewest.slice(1)) {
    const next = thrown(below);
    crossed += sum(next.slice(enough));
    below = next.map((chance, wins) => (wins < enough ? chance : 0));
  }
  return crossed;
}

const known = new Map<string, number>();
const halvings = 20;
/** Above this the bound is Ville's: it always holds, and the exact one takes time that grows with the square of n. */
const exactUpTo = 500;

/**
 * ln of the least evidence that a fair coin reaches within n throws with a chance of at most `level`. A candidate that is
 * no better wins a pair that differs with a chance of at most one half, so this is its chance of ever getting there.
 */
export function evidenceBound(n: number, level: number): number {
  if (n > exactUpTo) return -Math.log(level);
  const key = `${n}/${level}`;
  const bound = known.get(key) ?? exactBound(n, level);
  known.set(key, bound);
  return bound;
}

/** By halving the way from 0 to Ville's bound. */
function exactBound(n: number, level: number): number {
  let [low, high] = [0, -Math.log(level)];
  for (let round = 0; round < halvings; round += 1) {
    const middle = (low + high) / 2;
    if (crossingChance(winsFor(middle, n)) <= level) high = middle;
    else low = middle;
  }
  return high;
}
