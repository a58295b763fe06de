/**
 * Whether a shorter prompt is no worse than a reference: W − L ≥ −⌈0.02 n⌉ on the whole validation split
 * (algorithms.md 3.4). A rule of thumb for a prompt that is wanted shorter, not a proof that nothing is lost.
 */
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, Evaluation } from '../types.ts';

/** Net losses that a shorter prompt may have, in examples of n. */
export function lossesAllowed(n: number): number {
  return Math.ceil(0.02 * n - 1e-9);
}

interface Compared {
  readonly isNoWorse: boolean;
  /** Covers the whole split when it is no worse. */
  readonly validation: Evaluation;
}

/**
 * What the reference gets wrong is asked first: after it the wins are fixed, and the comparison ends with the first
 * loss too many. The decision is the one of the full comparison.
 * @param reference on the whole validation split
 */
export async function* compareWithReference(
  context: RunContext,
  reference: Evaluation,
  candidate: Candidate,
): Steps<Compared> {
  const right = new Set(
    reference.outcomes.filter(({ correct }) => correct).map(({ exampleId }) => exampleId),
  );
  const { validation: examples } = context.splits;
  const ordered = [
    ...examples.filter(({ id }) => !right.has(id)),
    ...examples.filter(({ id }) => right.has(id)),
  ];
  const least = -lossesAllowed(examples.length);
  let [wins, losses, wrongLeft] = [0, 0, ordered.length - right.size];
  const validation = yield* context.evaluate(candidate, ordered, 'validation', {
    why: 'A shorter prompt against the longer one on the validation examples',
    watch: ({ correct, exampleId }) => {
      const wasRight = right.has(exampleId);
      if (!wasRight) wrongLeft -= 1;
      if (correct && !wasRight) wins += 1;
      if (!correct && wasRight) losses += 1;
      return wins + wrongLeft - losses < least;
    },
  });
  const isNoWorse = wins - losses >= least && validation.outcomes.length === ordered.length;
  yield {
    type: 'gate-decided',
    gate: 'pruning',
    candidateId: candidate.id,
    verdict: isNoWorse ? 'accepted' : 'broke-too-much',
    wins,
    losses,
    asked: validation.outcomes.length,
    planned: ordered.length,
    pValue: null,
    needed: 0,
  };
  return { isNoWorse, validation };
}
