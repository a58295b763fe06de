/** What a metric has to know: how to read an answer, and how to compare it with the target. */
import type { Segment } from '../answer-segment.ts';

export interface AnswerRule {
  /** `pick`: finds the answer within prose. `line`: the line is the answer. `whole`: the reply is. */
  readonly from: 'pick' | 'line' | 'whole';
  /** True when a reply may open with its answer and explain it afterwards ("No, because …"). */
  readonly mayLead: boolean;
  /** True when every accepted answer has to be met, instead of one of them. */
  readonly needsAll?: boolean;
  /** The answer in this part of the reply; null when there is none or it is ambiguous. */
  read(segment: Segment): string | null;
  /** Score in [0, 1]; null when the target is not of this metric's form (a dirty label). */
  grade(answer: string, target: string): number | null;
}

/** The line on which the answer of a segment stands. */
export function answerLine({ lines, marked }: Segment): string {
  return (marked ? lines[0] : lines.at(-1)) ?? '';
}
