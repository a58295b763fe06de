/**
 * Reads the answer from a model's reply, as a step of its own: a wrong extraction is the usual cause of an accuracy
 * of 0, so the page shows what was read and where.
 *
 * Order: reasoning blocks and invented next questions are cut; then `<answer>`, the last "answer is"/"Answer:",
 * "#### ", `\boxed{}`, and without any of these the reply's lines; within each the metric's own rule.
 */
import type { Metric } from '../types.ts';
import {
  findBoxed,
  findHashes,
  findMarked,
  findTagged,
  isRefusal,
  linesOf,
  segmentOf,
  type FoundBy,
  type Segment,
} from './answer-segment.ts';
import { cleanOutput } from './clean-output.ts';
import type { AnswerRule } from './metrics/answer-rule.ts';
import { ruleOf } from './metrics/index.ts';
import { openingOf, unmarkedLines, unmarkedSegments } from './unmarked-segments.ts';

interface ExtractedAnswer {
  /** Null when no answer could be read. */
  readonly answer: string | null;
  /** What the answer was found by. */
  readonly how: FoundBy | 'none';
}

const nothing: ExtractedAnswer = { answer: null, how: 'none' };

/** Marks are tried from the last to the first, up to one that says that there is no answer. */
function markedSegments(text: string): { marked: readonly Segment[]; isRefused: boolean } {
  const all = [...findTagged(text), ...findMarked(text), ...findHashes(text), ...findBoxed(text)];
  const refusal = all.findIndex(isRefusal);
  return { marked: refusal < 0 ? all : all.slice(0, refusal + 1), isRefused: refusal >= 0 };
}

function segmentsOf(text: string, { from, mayLead }: AnswerRule): Segment[] {
  if (from === 'whole') return [segmentOf(text, 'whole', false)];
  const { marked, isRefused } = markedSegments(text);
  const lines = unmarkedLines(text, marked[0]);
  if (from === 'line') return [...marked, { how: 'line', marked: false, lines }];
  // A reply that opened with its answer may end with a mark that cannot be read: "the answer is the patient".
  const opening = mayLead && !isRefused && marked.length > 0 ? openingOf(linesOf(text)) : [];
  return [...marked, ...unmarkedSegments(lines, mayLead), ...opening];
}

function readFirst(segments: readonly Segment[], rule: AnswerRule): ExtractedAnswer {
  for (const segment of segments) {
    const answer = rule.read(segment);
    if (answer !== null) return { answer, how: segment.how };
  }
  return nothing;
}

/** @param choices labels the answer may be; empty when open */
export function extractAnswer(
  output: string,
  metric: Metric,
  choices: readonly string[] = [],
): ExtractedAnswer {
  const rule = ruleOf(metric, choices);
  const text = cleanOutput(output);
  return text === '' ? nothing : readFirst(segmentsOf(text, rule), rule);
}
