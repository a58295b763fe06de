/**
 * How a reply is read, as JavaScript for promptfoo. Ported are the run's decisive rules: the last mark wins, then the
 * last line; what is denied or left open is no answer. The patterns are the run's own. Rarer turns are left to the run:
 * invented turns of a conversation, answers in braces within a box, options repeated below each other.
 */
import {
  fieldPattern,
  markPattern,
  refusalPattern,
  talkPattern,
} from '../../core/evaluate/answer-segment.ts';
import { jointPattern, negationPattern } from '../../core/evaluate/mention.ts';
import {
  breakPattern,
  conclusionPattern,
  endPattern,
  farewellPattern,
} from '../../core/evaluate/unmarked-segments.ts';

/** `said`: the reply without reasoning, emphasis and an invented next question. */
export const saidInJavaScript = String.raw`// What the reply says, without reasoning, emphasis and an invented next question.
const said = String(output).replace(/\r\n?/g, '\n')
  .replace(/<(think|thinking|thought|reasoning)>[^]*?(?:<\/\1>|$)/gi, '')
  .replace(/^[^]*<\/(?:think|thinking|thought|reasoning)>/i, '')
  .replace(/(\S\s*?)(?:<\|[^|<>\n]{1,40}\|>|<\/s>|\n[ \t>#*_]*(?:Q|Question|Input)[ \t]*\d{0,3}[*_]*:)[^]*/i, '$1')
  .replace(/\*{2,3}([^*\n]+)\*{2,3}/g, '$1').replace(/\x60([^\x60\n]+)\x60/g, '$1').trim();
const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);`;

/** The one form of quotes, spaces and letters that texts are compared in. */
export const plainInJavaScript = String.raw`const flat = (text) => text.normalize('NFKC').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim();
const plain = (text) => flat(text).replace(/^["'\x60*$]+|["'\x60*$]+$/g, '').replace(/(?<![.\s])\s*\.$/, '').replace(/["'\x60*$]+$/, '').trim();`;

/** `marked`: texts behind marks, the best first; `lines`: where an answer without one stands. */
export const marksInJavaScript = String.raw`
// What stands behind a mark ("Answer:", "the answer is"), the last one first, up to one that takes the answer back.
const mark = ${String(markPattern)};
const field = ${String(fieldPattern)};
const talk = ${String(talkPattern)};
const refusal = ${String(refusalPattern)};
const valueOf = (rest, found) => {
  const [, text, list, other] = (/["']\s*:$/.test(found) && field.exec(rest)) || [];
  return text ?? list ?? other ?? rest.replace(/^[\s:]*as follows:?/i, '').replace(/^[*_]+/, '');
};
const behind = (pattern) => [...said.matchAll(pattern)].map(({ index, 0: found }) => valueOf(said.slice(index + found.length), found)).reverse();
const unboxed = (text) => text.replace(/\\(?:text|textbf|mathrm|mathbf)\{([^{}]*)\}/g, '$1').replace(/\{,\}|\\,/g, ',')
  .replace(/^[\s$:*]*(?:\\[([]\s*)?\\boxed\{([^{}]*)\}[^]*/, '$1').replace(/\$?\\boxed\{([^{}]*)\}\$?/g, '$1');
const marked = [
  ...behind(/<answer>/gi).map((rest) => rest.split(/<\/?answer>/i)[0]),
  ...behind(mark),
  ...behind(/#### /g),
  ...behind(/\\boxed(?=\{)/g).map((rest) => '\\boxed' + rest),
].map(unboxed).filter((rest) => /[^\s.:]/.test(rest) && !talk.test(rest));
const refused = marked.findIndex((rest) => refusal.test(linesOf(rest)[0]));
if (refused >= 0) marked.length = refused + 1;
// Without a mark that can be read: the lines behind it, up to closing remarks.
const farewell = ${String(farewellPattern)};
const isRemark = (line) => farewell.test(line) || (/^\W*(?:please\s+)?note(?:\s*:|\s+that\b)/i.test(line) && !/\b(?:so|thus|therefore|hence)\b/i.test(line));
const rest = marked.length > 0 ? linesOf(marked[0]).slice(1) : linesOf(said);
const kept = rest.slice(0, rest.findLastIndex((line) => !isRemark(line)) + 1);
const lines = kept.length > 0 ? kept : rest.map((line) => line.split(/(?<=[.!?])\s+/).filter((sentence) => !isRemark(sentence)).join(' ')).filter(Boolean);
const [first = '', last = ''] = [lines[0], lines.at(-1)];
const words = (text) => text.split(/\s+/);`;

/** `line`: the line that is the answer. */
export const lineInJavaScript = String.raw`
// The line that is the answer: the first behind a mark, else the last, or one that a longer explanation follows.
const unframed = (line) => line.replace(/^(?:so|thus|therefore|hence),?\s+(?=.*\s(?:is|are)\s+the\s)/i, '')
  .replace(/\s(?:is|are)\s+the\s+(?:(?:correct|final|right|best)\s+)?(?:answer|order|list|sequence)[.!]?$/i, '');
const opens = words(first).length <= 5 && !/[:,]$/.test(first) && words(last).length > 8;
const line = marked.length > 0 ? linesOf(marked[0])[0] : opens ? first : unframed(last);`;

/** `parts`: where an answer may stand, best first, and whether a mark announced it there. */
export function partsInJavaScript(mayLead: boolean): string {
  const opening = String.raw`
// What a reply opens with when it is short: "No, because …".
const opening = ([line = '']) => {
  const clause = /^[^.,:;!—–]*/.exec(line)[0].trim();
  return /^(?:[-*•]\s|\d{1,3}[.)]\s|[^.,:;!—–]*:)/.test(line) || words(clause).length > 3 ? [] : [[clause, true]];
};`;
  const [before, after] = mayLead
    ? ['\n  ...opening(lines),', '\n  ...(marked.length > 0 && refused < 0 ? opening(linesOf(said)) : []),']
    : ['', ''];
  return String.raw`${mayLead ? opening : ''}
// Where the answer may stand, best first, and whether it was announced there. A reply may have been cut.
const isCut = words(last).length > 12 && !${String(endPattern)}.test(last);
const ending = ${String(breakPattern)}.test(last) ? '' : words(last).slice(-3).join(' ');
const isConclusion = (line) => ${String(conclusionPattern)}.test(line);
const isShort = (line) => words(line).length <= 3 && !/^\d+[.)]\s|:$/.test(line);
const parts = [
  ...marked.map((rest) => [linesOf(rest)[0], true]),${before}
  [isCut ? ending : last, false],
  ...(isCut ? [] : lines.slice(0, -1).reverse().filter(isConclusion).map((line) => [line, false])),
  ...(isCut ? lines.slice(0, 1) : [...lines].reverse()).filter(isShort).map((line) => [line, true]),${after}
];
const firstOf = (read) => {
  for (const [line, isMarked] of parts) {
    const answer = read(line, isMarked);
    if (answer !== null) return answer;
  }
  return '(no answer)';
};`;
}

/** `mentions` and `choose`: answers named in a line, and which of them counts. */
export const mentionsInJavaScript = String.raw`
// Answers named in a line ("not TECH" is none), and the one that counts: behind a mark the first, else the last.
const negation = ${String(negationPattern)};
const joint = ${String(jointPattern)};
const mentions = (line, pattern) => [...line.matchAll(pattern)].map(({ index, 0: found, 1: name = found }) => (
  { name, start: index, end: index + found.length, negated: negation.test(line.slice(0, index).replaceAll('’', "'")) }));
const choose = (line, found, isMarked) => {
  const row = isMarked ? found : [...found].reverse();
  let [others, hasWord] = [0, false];
  while (row[others + 1] && row[others].label !== row[others + 1].label) {
    const [a, b] = isMarked ? [row[others], row[others + 1]] : [row[others + 1], row[others]];
    const between = joint.exec(line.slice(a.end, b.start));
    if (between === null) break;
    hasWord ||= between[1] !== undefined;
    others += 1;
  }
  const isAtEnd = /^\W*$/.test(line.slice(row[isMarked ? others : 0]?.end));
  const isOpen = others > 0 && (hasWord || isAtEnd || others > 1); // "A or B" leaves it open
  return row.length === 0 || isOpen ? null : row[0];
};`;
