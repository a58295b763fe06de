/**
 * Levenshtein similarity: 1 − distance / length of the longer text, where the distance is the least number of
 * characters to insert, delete or replace (Levenshtein 1966).
 */
import { trimAnswer } from '../normalize-text.ts';
import type { AnswerRule } from './answer-rule.ts';
import { answerText } from './answer-text.ts';

/** Characters of a text that are compared; the distance costs their product. */
const mostCharacters = 2000;

function distance(a: readonly string[], b: readonly string[]): number {
  const row = Uint32Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, character] of a.entries()) {
    let diagonal = row[0] ?? 0;
    row[0] = index + 1;
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j] ?? 0;
      const replaced = diagonal + (character === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above + 1, (row[j - 1] ?? 0) + 1);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}

export function levenshteinRule(ignoreCase: boolean): AnswerRule {
  const form = (text: string): string[] => {
    const trimmed = trimAnswer(text);
    return Array.from(ignoreCase ? trimmed.toLowerCase() : trimmed).slice(0, mostCharacters);
  };
  return {
    from: 'line',
    mayLead: false,
    read: answerText,
    grade(answer, target) {
      const [given, expected] = [form(answer), form(target)];
      const longer = Math.max(given.length, expected.length);
      return longer === 0 ? null : 1 - distance(given, expected) / longer;
    },
  };
}
