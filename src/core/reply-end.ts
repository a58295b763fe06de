/** Where a reply is over although the model would go on: what follows could change nothing that is made of it. */
import type { CompletionRequest } from './language-model.ts';

/** What of a request can end a reply. */
export type ReplyLimits = Pick<CompletionRequest, 'stop' | 'until' | 'constraint'>;

export interface CutReply {
  readonly text: string;
  /** False while the reply may go on. */
  readonly isOver: boolean;
}

/** "Answer: no" with a line break behind it; what only announces the answer ("Answer:", "Answer: as follows:") is no such line. */
const answerLines =
  /^[ \t>*_#-]*(?:final[ \t]+)?answer[*_]*[ \t]*:[^\p{L}\p{N}\r\n]*[\p{L}\p{N}](?:[^\r\n]*[^:*_\s])?[*_ \t]*(?=[\r\n])/gimu;

const isThinking = (before: string): boolean =>
  before.lastIndexOf('<think>') > before.lastIndexOf('</think>');

/** Only what stands before a line says whether it counts: a reply under way is cut where the whole one would be. */
function throughAnswer(text: string): string {
  for (const { index, 0: line } of text.matchAll(answerLines)) {
    if (!isThinking(text.slice(0, index))) return text.slice(0, index + line.length);
  }
  return text;
}

function beforeStop(text: string, stop: readonly string[]): string {
  const places = stop.map((mark) => (mark === '' ? -1 : text.indexOf(mark))).filter((place) => place >= 0);
  return text.slice(0, Math.min(text.length, ...places));
}

/** The reply up to the first stop text, or through the line that gives the answer, whichever comes first. */
export function cutReply(text: string, { stop = [], until }: ReplyLimits): CutReply {
  const kept = beforeStop(until === 'answer-line' ? throughAnswer(text) : text, stop);
  return { text: kept, isOver: kept.length < text.length };
}

/**
 * The same while a reply is being written; also completes it when only one of the choices is left. For engines that
 * keep to the choices: there the reply would end in this very text.
 */
export function settleReply(text: string, limits: ReplyLimits): CutReply {
  const { constraint } = limits;
  if (constraint?.kind !== 'choice' || text === '') return cutReply(text, limits);
  const [only, ...others] = constraint.choices.filter((choice) => choice.startsWith(text));
  const isDecided = only !== undefined && others.length === 0;
  return isDecided ? { text: cutReply(only, limits).text, isOver: true } : cutReply(text, limits);
}
