/** Which gate decides on validation where that is left to the run, and what its test asks for. */
import type { GainTest } from '../stats/gate-rule.ts';
import { sampleSizeAdvice } from '../stats/sample-size.ts';
import { levelAtEnd } from '../stats/sequential-gate.ts';
import type { DualPhaseOptions } from './options.ts';

/**
 * The sequential gate spends half of its level on the way. Where the other half is enough to see the wanted gain, it
 * misses little (of gains of 0.2 on 80 examples of which 30 % change it keeps 92 %, the gate that asks all 96 %) for
 * about half of the calls. With 20 examples it would keep 21 instead of 32 %, and to ask all of them costs little.
 */
function isLargeEnough({ validationGain, level }: DualPhaseOptions, size: number): boolean {
  return sampleSizeAdvice(size, validationGain, levelAtEnd(level)).verdict === 'enough';
}

/** A pool draws parents by what they solve of all examples, and a merge takes what was better on all of them. */
export function withGateFor(options: DualPhaseOptions, validationSize: number): DualPhaseOptions {
  const { gate, pool, merge } = options;
  if (gate === 'plain') return options;
  const isWanted = gate === 'sequential' || (gate === 'adaptive' && isLargeEnough(options, validationSize));
  return isWanted && pool === 1 && !merge ? options : { ...options, gate: 'curtailed' };
}

/** Whether examples are asked in one order for all comparisons, and the incumbent no more of them than these take. */
export function isInTurn({ gate }: Pick<DualPhaseOptions, 'gate'>): boolean {
  return gate === 'sequential' || gate === 'adaptive';
}

/**
 * The gate that asks all begins with what the incumbent gets wrong: with few of these a wording that is no better is
 * refused after a handful of examples, in turn it takes half of them all. So it decides where less is wrong than the
 * gain that is asked for. Which gate it is, is settled before the candidate is asked anything: either keeps the level.
 */
export function asksWrongFirst(
  { gate, validationGain }: Pick<DualPhaseOptions, 'gate' | 'validationGain'>,
  wrong: number,
  asked: number,
): boolean {
  return gate === 'adaptive' ? wrong < validationGain * asked : gate !== 'sequential';
}

/** What the test of all validation examples asks for; null for the published threshold, which is no test. */
export function validationTest({ gate, validationGain, level }: DualPhaseOptions): GainTest | null {
  if (gate === 'plain') return null;
  return { minGain: validationGain, level: gate === 'sequential' ? levelAtEnd(level) : level };
}
