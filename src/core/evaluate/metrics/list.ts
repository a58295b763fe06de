import type { Segment } from '../answer-segment.ts';
import { firstSentence, normalizeSpaces, trimAnswer } from '../normalize-text.ts';
import { answerLine, withoutFrame, type AnswerRule } from './answer-rule.ts';

const bullet = /^(?:[-*•]|\d{1,3}[.)])\s+/;

const isBullet = (line: string): boolean => bullet.test(line);

/** "Sorted list: a, b, c" → "a, b, c". What has a number before its colon is a step on the way. */
const withoutLead = (line: string): string => line.replace(/^[^:\n]*[^:\d\s]\s*:\s+(?=\S)/, '');

/** Sentences are an explanation, not a list. */
const isProse = (line: string): boolean =>
  /[\p{L}\p{N})\]"'][.!?]\s+\p{L}/u.test(line) || /:\s/.test(withoutLead(line));

const isSentence = (line: string): boolean => isProse(line) || /[.!?:]$/.test(line);

/** Bulleted or numbered lines belong together: those from the mark on, or the last ones before some closing words. */
function bulletBlock({ lines, marked }: Segment): readonly string[] {
  if (marked) {
    const end = lines.findIndex((line) => !isBullet(line));
    return lines.slice(0, end < 0 ? undefined : end);
  }
  const last = lines.findLastIndex(isBullet);
  const before = lines.slice(0, last + 1);
  return lines.slice(last + 1).every(isSentence)
    ? before.slice(before.findLastIndex((line) => !isBullet(line)) + 1)
    : [];
}

/** Without a mark the list is what a reply ends with, or what it opens with before it is explained. */
function unmarkedItems({ lines }: Segment): string | null {
  const last = lines.at(-1) ?? '';
  if (!isProse(last)) return trimAnswer(withoutLead(withoutFrame(last))) || null;
  const first = lines[0] ?? '';
  return lines.length > 1 && !isSentence(first) ? trimAnswer(first) || null : null;
}

function readItems(segment: Segment): string | null {
  const bullets = bulletBlock(segment);
  if (bullets.length > 1) return bullets.map((line) => trimAnswer(line.replace(bullet, ''))).join(', ');
  return segment.marked ? trimAnswer(answerLine(segment)) || null : unmarkedItems(segment);
}

const brackets = /[()[\]{}<>]/g;

/** The brackets of a text in which nothing else stands but separators. */
const onlyBrackets = (text: string): string | null =>
  /^[()[\]{}<>\s,.;'"`]+$/.test(text) ? text.replace(/[^()[\]{}<>\s]/g, '').trim() || null : null;

/** Behind a mark the brackets come first: "] ) because …". */
const leadingBrackets = /^["'`\s]*([()[\]{}<>](?:[\s,]*[()[\]{}<>])*)/;

/** Nothing but brackets and separators; reasoning about brackets is no answer. */
function readBrackets({ lines, marked }: Segment): string | null {
  const [first = '', last = ''] = [lines[0], lines.at(-1)].map((line) => normalizeSpaces(line ?? ''));
  if (!marked) return onlyBrackets(withoutLead(withoutFrame(last))) ?? onlyBrackets(first);
  return onlyBrackets(first) ?? onlyBrackets(leadingBrackets.exec(first)?.[1] ?? '');
}

const separated = /\s*[,;\n|<>]\s*|\s*(?:->|→)\s*/;

function tokensOf(text: string, separator: RegExp): string[] {
  const flat = normalizeSpaces(text.replace(/\n/g, ', ')).replace(/^[[({](.*)[\])}]\.?$/, '$1');
  return flat
    .replace(/,\s*and\s+(?=[^,\s])/gi, ', ')
    .split(separator)
    .map((token) => trimAnswer(token).toLowerCase())
    .filter((token) => token !== '');
}

/** Items are what the target separates: by commas and the like, or else by spaces. */
function itemsOf(answer: string, target: string): { given: string[]; expected: string[] } {
  const separator = separated.test(target.trim()) ? separated : new RegExp(`${separated.source}|\\s+`);
  return { given: tokensOf(answer, separator), expected: tokensOf(target, separator) };
}

const sameSequence = (a: readonly string[], b: readonly string[]): number =>
  Number(a.length === b.length && a.every((item, index) => item === b[index]));

/** F1 of two sets: the harmonic mean of precision and recall. */
function overlap(given: readonly string[], expected: readonly string[]): number {
  const [a, b] = [new Set(given), new Set(expected)];
  const shared = [...a].filter((item) => b.has(item)).length;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

/** A list in order is right or wrong; of a set, part may be right. */
export function listRule(ordered: boolean): AnswerRule {
  return {
    from: 'line',
    mayLead: false,
    read: readItems,
    grade(answer, target) {
      const { given, expected } = itemsOf(answer, target);
      if (expected.length === 0) return null;
      const compare = ordered ? sameSequence : overlap;
      return Math.max(
        compare(given, expected),
        compare(itemsOf(firstSentence(answer), target).given, expected),
      );
    },
  };
}

/** A sequence of brackets; everything between them is ignored. */
export function bracketsRule(): AnswerRule {
  const form = (text: string): string => text.match(brackets)?.join('') ?? '';
  return {
    from: 'line',
    mayLead: false,
    read: readBrackets,
    grade(answer, target) {
      if (form(target) === '') return null;
      return form(answer) === form(target) ? 1 : 0;
    },
  };
}
