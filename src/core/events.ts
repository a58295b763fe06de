/**
 * What a run tells. One typed record per event, so that fields can be added without breaking a listener; the page
 * and the stored log are projections of this union and of nothing else.
 *
 * Events hold no wall-clock time: the log of a resumed run equals the log of the uninterrupted one.
 */
import type { RejectionCode } from './proposals/rejection.ts';
import type { Candidate, EvaluationSummary, FailureCase, Outcome, SplitName } from './types.ts';
import type { RunReport } from './report.ts';

export type Phase = 'initial-prompt' | 'search' | 'confirmation';

/** How a gate ended. `noise`: better, but within noise. `useless`: too few earlier failures solved (H_f). */
export type GateVerdict = 'accepted' | 'useless' | 'no-gain' | 'noise' | 'broke-too-much';

export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly method: string;
      readonly seed: number;
      readonly sizes: Readonly<Record<SplitName, number>>;
    }
  | { readonly type: 'phase-started'; readonly phase: Phase }
  /** A proposal is being asked for; says in words what for. */
  | { readonly type: 'proposing'; readonly what: string; readonly sentenceId?: string }
  | { readonly type: 'candidate-created'; readonly candidate: Candidate }
  /** A reply that was not usable as a candidate. It counts as an attempt. */
  | {
      readonly type: 'proposal-rejected';
      readonly code: RejectionCode;
      readonly reply: string;
      readonly sentenceId?: string;
      readonly detail?: string;
    }
  | {
      readonly type: 'evaluation-started';
      readonly candidateId: string;
      readonly split: SplitName;
      readonly planned: number;
      readonly why: string;
    }
  | {
      readonly type: 'example-scored';
      readonly candidateId: string;
      readonly split: SplitName;
      readonly outcome: Outcome;
      readonly done: number;
      readonly planned: number;
      readonly reused: boolean;
    }
  | { readonly type: 'evaluation-finished'; readonly evaluation: EvaluationSummary }
  /** A prompt that was settled on was asked further validation examples; the evaluation is of all it was asked. */
  | { readonly type: 'evaluation-extended'; readonly evaluation: EvaluationSummary }
  /** `attempts`: what the step may take before the search ends; left out where a step is not made of attempts. */
  | {
      readonly type: 'step-started';
      readonly step: number;
      readonly of: number;
      readonly attempts?: number;
    }
  /** `probabilities` are of the optimizable sentences and sum to 1. */
  | {
      readonly type: 'sentence-chosen';
      readonly step: number;
      readonly attempt: number;
      readonly sentenceId: string;
      readonly probabilities: Readonly<Record<string, number>>;
    }
  /** The cases that go into the next meta-prompt; all from the train split (paper mode: validation). */
  | {
      readonly type: 'failures-shown';
      readonly step: number;
      readonly attempt: number;
      readonly failures: readonly FailureCase[];
      readonly of: number;
    }
  /** `wins`: incumbent wrong, candidate right. `losses`: the reverse. `asked` of `planned` examples were needed. */
  | {
      readonly type: 'gate-decided';
      readonly candidateId: string;
      /** `pruning`: a shorter prompt that must be no worse; it is not tested for a gain. */
      readonly gate: 'failures' | 'validation' | 'pruning';
      readonly verdict: GateVerdict;
      readonly wins: number;
      readonly losses: number;
      readonly asked: number;
      readonly planned: number;
      readonly pValue: number | null;
      readonly needed: number;
    }
  | {
      readonly type: 'weights-updated';
      readonly weights: Readonly<Record<string, number>>;
      readonly probabilities: Readonly<Record<string, number>>;
    }
  /** The incumbent changed: this is the best prompt so far. */
  | {
      readonly type: 'incumbent-changed';
      readonly candidateId: string;
      readonly evaluation: EvaluationSummary;
    }
  | { readonly type: 'step-finished'; readonly step: number; readonly accepted: boolean }
  /** The person was asked about a candidate that passed the gates ("ask me" mode). */
  | { readonly type: 'approval-given'; readonly candidateId: string; readonly keep: boolean }
  /** The person did something (lock, edit, veto, hint); recorded so that a replay repeats it. */
  | { readonly type: 'person-acted'; readonly checkpoint: number; readonly action: PersonAction }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning'; readonly text: string }
  /** The person ended the search here. A replay that is stopped at this place has the same log. */
  | { readonly type: 'search-stopped' }
  | { readonly type: 'run-finished'; readonly report: RunReport };

/** What a person may do between two attempts. */
export type PersonAction =
  | { readonly kind: 'lock'; readonly sentenceId: string; readonly locked: boolean }
  | { readonly kind: 'edit'; readonly sentenceId: string; readonly content: string }
  | { readonly kind: 'add'; readonly afterSentenceId: string | null; readonly content: string }
  | { readonly kind: 'remove'; readonly sentenceId: string }
  | { readonly kind: 'move'; readonly sentenceId: string; readonly afterSentenceId: string | null }
  | { readonly kind: 'hint'; readonly text: string }
  | { readonly kind: 'use'; readonly candidateId: string };

/** An event with its place in the log and what had been spent by then. */
export interface LoggedEvent {
  /** 0, 1, 2, … without gaps. */
  readonly seq: number;
  readonly spent: Spent;
  readonly event: RunEvent;
}

/** What a run has used, at the recorded cost of its completions: the same for a replay. */
export interface Spent {
  readonly taskCalls: number;
  readonly optimizerCalls: number;
  /** Answers known from before within this run, not asked again. */
  readonly reused: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Prefill and decode together. */
  readonly modelMs: number;
}
