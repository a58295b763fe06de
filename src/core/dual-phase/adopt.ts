/** A candidate becomes the incumbent: it is settled, and looked at for new failures. */
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, Evaluation } from '../types.ts';
import type { DualPhaseOptions } from './options.ts';
import type { Search } from './search.ts';

/** The training examples show where a prompt fails; paper mode looks at validation instead. */
export async function* scoreOnTrain(
  context: RunContext,
  options: DualPhaseOptions,
  candidate: Candidate,
): Steps<Evaluation | null> {
  if (options.failuresFrom === 'validation') return null;
  let found = 0;
  return yield* context.evaluate(candidate, context.splits.train, 'train', {
    why: 'Looking for failures among the training examples',
    watch: ({ correct }) => {
      found += correct ? 0 : 1;
      return options.failuresSought > 0 && found >= options.failuresSought;
    },
  });
}

/**
 * What the search goes on from, and the best so far unless the pool holds a better one.
 * @param validation covers the whole split, or what a gate that may accept early has asked of it
 */
export async function* adopt(
  context: RunContext,
  search: Search,
  candidate: Candidate,
  validation: Evaluation,
): Steps<void> {
  const best = search.options.pool > 1 ? search.pool.best : undefined;
  if (!best || validation.accuracy > best.validation.accuracy) yield* context.settle(candidate, validation);
  search.replaceIncumbent(
    context,
    candidate,
    validation,
    yield* scoreOnTrain(context, search.options, candidate),
  );
}
