/**
 * How long a run will take from here. The report is nearly certain: so many test examples, at what an answer took so
 * far. The search is not: what is likely and an upper end are told. Most methods take all the steps they planned, and
 * these are too uneven for one to speak for all. test/ui/time-left.test.ts holds it against runs.
 */
import { isMethodId, methods } from '../../../core/methods.ts';
import type { GainTest } from '../../../core/stats/gate-rule.ts';
import type { BudgetLimits, RunConfig } from '../../../workers/protocol.ts';
import { areOptions } from '../setup-limits.ts';
import { callsOf, tokensOf } from './curve.ts';
import { startPoint } from './figures.ts';
import type { RunView } from './run-view.ts';
import { restOfStepMs, searchLeftMs } from './search-left.ts';

/** What a run was started with, as far as its length depends on it. */
export interface Plan {
  readonly budget: BudgetLimits;
  readonly options: RunConfig['options'];
}

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

function isTooEarly(view: RunView): boolean {
  const { phase, clock, stepsPlanned } = view;
  if (phase !== 'search' || clock.steps === 0) return true;
  return takesAllSteps(view) && clock.steps < (stepsPlanned ?? 0) * shareToJudge;
}

/** What a gain has to show on validation; null too for options of another version. */
function testOf({ method }: RunView, options: Plan['options']): GainTest | null {
  if (method === null || !isMethodId(method) || !areOptions(method, options)) return null;
  return methods[method].validationTest(options);
}

/** Null while it is too early to say: before the first step is over, for some methods the first few. */
export function timeLeft(view: RunView, { budget, options }: Plan): TimeLeft | null {
  const { clock, step, stepsPlanned } = view;
  if (view.report) return null;
  const report = reportMs(view);
  if (view.phase === 'confirmation') return { expected: report, longest: report };
  if (isTooEarly(view)) return null;
  const toCome = Math.max(0, (stepsPlanned ?? step) - step);
  const all = restOfStepMs(view) + (toCome * clock.stepMs) / clock.steps;
  const likely = takesAllSteps(view) ? all : searchLeftMs(view, testOf(view, options));
  const allowed = allowedMs(view, budget);
  return {
    expected: Math.min(allowed, likely) + report,
    longest: Math.min(allowed, Math.max(likely, all)) + report,
  };
}
