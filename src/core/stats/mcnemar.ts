/**
 * The exact McNemar test: of the examples on which two prompts differ, is the share that one of them wins more than
 * a fair coin would give?
 */
import { logGamma } from './log-gamma.ts';

/** P(Bin(n, 1/2) ≥ k) for k > n/2, summed from its largest term down. */
function upperTail(k: number, n: number): number {
  const logFirst = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2;
  let term = 1;
  let sum = 1;
  for (let i = k; i < n && term > sum * Number.EPSILON; i += 1) {
    term *= (n - i) / (i + 1);
    sum += term;
  }
  return Math.min(1, Math.exp(logFirst) * sum);
}

/** P(Bin(wins + losses, 1/2) ≥ wins): how often luck alone would win this much. 1 when the two never differ. */
export function mcnemarOneSided(wins: number, losses: number): number {
  if (wins <= 0) return 1;
  if (wins > losses) return upperTail(wins, wins + losses);
  return 1 - upperTail(losses + 1, wins + losses);
}

/** p-values come through logarithms: 4 to 0 is 0.0625 up to the last digits. */
const roundingSlack = 1 + 1e-9;

/** Whether luck alone would win this much with a chance of at most `level`. */
export function isSignificant(wins: number, losses: number, level: number): boolean {
  return mcnemarOneSided(wins, losses) <= level * roundingSlack;
}

/** Twice the smaller tail, at most 1. */
export function mcnemarTwoSided(wins: number, losses: number): number {
  return Math.min(1, 2 * mcnemarOneSided(Math.max(wins, losses), Math.min(wins, losses)));
}
