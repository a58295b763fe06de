/** What to do when most replies of the optimizer model were of no use: said once, with the reasons. */
import { sum } from '../arithmetic.ts';
import type { RunEvent } from '../events.ts';
import type { RejectionCode } from '../proposals/rejection.ts';

const reasons: Readonly<Record<RejectionCode, string>> = {
  empty: 'it was empty',
  'too-short': 'it was too short',
  'too-long': 'it was too long',
  truncated: 'it broke off',
  unchanged: 'it changed nothing',
  'already-tried': 'it was tried before',
  'leaks-example': 'it copied an example',
  'leaks-answer': 'it gave away an answer',
  'wrong-language': 'it was in another language',
  'placeholder-lost': 'a placeholder was missing',
  'placeholder-invented': 'it had a blank to fill in',
  'format-lost': 'it dropped the answer format',
  'meta-talk': 'it talked about the rewriting',
  refusal: 'the model declined',
  'role-marker': 'it was written as a dialogue',
  markup: 'its tags or brackets were broken',
  'structured-data': 'it was data or code',
  repetition: 'it repeated itself',
  'answers-task': 'it solved a case',
  'asks-back': 'it asked a question',
  injection: 'it followed text from the data',
  'call-failed': 'the call failed',
};

/** Below this many replies nothing can be said of the model. */
const fewestReplies = 4;
const mostReasons = 3;

/**
 * @param rejected how often, by reason
 * @param replies of the optimizer model, usable or not
 */
export function* adviseOnReplies(
  rejected: ReadonlyMap<RejectionCode, number>,
  replies: number,
): Generator<RunEvent, void> {
  const useless = sum([...rejected.values()]);
  if (replies < fewestReplies || useless * 2 < replies) return;
  const listed = [...rejected]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostReasons)
    .map(([code, count]) => `${reasons[code]} (${count})`)
    .join(', ');
  yield {
    type: 'notice',
    level: 'warning',
    text: `${useless} of ${replies} replies of the optimizer model were not usable, mostly because ${listed}. Use a larger or another optimizer model, or write sentences by hand: yours are tested in the same way.`,
  };
}
