import { normalizeSpaces } from '../normalize-text.ts';
import type { AnswerRule } from './answer-rule.ts';
import { answerText } from './answer-text.ts';

/** The answer opens with the target; the word it ends in must end there too: "no" does not open "nothing". */
export function startsWithRule(ignoreCase: boolean): AnswerRule {
  const form = (text: string): string =>
    ignoreCase ? normalizeSpaces(text).toLowerCase() : normalizeSpaces(text);
  return {
    from: 'line',
    mayLead: false,
    read: answerText,
    grade(answer, target) {
      const [given, expected] = [form(answer), form(target)];
      const isCut = /[\p{L}\p{N}]$/u.test(expected) && /^[\p{L}\p{N}]/u.test(given.slice(expected.length));
      return given.startsWith(expected) && !isCut ? 1 : 0;
    },
  };
}
