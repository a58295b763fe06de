/** The figures of the Run page, computed from a view. */
import type { BudgetLimits } from '../../../workers/protocol.ts';
import type { Example, Outcome } from '../../../core/types.ts';
import type { Attempt } from './attempts.ts';
import { callsOf, tokensOf, type AccuracyPoint } from './curve.ts';
import type { RunView } from './run-view.ts';

/** The prompt the search began with: the last one kept before the first step. */
export function startPoint(view: RunView): AccuracyPoint | null {
  return view.points.findLast((point) => point.step === 0) ?? view.points[0] ?? null;
}

/** As a share; null before there are two prompts to compare. */
export function gainSoFar(view: RunView): number | null {
  const start = startPoint(view);
  const best = view.points.at(-1);
  return start && best && start !== best ? best.accuracy - start.accuracy : null;
}

export interface CandidateCounts {
  readonly tried: number;
  readonly kept: number;
  readonly rejected: number;
}

/** Of what the search tried; first drafts are not counted. */
export function candidateCounts(attempts: readonly Attempt[]): CandidateCounts {
  const tried = attempts.filter((attempt) => attempt.step > 0);
  return {
    tried: tried.length,
    kept: tried.filter((attempt) => attempt.state === 'kept').length,
    rejected: tried.filter((attempt) => attempt.state === 'rejected').length,
  };
}

function evaluated(view: RunView): number {
  const { evaluation } = view;
  return evaluation && evaluation.planned > 0
    ? Math.min(1, evaluation.outcomes.length / evaluation.planned)
    : 0;
}

/** Nobody knows how many attempts a step takes: each covers the same share of what is left of it. */
function withinStep(view: RunView): number {
  const attempts = view.attempts.filter((attempt) => attempt.step === view.step).length;
  return 1 - 0.65 ** attempts;
}

function budgetShare(view: RunView, limits: BudgetLimits): number {
  const share = (used: number, limit: number | null) => (limit === null || limit <= 0 ? 0 : used / limit);
  return Math.max(
    share(callsOf(view.spent), limits.calls),
    share(tokensOf(view.spent), limits.tokens),
    share(view.spent.modelMs / 60_000, limits.minutes),
  );
}

/** How far the run has come, 0 to 1: by steps or by the budget, whichever is nearer to its end. */
export function progressOf(view: RunView, limits: BudgetLimits): number {
  if (view.report) return 1;
  if (view.phase === 'confirmation') return 0.92 + 0.06 * evaluated(view);
  if (view.phase !== 'search') return 0.1 * evaluated(view);
  const steps =
    view.stepsPlanned === null || view.step === 0
      ? 0
      : (view.step - 1 + withinStep(view)) / view.stepsPlanned;
  return 0.1 + 0.82 * Math.min(1, Math.max(steps, budgetShare(view, limits)));
}

export function byId(examples: readonly Example[]): ReadonlyMap<string, Example> {
  return new Map(examples.map((example) => [example.id, example]));
}

/** What the best prompt so far did on the validation split; keeps its identity while others are checked. */
export function incumbentOutcomes(view: RunView): ReadonlyMap<string, Outcome> | null {
  return view.incumbentId === null ? null : (view.outcomes.get(view.incumbentId) ?? null);
}

/** Whether the failures the rewriting model was shown last come from the examples that decide (paper mode). */
export function showsDecidingExamples(view: RunView): boolean | null {
  const outcomes = incumbentOutcomes(view);
  if (view.shownFailures === null || outcomes === null) return null;
  return view.shownFailures.failures.some((failure) => outcomes.has(failure.exampleId));
}

/** The other candidates that got an example right. */
export function solversOf(view: RunView, exampleId: string): string[] {
  return [...view.outcomes]
    .filter(([id, outcomes]) => id !== view.incumbentId && outcomes.get(exampleId)?.correct)
    .map(([id]) => id);
}

/** Of one example in the evaluation under way, beside what the best prompt so far did on it. */
export type Tick = 'fixed' | 'broke' | 'right' | 'wrong';

export function ticksOf(view: RunView): Tick[] {
  const { evaluation, incumbentId } = view;
  if (!evaluation) return [];
  const isRival = incumbentId !== null && incumbentId !== evaluation.candidateId;
  const known = isRival && evaluation.split === 'validation' ? view.outcomes.get(incumbentId) : undefined;
  return evaluation.outcomes.map((outcome) => {
    const before = known?.get(outcome.exampleId)?.correct;
    if (before === undefined || before === outcome.correct) return outcome.correct ? 'right' : 'wrong';
    return outcome.correct ? 'fixed' : 'broke';
  });
}
