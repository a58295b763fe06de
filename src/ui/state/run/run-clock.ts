/** Where the model time of a run went, as far as the log goes: what an answer, a step and an attempt take. Recorded milliseconds. */
import type { LoggedEvent, RunEvent, Spent } from '../../../core/events.ts';

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
  /** Attempts that are over, and what they took together apart from what was asked on validation. */
  readonly attempts: number;
  readonly writingMs: number;
  /** Of the step under way: attempts it may take, those that are over, and what the one under way took so far. */
  readonly attemptsPlanned: number;
  readonly attemptsTaken: number;
  readonly writingNowMs: number;
}

export const clockAtStart: RunClock = {
  answers: 0,
  answerMs: 0,
  testAnswers: 0,
  stepFrom: null,
  steps: 0,
  stepMs: 0,
  attempts: 0,
  writingMs: 0,
  attemptsPlanned: 0,
  attemptsTaken: 0,
  writingNowMs: 0,
};

/** Closes the attempt under way: one that took no time is none yet. */
function endAttempt(clock: RunClock): RunClock {
  const { attempts, writingMs, attemptsTaken, writingNowMs } = clock;
  if (writingNowMs === 0) return clock;
  return {
    ...clock,
    attempts: attempts + 1,
    writingMs: writingMs + writingNowMs,
    attemptsTaken: attemptsTaken + 1,
    writingNowMs: 0,
  };
}

/** Closes the step under way. Some methods only say when the next one begins. */
function endStep(clock: RunClock, now: number): RunClock {
  if (clock.stepFrom === null) return clock;
  const ended = endAttempt(clock);
  return { ...ended, stepFrom: null, steps: clock.steps + 1, stepMs: clock.stepMs + now - clock.stepFrom };
}

function countAnswer(clock: RunClock, isTest: boolean, ms: number | null): RunClock {
  const testAnswers = clock.testAnswers + (isTest ? 1 : 0);
  if (ms === null) return { ...clock, testAnswers };
  return { ...clock, testAnswers, answers: clock.answers + 1, answerMs: clock.answerMs + ms };
}

/** Of an attempt: proposals, and failures that they are tried on. What is asked of the incumbent is asked once. */
function isWriting(clock: RunClock, event: RunEvent, incumbentId: string | null): boolean {
  if (clock.stepFrom === null) return false;
  if (event.type !== 'example-scored') return true;
  return event.split !== 'validation' && event.candidateId !== incumbentId;
}

/** @param before - what had been spent, and what the incumbent was, when the event before this one was told */
export function advance(
  clock: RunClock,
  before: { readonly spent: Spent; readonly incumbentId: string | null },
  { event, spent }: LoggedEvent,
): RunClock {
  const now = spent.modelMs;
  const passed = now - before.spent.modelMs;
  const writingMs = isWriting(clock, event, before.incumbentId) ? passed : 0;
  const timed = { ...clock, writingNowMs: clock.writingNowMs + writingMs };
  if (event.type === 'step-started')
    return { ...endStep(timed, now), stepFrom: now, attemptsPlanned: event.attempts ?? 0, attemptsTaken: 0 };
  if (event.type === 'step-finished' || event.type === 'phase-started') return endStep(timed, now);
  if (event.type === 'failures-shown' && event.attempt > 1) return endAttempt(timed); // the one before
  if (event.type !== 'example-scored') return timed;
  return countAnswer(timed, event.split === 'test', event.reused ? null : passed);
}
