import { isNumberDenied } from '../mention.ts';
import { findNumberWords, type FoundNumber } from '../number-words.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';

/** A minus is a sign only where no operand stands before it: "10-4" and "10 - 4" hold 4. */
const sign = '(?<![\\p{L}\\p{N})\\].])(?<![\\p{N})\\]]\\s)[-−](?=[$€£¥]?\\.?\\d)';
const digits =
  '(?<![\\p{L}\\p{N}.])(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)?(?:\\.\\d+|(?<=\\d))(?:e[+-]?\\d+\\b)?';
/** "3/4", "1 1/2"; a date has more strokes. */
const fraction = '(?<![\\p{L}\\p{N}./])(?:\\d{1,6}\\s)?\\d{1,6}\\s?/\\s?\\d{1,6}(?![\\d/]|\\.\\d)';
export const numeralPattern = new RegExp(`(?:${sign}[$€£¥]?)?(?:${fraction}|${digits})`, 'giu');

/** `1{,}234` and `1\,234` are how LaTeX writes 1,234. */
const withoutLatexSpacing = (text: string): string => text.replace(/\{,\}|\\,/g, ',').replace(/\\\$/g, '$');

const inDigits = (found: string): string =>
  found
    .replace(/[,$€£¥]|\s(?!\d+\/)|(?<=\/)\s/g, '')
    .replaceAll('−', '-')
    .replace(/^--/, '-');

function findNumerals(text: string): FoundNumber[] {
  return [...text.matchAll(numeralPattern)].map(({ index, 0: found }) => ({
    value: inDigits(found),
    start: index,
    end: index + found.length,
  }));
}

/** "42 (not 43)", "neither 43 nor 44": what is denied is no answer, nor what is joined to it. */
function withoutDenied(text: string, found: readonly FoundNumber[]): FoundNumber[] {
  let isDeniedBefore = false;
  return found.filter(({ start }, index) => {
    const between = text.slice(found[index - 1]?.end ?? 0, start);
    isDeniedBefore =
      isNumberDenied(text, start) || (isDeniedBefore && /^[,\s]*n?or\s+[$€£¥]?$/i.test(between));
    return !isDeniedBefore;
  });
}

/** Numbers in words count only where there are none in digits. */
function findNumbers(text: string): string[] {
  const numerals = findNumerals(text);
  const found = numerals.length > 0 ? numerals : findNumberWords(text);
  return withoutDenied(text, found).map(({ value }) => value);
}

/** "3 + 4 = 7", "x = 7", but not "7 (since 3 + 4 = 7)". */
const isEquation = (text: string): boolean =>
  /^[\s\d.,+\-−*/×÷·^()[\]$%]*=/.test(text) || /^\s*[a-z]\w?\s*=/i.test(text);

function rightOfLastEquals(text: string): string {
  return text.slice(text.lastIndexOf('=') + 1);
}

function readMarked(line: string): string | null {
  const text = isEquation(line) ? rightOfLastEquals(line) : line;
  const sentence = text.split(/[.!?;]\s/)[0] ?? text;
  return findNumbers(sentence)[0] ?? findNumbers(text)[0] ?? null;
}

function readUnmarked(line: string): string | null {
  const result = line.includes('=') ? findNumbers(rightOfLastEquals(line))[0] : undefined;
  return result ?? findNumbers(line).at(-1) ?? null;
}

/** NaN for a text that is no number. */
export function valueOf(text: string): number {
  const parts = /^(-?)(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)$/.exec(text.trim().replaceAll('−', '-'));
  if (parts)
    return Number(`${parts[1] ?? ''}1`) * (Number(parts[2] ?? 0) + Number(parts[3]) / Number(parts[4]));
  const compact = text.replace(/[,\s$€£¥%]/g, '').replaceAll('−', '-');
  return compact === '' ? Number.NaN : Number(compact);
}

/** "9/10" is also nine out of ten, when a whole number is asked for. */
function valuesOf(answer: string, expected: number): number[] {
  const points = Number.isInteger(expected) ? /^(\d+)\/(?:5|10|100)$/.exec(answer)?.[1] : undefined;
  return points === undefined ? [valueOf(answer)] : [valueOf(answer), Number(points)];
}

/** A number; currency signs, thousands separators, units and number words are understood. */
export function numberRule(tolerance: number): AnswerRule {
  return {
    from: 'pick',
    mayLead: false,
    read(segment) {
      const line = withoutLatexSpacing(answerLine(segment));
      return segment.marked ? readMarked(line) : readUnmarked(line);
    },
    grade(answer, target) {
      const expected = valueOf(target);
      if (!Number.isFinite(expected)) return null;
      const slack = tolerance > 0 ? 1e-9 * Math.max(1, Math.abs(expected)) : 0; // 3.2 is 0.1 away from 3.1
      return valuesOf(answer, expected).some((value) => Math.abs(value - expected) <= tolerance + slack)
        ? 1
        : 0;
    },
  };
}
