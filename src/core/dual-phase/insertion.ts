/**
 * A sentence of the task-neutral library behind the chosen one, as a further candidate of an attempt. It costs no
 * optimizer call, so that a run can improve a prompt although the model that writes is of no use.
 */
import type { RunEvent } from '../events.ts';
import { insertAfter } from '../prompt/edit.ts';
import { joinPrompt } from '../prompt/split.ts';
import { pickInsertion } from '../proposals/operators.ts';
import type { RunContext } from '../run-context.ts';
import type { Candidate } from '../types.ts';
import type { Attempt } from './attempt.ts';
import type { Search } from './search.ts';

/**
 * @param isStuck no rewrite of the attempt was usable
 * @returns null when it is not its turn, or the library has nothing new for this prompt
 */
export function* proposeInsertion(
  context: RunContext,
  search: Search,
  { target, random }: Attempt,
  isStuck: boolean,
): Generator<RunEvent, Candidate | null> {
  const draw = random.fork('library');
  const { libraryShare, libraryWhenStuck } = search.options;
  const isDrawn = draw.next() < libraryShare;
  if (!isDrawn && !(isStuck && libraryWhenStuck)) return null;
  const { sentences } = search.incumbent;
  const text = pickInsertion(joinPrompt(sentences), search.libraryTried, draw);
  if (text === null) return null;
  search.libraryTried.push(text);
  const sentenceId = search.freshId();
  const inserted = insertAfter(sentences, target.id, text, sentenceId);
  const origin = { operation: 'insert', sentenceId, note: 'from the sentence library' } as const;
  return yield* context.create(inserted, search.incumbent.id, origin);
}
