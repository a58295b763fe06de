/** Which gate decides on validation, where its size chooses, and what that gate asks for. */
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
  const isWanted = gate === 'sequential' || (gate === 'by-size' && isLargeEnough(options, validationSize));
  return { ...options, gate: isWanted && pool === 1 && !merge ? 'sequential' : 'curtailed' };
}

/** What the test of all validation examples asks for; null for the published threshold, which is no test. */
export function validationTest({ gate, validationGain, level }: DualPhaseOptions): GainTest | null {
  if (gate === 'plain') return null;
  return { minGain: validationGain, level: gate === 'sequential' ? levelAtEnd(level) : level };
}
