/** Where in a reply the answer stands. Follows the usual marks, the most explicit first. */
import { boxedAt, unwrapBoxed } from './boxed.ts';

/** How an answer was found; shown beside it. */
export type FoundBy = 'tag' | 'marker' | 'hashes' | 'boxed' | 'line' | 'whole';

/** A part of the reply that may hold the answer. */
export interface Segment {
  readonly how: FoundBy;
  /** True when the reply announced an answer here; then it comes first, otherwise last. */
  readonly marked: boolean;
  /** The non-empty lines; a marked answer starts on the first, an unmarked one ends on the last. */
  readonly lines: readonly string[];
}

export function segmentOf(text: string, how: FoundBy, marked: boolean): Segment {
  return { how, marked, lines: linesOf(text) };
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The last `<answer>`; one that was not closed runs to the end. */
export function findTagged(text: string): Segment[] {
  const tag = [...text.matchAll(/<answer>/gi)].at(-1); // lower case moves places: "İ" is longer in it
  if (tag === undefined) return [];
  const inner = text.slice(tag.index + tag[0].length).split(/<\/?answer>/i)[0] ?? '';
  return inner.trim() === '' ? [] : [segmentOf(unwrapBoxed(inner), 'tag', true)];
}

const verb = '(?:is|was|would be|should be|must be|will be)\\b\\s*:?';
const fitting = '(?:correct|best|right|closest|most\\s+\\p{L}+)';
const subject = `(?:final\\s+answer|answer|${fitting}\\s+(?:option|choice))`;
/** The exports read by this and other patterns of the run, so that they cannot drift apart. */
export const markPattern = new RegExp(
  [
    `\\b${subject}\\b["']?\\s*(?:\\([^()\\n]{0,20}\\)\\s*)?(?:${verb}|[:=]|[-–—](?=\\s))`,
    `\\banswer\\s+(?:choice|option)\\s+is\\b\\s*:?`,
    `\\banswer\\s+(?:to|for)\\b[^.:\\n]{0,120}?(?:\\bis\\b|:)`,
    `\\bfinal\\s+answer\\b`,
    `^[#\\s]*answer[ \\t]*$`,
    `^[ \\t]*(?:output|ans|a)[ \\t]*:`,
  ].join('|'),
  'gimu',
);

/** "This answer is based on …" talks about the answer and does not give it. */
export const talkPattern = /^\s*(?:based on|derived|obtained|determined|found (?:by|in|using))\b/i;

export const refusalPattern =
  /^\W*(?:it (?:is )?)?(?:currently )?(?:depend(?:s|ent|ing)?\b|un(?:known|clear|certain|determined|decidable)\b|indeterminate\b|ambiguous\b|inconclusive\b|impossible to\b|not (?:known|clear|certain|listed|among|provided|given|available|determin)|(?:can ?not|can['’]t|could not) be\b|none of\b|neither\b)/i;

/** "The answer is not among the options": this mark takes back what an earlier one said. */
export const isRefusal = ({ lines }: Segment): boolean => refusalPattern.test(lines[0] ?? '');

/** A reply that repeats itself is not searched to its beginning. */
const mostMarks = 20;

/** A text, a list, or anything else up to the next field. */
export const fieldPattern =
  /^\s*(?:"((?:[^"\\\n]|\\.){1,2000})"|(\[[^\]\n]{0,2000}\])|([^\s",[{}][^,}\n]{0,200}))/;

/** The value behind `"answer":`, without the rest of the object. */
function fieldValue(rest: string): string {
  const value = fieldPattern.exec(rest);
  return value?.[1] ?? value?.[2] ?? value?.[3] ?? rest;
}

function behindMark(text: string, { index, 0: mark }: RegExpExecArray): string {
  const rest = text.slice(index + mark.length);
  if (/["']\s*:$/.test(mark)) return fieldValue(rest);
  return unwrapBoxed(rest.replace(/^[\s:]*as follows:?/i, '').replace(/^[*_]+/, ''));
}

/** What follows "answer is", "Answer:", "final answer" and the like; the last one first. */
export function findMarked(text: string): Segment[] {
  const segments = [...text.matchAll(markPattern)]
    .slice(-mostMarks)
    .map((match) => behindMark(text, match))
    .filter((rest) => /[^\s.:]/.test(rest) && !talkPattern.test(rest))
    .map((rest) => segmentOf(rest, 'marker', true));
  return segments.reverse();
}

/** "#### 42", the mark of GSM8K's solutions. */
export function findHashes(text: string): Segment[] {
  const start = text.lastIndexOf('#### ');
  const rest = start < 0 ? '' : text.slice(start + '#### '.length);
  return rest.trim() === '' ? [] : [segmentOf(unwrapBoxed(rest), 'hashes', true)];
}

/** The last `\boxed{…}`. */
export function findBoxed(text: string): Segment[] {
  const start = text.lastIndexOf('\\boxed{');
  const inner = start < 0 ? '' : boxedAt(text, start);
  return inner.trim() === '' ? [] : [segmentOf(inner, 'boxed', true)];
}
