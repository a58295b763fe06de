/** How many validation examples a gate needs to tell a gain from luck (algorithms.md 4.1). */
import { fewestWins } from './gate-rule.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Share of answers that a rewrite of one sentence typically changes. */
const typicalChange = 0.2;

/**
 * The size rule n ≥ z² δ / H_v².
 * @param minGain H_v, in (0, 1]
 * @param change δ: share of the examples on which candidate and incumbent differ, in (0, 1]
 * @param level chance of a false accept, in (0, 0.5)
 */
export function neededValidationSize(minGain: number, change: number, level: number): number {
  const z = normalQuantile(1 - level);
  return Math.ceil((z * z * change) / (minGain * minGain));
}

export interface SampleSizeAdvice {
  /**
   * `too-small`: a gain of H_v cannot pass even when nothing breaks. `tight`: it can, and often will not.
   */
  readonly verdict: 'too-small' | 'tight' | 'enough';
  /** Examples to have for this H_v and level. */
  readonly needed: number;
  /** The smallest gain that this many examples can show, as a share; above 1 where they can show none. */
  readonly smallestGain: number;
}

export function sampleSizeAdvice(n: number, minGain: number, level: number): SampleSizeAdvice {
  const wins = fewestWins(level);
  const atLeast = Math.ceil(wins / minGain - 1e-9);
  const needed = Math.max(atLeast, neededValidationSize(minGain, typicalChange, level));
  const verdict = n < atLeast ? 'too-small' : n < needed ? 'tight' : 'enough';
  return { verdict, needed, smallestGain: wins / n };
}
