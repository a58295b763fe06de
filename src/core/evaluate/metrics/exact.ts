import { trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';

/** A line may go on after the answer: "Paris. It is the capital of France." */
function firstSentence(text: string): string {
  return trimAnswer(text.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0] ?? '');
}

/** The same text, apart from surrounding quotes, emphasis, a full stop and the amount of white space. */
export function exactRule(ignoreCase: boolean): AnswerRule {
  const form = (text: string): string => (ignoreCase ? trimAnswer(text).toLowerCase() : trimAnswer(text));
  return {
    from: 'line',
    mayLead: false,
    read: (segment) => trimAnswer(answerLine(segment)) || null,
    grade(answer, target) {
      const expected = form(target);
      return form(answer) === expected || form(firstSentence(answer)) === expected ? 1 : 0;
    },
  };
}
