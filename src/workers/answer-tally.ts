/** What a few answers of a model were like: before a run, so that nobody waits for one in which none can be read. */
import { extractAnswer } from '../core/evaluate/extract-answer.ts';
import type { Completion } from '../core/language-model.ts';
import type { Metric, Task } from '../core/types.ts';

export interface AnswerTally {
  readonly asked: number;
  readonly empty: number;
  /** Broken off at the limit of tokens. */
  readonly cut: number;
  /** In which the metric finds an answer, right or wrong. */
  readonly read: number;
}

export function tallyOf(
  { metric, choices }: Pick<Task, 'metric' | 'choices'>,
  replies: readonly Completion[],
): AnswerTally {
  const isEmpty = ({ text }: Completion): boolean => text.trim() === '';
  return {
    asked: replies.length,
    empty: replies.filter(isEmpty).length,
    cut: replies.filter(({ finishReason }) => finishReason === 'length').length,
    read: replies.filter(({ text }) => isReadable(text, metric, choices)).length,
  };
}

function isReadable(text: string, metric: Metric, choices: readonly string[]): boolean {
  if (metric.kind === 'judge') return text.trim() !== '';
  const read = metric.kind === 'self-consistency' ? metric.answers : metric;
  return extractAnswer(text, read, choices).answer !== null;
}
