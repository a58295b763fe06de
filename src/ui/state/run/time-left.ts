/**
 * How long a run will take from here. The report is nearly certain: so many test examples, at what an answer took so
 * far. The search is not. A method that ends as soon as nothing more can be shown to help mostly does so one step
 * after the first that was kept, so one is expected and an upper end is told; the others take all the steps they
 * planned, and their steps are too uneven for one to speak for all. test/ui/time-left.test.ts holds it against runs.
 */
import { isMethodId, methods } from '../../../core/methods.ts';
import type { BudgetLimits } from '../../../workers/protocol.ts';
import { callsOf, tokensOf } from './curve.ts';
import { startPoint } from './figures.ts';
import type { RunView } from './run-view.ts';

/** Milliseconds: of recorded model time, or on the clock. */
export interface TimeLeft {
  readonly expected: number;
  /** If every step that was planned is taken and the budget reaches that far. */
  readonly longest: number;
}

/** The report measures the start and the best prompt on the test split, once where they are the same. */
function reportMs(view: RunView): number {
  const { sizes, clock, incumbentId } = view;
  if (sizes === null || clock.answers === 0) return 0;
  const start = startPoint(view);
  const prompts = start === null || start.candidateId === incumbentId ? 1 : 2;
  return (Math.max(0, prompts * sizes.test - clock.testAnswers) * clock.answerMs) / clock.answers;
}

/** What the budget still allows, at the rate it was used up so far. */
function allowedMs({ spent }: RunView, limits: BudgetLimits): number {
  const rest = (used: number, limit: number | null) =>
    limit === null || used === 0 ? Infinity : Math.max(0, limit / used - 1);
  const share = Math.min(
    rest(callsOf(spent), limits.calls),
    rest(tokensOf(spent), limits.tokens),
    rest(spent.modelMs, limits.minutes === null ? null : limits.minutes * 60_000),
  );
  return share * spent.modelMs;
}

/** Of the planned steps: what a method that takes them all must have done before its pace can be told. */
const shareToJudge = 0.25;

/** A log may come from another version, with a method that is not known here. */
function takesAllSteps({ method }: RunView): boolean {
  return method === null || !isMethodId(method) || methods[method].takesAllSteps;
}

/** Of a search that ends by itself: none after the step under way, or one more. */
function stepsExpected({ clock }: RunView, toCome: number): number {
  return clock.stepFrom === null ? Math.min(1, toCome) : 0;
}

function isTooEarly(view: RunView): boolean {
  const { phase, clock, stepsPlanned } = view;
  if (phase !== 'search' || clock.steps === 0) return true;
  return takesAllSteps(view) && clock.steps < (stepsPlanned ?? 0) * shareToJudge;
}

/** Null while it is too early to say: before the first step is over, for some methods the first few. */
export function timeLeft(view: RunView, limits: BudgetLimits): TimeLeft | null {
  const { clock, step, stepsPlanned, spent } = view;
  if (view.report) return null;
  const report = reportMs(view);
  if (view.phase === 'confirmation') return { expected: report, longest: report };
  if (isTooEarly(view)) return null;
  const perStep = clock.stepMs / clock.steps;
  const underWay = clock.stepFrom === null ? 0 : Math.max(0, perStep - (spent.modelMs - clock.stepFrom));
  const toCome = Math.max(0, (stepsPlanned ?? step) - step);
  const likely = takesAllSteps(view) ? toCome : stepsExpected(view, toCome);
  const allowed = allowedMs(view, limits);
  const search = (steps: number) => Math.min(allowed, underWay + steps * perStep);
  return { expected: search(likely) + report, longest: search(toCome) + report };
}
