/** The figures a run ends with. All are computed from outcomes; intervals are Wilson's at 95 %. */
import type { Spent } from './events.ts';
import type { Candidate, EvaluationSummary } from './types.ts';

export type StopReason =
  'steps-done' | 'no-failures' | 'converged' | 'budget' | 'stopped' | 'no-usable-proposal';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A paired comparison of the best prompt with the start on the same examples. */
export interface PairedComparison {
  readonly examples: number;
  /** Mean scores. */
  readonly start: number;
  readonly best: number;
  readonly startInterval: Interval;
  readonly bestInterval: Interval;
  /** Solved by best only. */
  readonly wins: number;
  /** Solved by start only. */
  readonly losses: number;
  /** Two-sided: exact McNemar, or the paired permutation test where scores lie between 0 and 1 too. */
  readonly pValue: number;
  /** `better` and `worse` at p ≤ 0.05; `same` when it is the same prompt. */
  readonly verdict: 'better' | 'worse' | 'noise' | 'same';
}

/** The comparison that counts: on test when it was looked at, else on validation, which is too kind. */
export function decidingComparison({ test, validation }: Pick<RunReport, 'test' | 'validation'>): {
  readonly split: 'test' | 'validation';
  readonly comparison: PairedComparison;
} {
  return test === null
    ? { split: 'validation', comparison: validation }
    : { split: 'test', comparison: test };
}

export interface RunReport {
  readonly method: string;
  readonly stopReason: StopReason;
  readonly start: Candidate;
  /** What the method settled on; equals `start` when nothing helped. */
  readonly best: Candidate;
  /** What to use: `best`, or `start` when the test set speaks against `best`. */
  readonly recommended: 'start' | 'best';
  readonly startText: string;
  readonly bestText: string;
  readonly evaluations: {
    readonly startValidation: EvaluationSummary;
    readonly bestValidation: EvaluationSummary;
    /** Null when there is no test split or the run was stopped before it was looked at. */
    readonly startTest: EvaluationSummary | null;
    readonly bestTest: EvaluationSummary | null;
  };
  readonly validation: PairedComparison;
  readonly test: PairedComparison | null;
  readonly steps: number;
  /** Candidates that reached the validation gate: how often noise had a chance. */
  readonly candidatesTested: number;
  readonly candidatesAccepted: number;
  readonly rejectedProposals: number;
  /** Upper bound on the candidates accepted by luck: level × tested. Null when the gate gives no such bound. */
  readonly expectedFalseAccepts: number | null;
  /** Tokens that each call with the best prompt is shorter by, because it was pruned; 0 or left out: it was not. */
  readonly tokensSaved?: number;
  /** What the run warned of on its way, such as answers that could not be read. */
  readonly warnings?: readonly string[];
  readonly spent: Spent;
}
