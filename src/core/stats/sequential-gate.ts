/**
 * The sequential paired gate (algorithms.md 4.3): incumbent and candidate answer the same examples in random order, and
 * the gate may accept or reject after any of them. Half of the level is spent on the evidence on the way, half on the
 * exact McNemar test of all examples, so a candidate that is no better is accepted with a chance of at most the level.
 * Giving up early can only miss a candidate, never keep a wrong one.
 */
import type { GateVerdict } from '../events.ts';
import { evidenceBound, logEvidence, winsFor } from './evidence.ts';
import { gainNeeded, type GainTest } from './gate-rule.ts';
import { mcnemarOneSided } from './mcnemar.ts';

/** Standard deviations that a candidate may lag behind one with just the wanted gain before it is given up. */
const patience = 1.5;
const roundingSlack = 1 + 1e-9;

/** The level that is left for the test of all examples: the other half is spent on the way. */
export function levelAtEnd(level: number): number {
  return level / 2;
}

export class SequentialGate {
  readonly planned: number;
  /** Wins that are enough when nothing is lost. */
  readonly needed: number;
  readonly #settings: GainTest;
  readonly #bound: number;
  #wins = 0;
  #losses = 0;
  #asked = 0;
  #wrong = 0;
  #verdict: GateVerdict | null = null;

  /** @param planned validation examples there are */
  constructor(planned: number, settings: GainTest) {
    this.planned = planned;
    this.#settings = settings;
    this.#bound = evidenceBound(planned, settings.level - levelAtEnd(settings.level));
    this.needed = winsFor(this.#bound, planned).findIndex((enough, pairs) => enough <= pairs);
    if (planned === 0) this.#verdict = 'no-gain';
  }

  /** Incumbent wrong, candidate right, so far. */
  get wins(): number {
    return this.#wins;
  }

  /** Incumbent right, candidate wrong, so far. */
  get losses(): number {
    return this.#losses;
  }

  get asked(): number {
    return this.#asked;
  }

  get pValue(): number {
    return mcnemarOneSided(this.#wins, this.#losses);
  }

  /** Null while open. */
  get verdict(): GateVerdict | null {
    return this.#verdict;
  }

  /** Takes the next pair; after the decision it changes nothing. */
  observe(wasRight: boolean, isRight: boolean): GateVerdict | null {
    if (this.#verdict !== null) return this.#verdict;
    this.#asked += 1;
    if (!wasRight) this.#wrong += 1;
    if (!wasRight && isRight) this.#wins += 1;
    if (wasRight && !isRight) this.#losses += 1;
    this.#verdict = this.#judge();
    return this.#verdict;
  }

  get #gain(): number {
    return this.#wins - this.#losses;
  }

  /** H_v among the examples asked so far, and the same of all when the incumbent goes on like that. */
  #gainWanted(wrong: number, n: number): number {
    return gainNeeded({ rule: 'exact', minGain: this.#settings.minGain }, wrong, n);
  }

  #judge(): GateVerdict | null {
    const isEnd = this.#asked === this.planned;
    const isGain = this.#gain >= this.#gainWanted(this.#wrong, this.#asked);
    const isSure =
      logEvidence(this.#wins, this.#losses) >= this.#bound ||
      (isEnd && this.pValue <= levelAtEnd(this.#settings.level) * roundingSlack);
    if (isGain && isSure) return 'accepted';
    if (!isEnd && this.#isPossible && this.#isLikely) return null;
    return this.#gain > 0 ? 'noise' : 'no-gain';
  }

  /** Whether it passes when all examples that are left are won. */
  get #isPossible(): boolean {
    const left = this.planned - this.#asked;
    return (
      mcnemarOneSided(this.#wins + left, this.#losses) <= levelAtEnd(this.#settings.level) * roundingSlack
    );
  }

  /** Whether a candidate with just the wanted gain might well be here. */
  get #isLikely(): boolean {
    const left = this.planned - this.#asked;
    const wanted = this.#gainWanted((this.#wrong / this.#asked) * this.planned, this.planned);
    const differing = (this.#wins + this.#losses + 1) / (this.#asked + 2);
    const atEnd = this.#gain + (wanted / this.planned) * left;
    return atEnd + patience * Math.sqrt(differing * left) >= wanted;
  }
}
