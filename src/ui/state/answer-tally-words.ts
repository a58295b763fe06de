/** What a few answers say about a run with this model, before it is started. */
import type { AnswerTally } from '../../workers/forecast-protocol.ts';
import type { RunConfig } from '../../workers/protocol.ts';
import { countOf } from '../words.ts';

export interface TallyAdvice {
  readonly title: string;
  readonly text: string;
}

/** Null where at least one answer could be read. */
export function tallyAdvice(
  { asked, empty, cut, read }: AnswerTally,
  { answer, taskModel }: Pick<RunConfig, 'answer' | 'taskModel'>,
): TallyAdvice | null {
  if (read > 0) return null;
  if (2 * cut >= asked) {
    const shorter =
      taskModel.engine === 'endpoint' && taskModel.thinking !== 'off'
        ? 'switch on “Answer without thinking first” at the endpoint'
        : 'choose a model that does not think first';
    return {
      title: 'No answer was finished',
      text: `${countOf(cut, 'reply', 'replies')} of ${asked} broke off at ${countOf(answer.maxTokens, 'token')}, and no answer could be read: a model that thinks first may need them all for its thoughts. Raise the length of an answer, or ${shorter}.`,
    };
  }
  if (empty === asked) {
    return {
      title: 'The replies were empty',
      text: `The model wrote nothing in ${countOf(asked, 'reply', 'replies')}, so nothing could be scored. Ask it something in its own program: with a server, the chat template of the model is often the reason.`,
    };
  }
  return {
    title: 'No answer could be read',
    text: `In none of ${countOf(asked, 'reply', 'replies')} is there an answer in the form that the metric expects. A better prompt may change that; the fixed last words above, and the metric on the Data page, are what to look at first.`,
  };
}
