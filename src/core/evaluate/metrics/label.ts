import { chooseMention, findMentions } from '../mention.ts';
import { trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';
import { exactRule } from './exact.ts';

const same = (a: string, b: string): boolean => trimAnswer(a).toLowerCase() === trimAnswer(b).toLowerCase();

/** One of the task's labels; without labels, the line itself. */
export function labelRule(choices: readonly string[]): AnswerRule {
  const labels = choices.filter((choice) => choice.trim() !== '');
  if (labels.length === 0) return exactRule(true);
  return {
    from: 'pick',
    mayLead: true,
    read(segment) {
      const line = answerLine(segment);
      const mentions = findMentions(line, labels).filter(({ negated }) => !negated);
      const whole = labels.find((label) => same(label, line));
      return whole ?? chooseMention(line, mentions, segment.marked)?.label ?? null;
    },
    grade: (answer, target) => (same(answer, target) ? 1 : 0),
  };
}
