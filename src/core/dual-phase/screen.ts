/**
 * The minibatch gate (GEPA; algorithms.md 3.4): a few failures and as many right answers, before all failures are
 * asked. A rewrite that wins no more than it loses there is dropped for a handful of calls.
 */
import { examplesOf } from '../evaluate/failures.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate } from '../types.ts';
import type { Attempt } from './attempt.ts';
import type { Search } from './search.ts';

/** The candidates that do better on the minibatch than the incumbent. */
export async function* screen(
  context: RunContext,
  search: Search,
  candidates: readonly Candidate[],
  { failures, random }: Attempt,
): Steps<Candidate[]> {
  const count = search.options.screen;
  if (count === 0) return [...candidates];
  const { split, examples } = search.failurePool(context);
  const draw = random.fork('screen');
  const wrongIds = new Set(failures.map(({ exampleId }) => exampleId));
  const wrong = examplesOf(draw.sample(failures, count), examples);
  const right = draw.sample(
    examples.filter(({ id }) => !wrongIds.has(id)),
    count,
  );
  const passed: Candidate[] = [];
  for (const candidate of candidates) {
    let [wins, losses] = [0, 0];
    yield* context.evaluate(candidate, [...wrong, ...right], split, {
      why: 'A new wording on a few examples first',
      watch: ({ correct, exampleId }, done) => {
        if (wrongIds.has(exampleId)) wins += correct ? 1 : 0;
        else losses += correct ? 0 : 1;
        return done >= wrong.length && wins <= losses;
      },
    });
    if (wins > losses) passed.push(candidate);
  }
  return passed;
}
