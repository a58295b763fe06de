/** Where the model time of a run went, as far as the log goes: what an answer and a step take. Recorded milliseconds. */
import type { LoggedEvent, Spent } from '../../../core/events.ts';

export interface RunClock {
  /** Answers that were asked for, and what they took together. */
  readonly answers: number;
  readonly answerMs: number;
  /** Examples of the test split that were answered, asked for or known. */
  readonly testAnswers: number;
  /** When the step under way began; null between steps. */
  readonly stepFrom: number | null;
  /** Steps that are over, and what they took together. */
  readonly steps: number;
  readonly stepMs: number;
}

export const clockAtStart: RunClock = {
  answers: 0,
  answerMs: 0,
  testAnswers: 0,
  stepFrom: null,
  steps: 0,
  stepMs: 0,
};

/** Closes the step under way. Some methods only say when the next one begins. */
function endStep(clock: RunClock, now: number): RunClock {
  if (clock.stepFrom === null) return clock;
  return { ...clock, stepFrom: null, steps: clock.steps + 1, stepMs: clock.stepMs + now - clock.stepFrom };
}

function countAnswer(clock: RunClock, isTest: boolean, ms: number | null): RunClock {
  const testAnswers = clock.testAnswers + (isTest ? 1 : 0);
  if (ms === null) return { ...clock, testAnswers };
  return { ...clock, testAnswers, answers: clock.answers + 1, answerMs: clock.answerMs + ms };
}

/** @param before - what had been spent when the event before this one was told */
export function advance(clock: RunClock, before: Spent, { event, spent }: LoggedEvent): RunClock {
  const now = spent.modelMs;
  const { type } = event;
  if (type === 'step-started') return { ...endStep(clock, now), stepFrom: now };
  if (type === 'step-finished' || type === 'phase-started') return endStep(clock, now);
  if (type !== 'example-scored') return clock;
  return countAnswer(clock, event.split === 'test', event.reused ? null : now - before.modelMs);
}
