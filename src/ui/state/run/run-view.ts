/**
 * What the Run page shows, as a projection of the event log and of nothing else: `applyEvents(view, events) → view`.
 * A view is a value: it is never changed in place, and parts that a batch does not touch keep their identity, so that
 * the page redraws only what changed. A batch of n events costs O(n + size of the lists it touches).
 */
import type { LoggedEvent, Phase, RunEvent, Spent } from '../../../core/events.ts';
import type { RunReport } from '../../../core/report.ts';
import type { Candidate, FailureCase, Outcome, SplitName } from '../../../core/types.ts';
import type { Attempt } from './attempts.ts';
import type { AccuracyPoint, CandidateDot } from './curve.ts';
import { Draft } from './draft.ts';
import { reduce } from './reduce.ts';
import { advance, clockAtStart, type RunClock } from './run-clock.ts';
import type { Tone } from './words.ts';

export interface RunView {
  /** The `seq` the next event must have. */
  readonly nextSeq: number;
  readonly method: string | null;
  readonly sizes: Readonly<Record<SplitName, number>> | null;
  readonly phase: Phase | null;
  /** 0 before the first step. */
  readonly step: number;
  readonly stepsPlanned: number | null;
  /** The last event that says what goes on. */
  readonly now: RunEvent | null;
  readonly evaluation: RunningEvaluation | null;
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** What each candidate did on the validation split, by candidate and example. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, Outcome>>;
  readonly incumbentId: string | null;
  readonly points: readonly AccuracyPoint[];
  readonly dots: readonly CandidateDot[];
  /** Everything that was tried, in order. */
  readonly attempts: readonly Attempt[];
  readonly chosen: Chosen | null;
  /** Chance of each optimizable sentence to be rewritten next. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly shownFailures: { readonly failures: readonly FailureCase[]; readonly of: number } | null;
  /** What the person locked (true) or unlocked (false) since the incumbent was made. */
  readonly locks: ReadonlyMap<string, boolean>;
  readonly hints: readonly string[];
  /** What the run warned of, in its words. */
  readonly warnings: readonly string[];
  readonly spent: Spent;
  readonly clock: RunClock;
  /** The log without its bulk, in the words of its time: a sentence is called what it was called then. */
  readonly log: readonly LogLine[];
  readonly report: RunReport | null;
}

export interface LogLine {
  readonly seq: number;
  readonly text: string;
  readonly tone: Tone;
}

/** The evaluation under way: of which candidate, and what came back so far. */
export interface RunningEvaluation {
  readonly candidateId: string;
  readonly split: SplitName;
  readonly why: string;
  readonly planned: number;
  readonly outcomes: readonly Outcome[];
  readonly right: number;
}

/** The sentence whose turn it is. */
interface Chosen {
  readonly sentenceId: string;
  readonly step: number;
  readonly attempt: number;
}

const nothingSpent: Spent = {
  taskCalls: 0,
  optimizerCalls: 0,
  reused: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  modelMs: 0,
};

export const emptyView: RunView = {
  nextSeq: 0,
  method: null,
  sizes: null,
  phase: null,
  step: 0,
  stepsPlanned: null,
  now: null,
  evaluation: null,
  candidates: new Map(),
  outcomes: new Map(),
  incumbentId: null,
  points: [],
  dots: [],
  attempts: [],
  chosen: null,
  probabilities: {},
  shownFailures: null,
  locks: new Map(),
  hints: [],
  warnings: [],
  spent: nothingSpent,
  clock: clockAtStart,
  log: [],
  report: null,
};

/** Events that were applied before are skipped, so a log that is sent again from its start does no harm. */
export function applyEvents(view: RunView, events: readonly LoggedEvent[]): RunView {
  const draft = new Draft(view);
  for (const logged of events) {
    if (logged.seq < draft.view.nextSeq) continue;
    const clock = advance(draft.view.clock, draft.view, logged);
    draft.set({ nextSeq: logged.seq + 1, spent: logged.spent, clock });
    reduce(draft, logged);
  }
  return draft.view;
}
