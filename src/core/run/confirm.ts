/** The one look at the test split, after everything is decided. */
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, Evaluation } from '../types.ts';

export interface TestEvaluations {
  readonly start: Evaluation;
  readonly best: Evaluation;
}

/** Null when there is no test split: the report then says "not confirmed". */
export async function* confirmOnTest(
  context: RunContext,
  start: Candidate,
  best: Candidate,
): Steps<TestEvaluations | null> {
  const { test } = context.splits;
  if (test.length === 0) return null;
  yield { type: 'phase-started', phase: 'confirmation' };
  const first = yield* context.evaluate(start, test, 'test', {
    why: 'The starting prompt on the test examples',
  });
  if (start.id === best.id) return { start: first, best: first };
  const second = yield* context.evaluate(best, test, 'test', { why: 'The best prompt on the test examples' });
  return { start: first, best: second };
}
