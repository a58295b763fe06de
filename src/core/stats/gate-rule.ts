/** What a candidate must reach on the validation set to replace the incumbent. */

/** What a candidate has to show on validation. */
export interface GainTest {
  /** H_v: the gain in accuracy that is asked for, in [0, 1]. */
  readonly minGain: number;
  /** Chance of accepting a candidate that is no better, in (0, 1]. */
  readonly level: number;
}

/** The plain rule does not use the level. */
export interface GateSettings extends GainTest {
  /**
   * `exact`: gain ≥ H_v and exact McNemar p ≤ level (algorithms.md 4.2).
   * `plain`: the paper's Eq. 8, gain ≥ H_v; any gain where the incumbent is within H_v of perfect (nfa).
   */
  readonly rule: 'exact' | 'plain';
  /** H_f: share of the incumbent's validation failures to be solved (Eq. 7 of paper mode); 0 or left out: none. */
  readonly minSolved?: number;
}

/** The same in whole examples. A candidate passes when all hold: W ≥ solved, W − L ≥ gain, p(W, L) ≤ level. */
export interface GateThresholds {
  readonly solved: number;
  readonly gain: number;
  readonly level: number;
  /** Wins without which no number of losses can pass; the least of W. */
  readonly wins: number;
}

/** Shares such as 0.1 × 30 come out a hair above a whole number. */
const roundUp = (count: number): number => Math.ceil(count - 1e-9);

/** H_v cannot be reached near the ceiling: half of what is missing is asked for there, and at least one example. */
export function gainNeeded(
  { rule, minGain }: Pick<GateSettings, 'rule' | 'minGain'>,
  wrong: number,
  n: number,
): number {
  const reachable = rule === 'exact' ? Math.min(minGain * n, wrong / 2) : minGain * n;
  const anyGain = rule === 'plain' && wrong <= minGain * n + 1e-9;
  return anyGain ? 1 : Math.max(1, roundUp(reachable));
}

/** Wins that are significant when nothing is lost: the least W with 2^−W ≤ level. */
export function fewestWins(level: number): number {
  let wins = 0;
  while (2 ** -wins > level) wins += 1;
  return wins;
}

/** @param wrong examples the incumbent gets wrong, of n */
export function gateThresholds(settings: GateSettings, wrong: number, n: number): GateThresholds {
  const level = settings.rule === 'exact' ? settings.level : 1;
  const gain = gainNeeded(settings, wrong, n);
  const solved = roundUp((settings.minSolved ?? 0) * wrong);
  return { solved, gain, level, wins: Math.max(solved, gain, fewestWins(level)) };
}
