/** A person's edit of a prompt as new pieces. */
import type { PersonAction } from '../events.ts';
import type { Sentence } from '../types.ts';
import { insertAfter, moveSentence, removeSentence, replaceSentence } from './edit.ts';

export type TextEdit = Extract<PersonAction, { kind: 'edit' | 'add' | 'remove' | 'move' }>;

/** @param freshId for an added piece: an id that no piece of the run ever had */
export function applyEdit(
  sentences: readonly Sentence[],
  action: TextEdit,
  freshId: () => string,
): readonly Sentence[] {
  switch (action.kind) {
    case 'edit':
      return replaceSentence(sentences, action.sentenceId, action.content);
    case 'add':
      return insertAfter(sentences, action.afterSentenceId, action.content, freshId());
    case 'remove':
      return removeSentence(sentences, action.sentenceId);
    case 'move':
      return moveSentence(sentences, action.sentenceId, action.afterSentenceId);
  }
}
