import { firstSentence, trimAnswer } from '../normalize-text.ts';
import { plainLine, type AnswerRule } from './answer-rule.ts';

/** The same text, apart from surrounding quotes, emphasis, a full stop and the amount of white space. */
export function exactRule(ignoreCase: boolean): AnswerRule {
  const form = (text: string): string => (ignoreCase ? trimAnswer(text).toLowerCase() : trimAnswer(text));
  return {
    from: 'line',
    mayLead: false,
    read: (segment) => trimAnswer(plainLine(segment)) || null,
    grade(answer, target) {
      const expected = form(target);
      return form(answer) === expected || form(firstSentence(answer)) === expected ? 1 : 0;
    },
  };
}
