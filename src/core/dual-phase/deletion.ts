/**
 * Leaving the chosen sentence out instead of rewriting it (algorithms.md 3.4): kept when the prompt is clearly shorter
 * and no worse. It costs no optimizer call, and it is no step forward: the attempt that it takes is one of the step's.
 */
import { removeSentence } from '../prompt/edit.ts';
import { joinPrompt } from '../prompt/split.ts';
import { droppable } from '../prune/droppable.ts';
import { compareWithReference } from '../prune/non-inferiority.ts';
import type { RunContext, Steps } from '../run-context.ts';
import { askPerson } from './accept.ts';
import { adopt } from './adopt.ts';
import type { Attempt } from './attempt.ts';
import { askAll } from './in-turn.ts';
import type { Search } from './search.ts';

/** Share of the prompt's length that must be gained. */
const leastSaving = 0.05;

/** False when it is not its turn, or the sentence is one that has to stay. */
export async function* tryDeletion(
  context: RunContext,
  search: Search,
  { target, random }: Attempt,
): Steps<boolean> {
  const draw = random.fork('delete');
  if (draw.next() >= search.options.deleteShare) return false;
  const { sentences, id } = search.incumbent;
  const columns = Object.keys(context.splits.validation[0]?.fields ?? {});
  const without = removeSentence(sentences, target.id);
  const isShorter = joinPrompt(without).length <= (1 - leastSaving) * joinPrompt(sentences).length;
  if (!isShorter || !droppable(sentences, columns).some((sentence) => sentence.id === target.id))
    return false;
  const candidate = yield* context.create(without, id, { operation: 'delete', sentenceId: target.id });
  yield* askAll(context, search);
  const { isNoWorse, validation } = yield* compareWithReference(context, search.validation, candidate);
  if (isNoWorse && (yield* askPerson(context, candidate)))
    yield* adopt(context, search, candidate, validation);
  return true;
}
