/** The wrong answers of an evaluation, with all that is shown of them. */
import type { Evaluation, Example, FailureCase, Outcome } from '../types.ts';

function asCase(example: Example, outcome: Outcome): FailureCase {
  return {
    exampleId: example.id,
    input: example.input,
    expected: example.target.trim() || 'a better answer', // without a label nobody knows which
    got: outcome.extracted ?? (outcome.output.trim() || '(no answer)'),
    reason: outcome.reason,
  };
}

/** The failures of an evaluation, in the order they were asked. */
export function failuresOf(evaluation: Evaluation, examples: readonly Example[]): FailureCase[] {
  const byId = new Map(examples.map((example) => [example.id, example]));
  return evaluation.outcomes.flatMap((outcome) => {
    const example = byId.get(outcome.exampleId);
    return example && !outcome.correct ? [asCase(example, outcome)] : [];
  });
}

/** The examples behind failure cases, in the same order. */
export function examplesOf(failures: readonly FailureCase[], examples: readonly Example[]): Example[] {
  const byId = new Map(examples.map((example) => [example.id, example]));
  return failures.flatMap(({ exampleId }) => byId.get(exampleId) ?? []);
}
