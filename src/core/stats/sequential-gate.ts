/**
 * The sequential paired gate (algorithms.md 4.3): incumbent and candidate answer the same examples in random order, and
 * the gate may accept or reject after any of them. Half of the level is spent on the evidence on the way, half on the
 * exact McNemar test of all examples, so a candidate that is no better is accepted with a chance of at most the level.
 * Giving up early can only miss a candidate, never keep a wrong one.
 */
import type { GateVerdict } from '../events.ts';
import { evidenceBound, logEvidence, winsFor } from './evidence.ts';
import { gainNeeded, type GainTest } from './gate-rule.ts';
import { isSignificant } from './mcnemar.ts';
import { PairedGate, type PairCounts } from './paired-gate.ts';

/** Standard deviations that a candidate may lag behind one with just the wanted gain before it is given up. */
const patience = 1.5;

/** The level that is left for the test of all examples: the other half is spent on the way. */
export function levelAtEnd(level: number): number {
  return level / 2;
}

interface Rule extends GainTest {
  readonly planned: number;
  /** ln of the evidence that is enough on the way. */
  readonly bound: number;
}

/** H_v among n examples of which the incumbent gets so many wrong. */
function gainWanted({ minGain }: Rule, wrong: number, n: number): number {
  return gainNeeded({ rule: 'exact', minGain }, wrong, n);
}

function isSure({ wins, losses, asked }: PairCounts, { bound, planned, level }: Rule): boolean {
  if (logEvidence(wins, losses) >= bound) return true;
  return asked === planned && isSignificant(wins, losses, levelAtEnd(level));
}

/** Whether it passes when all examples that are left are won. */
function isPossible({ wins, losses, asked }: PairCounts, { planned, level }: Rule): boolean {
  return isSignificant(wins + planned - asked, losses, levelAtEnd(level));
}

/** Whether a candidate with just the wanted gain, and an incumbent that goes on like that, might well be here. */
function isLikely({ wins, losses, asked, wrong }: PairCounts, rule: Rule): boolean {
  const left = rule.planned - asked;
  const wanted = gainWanted(rule, (wrong / asked) * rule.planned, rule.planned);
  const differing = (wins + losses + 1) / (asked + 2);
  const atEnd = wins - losses + (wanted / rule.planned) * left;
  return atEnd + patience * Math.sqrt(differing * left) >= wanted;
}

function judge(counts: PairCounts, rule: Rule): GateVerdict | null {
  const { wins, losses, asked, wrong } = counts;
  const isEnd = asked === rule.planned;
  if (asked === 0 && !isEnd) return null;
  const gain = wins - losses;
  if (gain >= gainWanted(rule, wrong, asked) && isSure(counts, rule)) return 'accepted';
  if (!isEnd && isPossible(counts, rule) && isLikely(counts, rule)) return null;
  return gain > 0 ? 'noise' : 'no-gain';
}

/** @param planned validation examples there are */
export function sequentialGate(planned: number, { minGain, level }: GainTest): PairedGate {
  const rule: Rule = { planned, minGain, level, bound: evidenceBound(planned, level - levelAtEnd(level)) };
  const needed = winsFor(rule.bound, planned).findIndex((enough, pairs) => enough <= pairs);
  return new PairedGate({ planned, needed, judge: (counts) => judge(counts, rule) });
}
