/** Where in a reply the answer stands. Follows the usual marks, the most explicit first. */

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
  const start = text.toLowerCase().lastIndexOf('<answer>');
  if (start < 0) return [];
  const inner = text.slice(start + '<answer>'.length).split(/<\/?answer>/i)[0] ?? '';
  return inner.trim() === '' ? [] : [segmentOf(unwrapBoxed(inner), 'tag', true)];
}

const verb = '(?:is|was|would be|should be|must be|will be)\\b\\s*:?';
const subject = '(?:final\\s+answer|(?:correct|best|right)\\s+(?:option|choice)|answer)';
const marker = new RegExp(
  [
    `\\b${subject}\\b["']?\\s*(?:\\([^()\\n]{0,20}\\)\\s*)?(?:${verb}|[:=]|[-–—](?=\\s))`,
    `\\banswer\\s+(?:to|for)\\b[^.:\\n]{0,120}?(?:\\bis\\b|:)`,
    `\\bfinal\\s+answer\\b`,
    `^[#\\s]*answer[ \\t]*$`,
    `^[ \\t]*(?:output|a)[ \\t]*:`,
  ].join('|'),
  'gim',
);

/** "This answer is based on …" talks about the answer and does not give it. */
const isTalkAboutAnswer = (text: string): boolean =>
  /^\s*(?:based on|derived|obtained|determined|found (?:by|in|using))\b/i.test(text);

/** A reply that repeats itself is not searched to its beginning. */
const mostMarks = 20;

/** What follows "answer is", "Answer:", "final answer" and the like; the last one first. */
export function findMarked(text: string): Segment[] {
  const segments = [...text.matchAll(marker)]
    .slice(-mostMarks)
    .map((match) => text.slice(match.index + match[0].length).replace(/^[\s:]*as follows:?/i, ''))
    .filter((rest) => /[^\s.:]/.test(rest) && !isTalkAboutAnswer(rest))
    .map((rest) => segmentOf(unwrapBoxed(rest), 'marker', true));
  return segments.reverse();
}

/** "#### 42", the mark of GSM8K's solutions. */
export function findHashes(text: string): Segment[] {
  const start = text.lastIndexOf('#### ');
  const rest = start < 0 ? '' : text.slice(start + '#### '.length);
  return rest.trim() === '' ? [] : [segmentOf(unwrapBoxed(rest), 'hashes', true)];
}

function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '{') depth += 1;
    if (text[i] === '}') depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}

/** The last `\boxed{…}`. */
export function findBoxed(text: string): Segment[] {
  const start = text.lastIndexOf('\\boxed{');
  if (start < 0) return [];
  const open = start + '\\boxed'.length;
  const close = closingBrace(text, open);
  const inner = text.slice(open + 1, close < 0 ? undefined : close);
  return inner.trim() === '' ? [] : [segmentOf(unwrapText(inner), 'boxed', true)];
}

const unwrapText = (text: string): string =>
  text.replace(/\\(?:text|textbf|mathrm|mathbf)\{([^{}]*)\}/g, '$1');

/** `$\boxed{\text{B}}$` within a marked answer becomes `B`. */
function unwrapBoxed(text: string): string {
  return text.includes('\\boxed{') || text.includes('\\text')
    ? unwrapText(text).replace(/\$?\\boxed\{([^{}]*)\}\$?/g, '$1')
    : text;
}
