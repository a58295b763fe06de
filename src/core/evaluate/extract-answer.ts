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
  linesOf,
  segmentOf,
  type FoundBy,
  type Segment,
} from './answer-segment.ts';
import { cleanOutput } from './clean-output.ts';
import type { AnswerRule } from './metrics/answer-rule.ts';
import { ruleOf } from './metrics/index.ts';

interface ExtractedAnswer {
  /** Null when no answer could be read. */
  readonly answer: string | null;
  /** What the answer was found by. */
  readonly how: FoundBy | 'none';
}

const nothing: ExtractedAnswer = { answer: null, how: 'none' };
const wordCount = (text: string): number => text.split(/\s+/).length;

/** Prose that breaks off: the reply was cut at its token limit before it came to an answer. */
const isUnfinished = (line: string): boolean => wordCount(line) > 12 && !/[.!?:;)\]}>"'”’*$]$/.test(line);

/** "No, because …", "(B) 12/25/1937": what a reply opens with, when it is short enough to be an answer. */
function openingClause(line: string): string | null {
  const [clause, stop] = [/^[^.,:;!—–\n]*/.exec(line)?.[0] ?? '', /[.,:;!—–]/.exec(line)?.[0]];
  return stop === ':' || wordCount(clause.trim()) > 3 ? null : clause.trim();
}

/** Enough to get past closing remarks; a reply that repeats itself is not searched to its beginning. */
const mostShortLines = 20;

const isShort = (line: string): boolean =>
  wordCount(line) <= 3 && !line.endsWith(':') && !/^\d+[.)]\s/.test(line);

/** The parts of an unmarked reply where a rule that picks from prose may look, best first. */
function unmarkedSegments(lines: readonly string[], mayLead: boolean): Segment[] {
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  const opening = mayLead ? openingClause(first) : null;
  const unfinished = isUnfinished(last);
  const ending = unfinished ? last.split(/\s+/).slice(-3).join(' ') : last;
  const short = (unfinished ? lines.slice(0, 1) : lines.toReversed())
    .filter(isShort)
    .slice(0, mostShortLines);
  return [
    ...(opening === null ? [] : [segmentOf(opening, 'line', true)]),
    segmentOf(ending, 'line', false),
    ...short.map((line) => segmentOf(line, 'line', true)),
  ];
}

/** Small models say goodbye below their answer. */
const isFarewell = (line: string): boolean =>
  /\b(?:let me know|hope (?:this|that|it) helps|feel free to|happy to help|if you (?:have|need) any)\b/i.test(
    line,
  );

/** What is left without a readable mark: the lines behind the last mark, since those before it only led up to it. */
function unmarkedLines(text: string, marked: readonly Segment[]): readonly string[] {
  const lines = marked[0]?.lines.slice(1) ?? linesOf(text);
  return lines.slice(0, lines.findLastIndex((line) => !isFarewell(line)) + 1);
}

function segmentsOf(text: string, { from, mayLead }: AnswerRule): Segment[] {
  if (from === 'whole') return [segmentOf(text, 'whole', false)];
  const marked = [...findTagged(text), ...findMarked(text), ...findHashes(text), ...findBoxed(text)];
  const lines = unmarkedLines(text, marked);
  const isLine = from === 'line';
  return [
    ...marked,
    ...(isLine ? [{ how: 'line', marked: false, lines } as const] : unmarkedSegments(lines, mayLead)),
  ];
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
