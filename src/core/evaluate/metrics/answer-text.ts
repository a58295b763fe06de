/** Answers of several words or lines: what stands behind the mark, to the end, or the whole reply without one. */
import type { Segment } from '../answer-segment.ts';

export function answerText({ lines }: Segment): string | null {
  return lines.join('\n') || null;
}
