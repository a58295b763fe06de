/** What stands between the reasoning in a target and its answer. */
import { SAMPLE } from './profile.ts';
import type { ColumnProfile } from './profile.ts';
import { cellText } from './raw-table.ts';
import type { RawTable } from './raw-table.ts';

/** GSM8K's, MATH's and the common turns of speech; the clearer ones first. */
const MARKS = [
  ...['####', '\\boxed{', 'Final answer:', 'Final Answer:', 'final answer is', 'final answer:'],
  ...['The answer is', 'the answer is', 'Answer:', 'answer:', '\nA:'],
];
/** Characters; an answer that needs reasoning is short. */
const LONGEST_ANSWER = 80;

/** The mark that nearly all targets have, with something before it and a short answer after it; null without one. */
export function reasoningMark({ rows }: RawTable, { position }: ColumnProfile): string | null {
  const targets = rows
    .slice(0, SAMPLE)
    .map(({ cells }) => cellText(cells[position]))
    .filter((text) => text.trim() !== '');
  const isMarked = (mark: string) => (target: string) => {
    const answer = afterMark(target, mark);
    return answer.length < target.trim().length - mark.length && answer.length <= LONGEST_ANSWER;
  };
  return MARKS.find((mark) => targets.filter(isMarked(mark)).length >= targets.length * 0.9) ?? null;
}

/** The answer after the last of this mark: up to the closing brace where the mark opens one. */
export function afterMark(target: string, mark: string | null): string {
  const at = mark === null ? -1 : target.lastIndexOf(mark);
  if (at < 0 || mark === null) return target;
  const rest = target.slice(at + mark.length);
  if (mark.endsWith('{')) return rest.slice(0, closingBrace(rest)).trim();
  return rest
    .replace(/^[\s:]+/, '')
    .trim()
    .replace(/(?<=[\p{L}\p{N})])\.$/u, '');
}

/** Where the brace closes that was opened before this text; its end when it never does. */
function closingBrace(text: string): number {
  let depth = 1;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    else if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}
