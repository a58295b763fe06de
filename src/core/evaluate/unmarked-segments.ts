/** Where in a reply without a readable mark the answer may stand. */
import { linesOf, segmentOf, type Segment } from './answer-segment.ts';

const wordCount = (text: string): number => text.split(/\s+/).length;

export const endPattern = /[.!?:;)\]}>"'”’*$]$/;

/** Prose that breaks off: the reply was cut at its token limit before it came to an answer. */
const isUnfinished = (line: string): boolean => wordCount(line) > 12 && !endPattern.test(line);

/** "… and False and": what was said last is a part of what was to come. */
export const breakPattern =
  /(?:[=+×*/-]|\b(?:and|or|not|nor|the|an?|is|are|was|of|to|in|for|from|by|with|that|than|then|if|so|as|but|because|since|which))$/i;

/** The end of a line that breaks off may still be an answer without its full stop. */
function endingOf(line: string): string {
  if (!isUnfinished(line)) return line;
  return breakPattern.test(line) ? '' : line.split(/\s+/).slice(-3).join(' ');
}

/** "No, because …", "(B) 12/25/1937": what a reply opens with, when it is short enough to be an answer. */
function openingClause(line: string): string | null {
  if (/^(?:[-*•]|\d{1,3}[.)])\s/.test(line)) return null; // the first of several points
  const [clause, stop] = [/^[^.,:;!—–\n]*/.exec(line)?.[0] ?? '', /[.,:;!—–]/.exec(line)?.[0]];
  return stop === ':' || wordCount(clause.trim()) > 3 ? null : clause.trim();
}

export function openingOf(lines: readonly string[]): Segment[] {
  const opening = openingClause(lines[0] ?? '');
  return opening === null ? [] : [segmentOf(opening, 'line', true)];
}

/** Enough to get past closing remarks; a reply that repeats itself is not searched to its beginning. */
const mostLines = 20;

const isShort = (line: string): boolean =>
  wordCount(line) <= 3 && !line.endsWith(':') && !/^\d+[.)]\s/.test(line);

export const conclusionPattern =
  /^(?:so|thus|therefore|hence|consequently|overall|in (?:conclusion|summary|short)|to (?:conclude|summari[sz]e))\b/i;

/** "(A) red", "(B) blue", … below each other repeat the question. */
function withoutOptions(lines: readonly string[]): readonly string[] {
  const letters = lines.map((line) =>
    wordCount(line) > 8 ? undefined : /^\(?([A-Z])[).:]\s+\S/.exec(line)?.[1]?.charCodeAt(0),
  );
  const follows = (index: number): boolean =>
    letters[index] !== undefined && letters[index - 1] === letters[index] - 1;
  return lines.filter((_, index) => !follows(index) && !follows(index + 1));
}

/** The parts where a rule that picks from prose may look, best first. */
export function unmarkedSegments(given: readonly string[], mayLead: boolean): Segment[] {
  const lines = withoutOptions(given);
  const last = lines.at(-1) ?? '';
  const before = isUnfinished(last) ? [] : lines.slice(0, -1).toReversed();
  const short = (isUnfinished(last) ? lines.slice(0, 1) : lines.toReversed()).filter(isShort);
  return [
    ...(mayLead ? openingOf(lines) : []),
    segmentOf(endingOf(last), 'line', false),
    ...before
      .filter((line) => conclusionPattern.test(line))
      .slice(0, mostLines)
      .map((line) => segmentOf(line, 'line', false)),
    ...short.slice(0, mostLines).map((line) => segmentOf(line, 'line', true)),
  ];
}

export const farewellPattern =
  /\b(?:let me know|hope (?:this|that|it) helps|feel free to|happy to help|if you (?:have|need) any)\b/i;

/** "Note: …" below an answer explains it, unless it comes to a conclusion. */
const isRemark = (line: string): boolean =>
  farewellPattern.test(line) ||
  (/^\W*(?:please\s+)?note(?:\s*:|\s+that\b)/i.test(line) && !/\b(?:so|thus|therefore|hence)\b/i.test(line));

/** Small models add remarks and say goodbye below their answer, or behind it. */
function withoutRemarks(lines: readonly string[]): readonly string[] {
  const kept = lines.slice(0, lines.findLastIndex((line) => !isRemark(line)) + 1);
  if (kept.length > 0) return kept;
  return lines
    .map((line) =>
      line
        .split(/(?<=[.!?])\s+/)
        .filter((sentence) => !isRemark(sentence))
        .join(' '),
    )
    .filter((line) => line !== '');
}

/** What is left without a readable mark: the lines behind the last mark, since those before it only led up to it. */
export function unmarkedLines(text: string, lastMarked: Segment | undefined): readonly string[] {
  return withoutRemarks(lastMarked?.lines.slice(1) ?? linesOf(text));
}
