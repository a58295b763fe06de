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

/** "So apple banana is the correct order." says "apple banana". */
export const withoutFrame = (line: string): string =>
  line
    .replace(/^(?:so|thus|therefore|hence),?\s+(?=.*\s(?:is|are)\s+the\s)/i, '')
    .replace(
      /\s(?:is|are)\s+the\s+(?:(?:correct|final|right|best)\s+)?(?:answer|order|list|sequence)[.!]?$/i,
      '',
    );

const wordCount = (line: string): number => line.split(/\s+/).length;

/** The same where the line as a whole is the answer: a reply may open with it and explain it below. */
export function plainLine(segment: Segment): string {
  const [first, line] = [segment.lines[0] ?? '', answerLine(segment)];
  const opens = wordCount(first) <= 5 && !/[:,]$/.test(first) && wordCount(line) > 8;
  return opens ? first : segment.marked ? line : withoutFrame(line);
}
