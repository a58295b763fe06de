/**
 * A gate on validation: incumbent and candidate answer the same examples, and after every pair of answers a rule may
 * decide. The rules are in `curtailed-gate.ts` and `sequential-gate.ts`.
 */
import type { GateVerdict } from '../events.ts';
import { mcnemarOneSided } from './mcnemar.ts';

export interface PairCounts {
  readonly asked: number;
  /** Asked examples that the incumbent gets wrong. */
  readonly wrong: number;
  /** Incumbent wrong, candidate right, so far. */
  readonly wins: number;
  /** Incumbent right, candidate wrong, so far. */
  readonly losses: number;
}

interface PairedRule {
  /** Validation examples there are. */
  readonly planned: number;
  /** Wins that are enough when nothing is lost. */
  readonly needed: number;
  /** Null while open. Asked before the first pair too: a gate that cannot be passed costs no call. */
  judge(counts: PairCounts): GateVerdict | null;
}

export class PairedGate implements PairCounts {
  readonly #rule: PairedRule;
  #counts: PairCounts = { asked: 0, wrong: 0, wins: 0, losses: 0 };
  #verdict: GateVerdict | null;

  constructor(rule: PairedRule) {
    this.#rule = rule;
    this.#verdict = rule.judge(this.#counts);
  }

  get planned(): number {
    return this.#rule.planned;
  }

  get needed(): number {
    return this.#rule.needed;
  }

  /** Pairs observed before the decision, the deciding one included. */
  get asked(): number {
    return this.#counts.asked;
  }

  get wrong(): number {
    return this.#counts.wrong;
  }

  get wins(): number {
    return this.#counts.wins;
  }

  get losses(): number {
    return this.#counts.losses;
  }

  /** One-sided exact McNemar of the pairs so far. */
  get pValue(): number {
    return mcnemarOneSided(this.wins, this.losses);
  }

  /** Null while open. */
  get verdict(): GateVerdict | null {
    return this.#verdict;
  }

  /** Takes the next pair; after the decision it changes nothing. */
  observe(wasRight: boolean, isRight: boolean): GateVerdict | null {
    if (this.#verdict !== null) return this.#verdict;
    const { asked, wrong, wins, losses } = this.#counts;
    this.#counts = {
      asked: asked + 1,
      wrong: wrong + (wasRight ? 0 : 1),
      wins: wins + (!wasRight && isRight ? 1 : 0),
      losses: losses + (wasRight && !isRight ? 1 : 0),
    };
    this.#verdict = this.#rule.judge(this.#counts);
    return this.#verdict;
  }
}
