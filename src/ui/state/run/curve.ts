/** The accuracy curve: one point per best-so-far prompt, one dot per candidate that reached the validation gate. */
import type { Spent } from '../../../core/events.ts';
import type { Interval } from '../../../core/report.ts';

/** Where something happened, on every axis the chart offers. */
export interface Moment {
  readonly step: number;
  readonly spent: Spent;
}

export interface AccuracyPoint extends Moment {
  readonly candidateId: string;
  readonly accuracy: number;
  readonly correct: number;
  readonly asked: number;
  /** Wilson, 95 %. */
  readonly interval: Interval;
}

export interface CandidateDot extends Moment {
  readonly candidateId: string;
  /** The incumbent's accuracy plus (fixed - broken) / planned; where the gate stopped early, the rest counts as unchanged. */
  readonly accuracy: number;
  readonly wins: number;
  readonly losses: number;
  readonly asked: number;
  readonly planned: number;
  readonly accepted: boolean;
}

export type Axis = 'steps' | 'calls' | 'tokens' | 'minutes';

export function callsOf(spent: Spent): number {
  return spent.taskCalls + spent.optimizerCalls;
}

export function tokensOf(spent: Spent): number {
  return spent.promptTokens + spent.completionTokens;
}

/** Where a moment is on an axis, in its units. */
export function positionOf(axis: Axis, { step, spent }: Moment): number {
  if (axis === 'steps') return step;
  if (axis === 'calls') return callsOf(spent);
  return axis === 'tokens' ? tokensOf(spent) : spent.modelMs / 60_000;
}

/** Candidates of a step are spread between its beginning and its end, in the order they came. */
function spreadOverSteps(dots: readonly CandidateDot[]): number[] {
  const perStep = new Map<number, number>();
  for (const dot of dots) perStep.set(dot.step, (perStep.get(dot.step) ?? 0) + 1);
  const seen = new Map<number, number>();
  return dots.map((dot) => {
    const index = (seen.get(dot.step) ?? 0) + 1;
    seen.set(dot.step, index);
    return Math.max(0, dot.step - 1) + index / ((perStep.get(dot.step) ?? 1) + 1);
  });
}

export function pointPositions(points: readonly AccuracyPoint[], axis: Axis): number[] {
  return points.map((point) => positionOf(axis, point));
}

export function dotPositions(dots: readonly CandidateDot[], axis: Axis): number[] {
  return axis === 'steps' ? spreadOverSteps(dots) : dots.map((dot) => positionOf(axis, dot));
}

/** How far the axis reaches: to where the run is now; in steps to the planned end, so that it stands still meanwhile. */
export function reach(axis: Axis, now: number, stepsPlanned: number | null): number {
  if (axis !== 'steps') return Math.max(now, axis === 'minutes' ? 0.001 : 1);
  return Math.max(1, now, Math.min(stepsPlanned ?? 1, Math.max(10, now + 2)));
}
