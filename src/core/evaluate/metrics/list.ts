import type { Segment } from '../answer-segment.ts';
import { normalizeSpaces, trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';

const bullet = /^(?:[-*•]|\d{1,3}[.)])\s+/;

/** Bulleted or numbered lines belong together: those from the mark on, or the last ones of the reply. */
function bulletBlock({ lines, marked }: Segment): string[] {
  const isBullet = (line: string): boolean => bullet.test(line);
  if (marked) {
    const end = lines.findIndex((line) => !isBullet(line));
    return lines.slice(0, end < 0 ? undefined : end);
  }
  return lines.slice(lines.findLastIndex((line) => !isBullet(line)) + 1);
}

/** "Sorted list: a, b, c" → "a, b, c". */
const withoutLead = (line: string): string => line.replace(/^[^:]*:\s+(?=\S)/, '');

/** Sentences are an explanation, not a list. */
const isProse = (line: string): boolean =>
  /[\p{L}\p{N})\]"'][.!?]\s+\p{L}/u.test(line) || /:\s/.test(withoutLead(line));

function readItems(segment: Segment): string | null {
  const bullets = bulletBlock(segment);
  if (bullets.length > 1) return bullets.map((line) => trimAnswer(line.replace(bullet, ''))).join(', ');
  const line = answerLine(segment);
  if (segment.marked) return trimAnswer(line) || null;
  return isProse(line) ? null : trimAnswer(withoutLead(line)) || null;
}

const brackets = /[()[\]{}<>]/g;

/** Nothing but brackets, separators and a word or so around them; reasoning about brackets is no answer. */
function readBrackets(segment: Segment): string | null {
  const line = normalizeSpaces(answerLine(segment));
  const part = segment.marked ? line : withoutLead(line);
  const rest = part.replace(brackets, '').replace(/[\s,.;'"`]/g, '');
  return rest === '' && part.match(brackets) ? part.replace(/[^()[\]{}<>\s]/g, '').trim() : null;
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

const sameSequence = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

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
      if (ordered) return sameSequence(given, expected) ? 1 : 0;
      return overlap(given, expected);
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
