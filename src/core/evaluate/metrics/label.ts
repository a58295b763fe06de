import { chooseMention, findMentions, type Mention } from '../mention.ts';
import { firstSentence, trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';
import { exactRule } from './exact.ts';

const same = (a: string, b: string): boolean => trimAnswer(a).toLowerCase() === trimAnswer(b).toLowerCase();

/** Without knowing the others: the line says this label, and offers none beside it. */
function says(line: string, target: string): boolean {
  const mentions = findMentions(line, [trimAnswer(target)]);
  const isAlternative = ({ start, end }: Mention): boolean =>
    /\b(?:or|nor|and|than)\s+(?:\p{L}+\s+)?["']?$/iu.test(line.slice(0, start)) ||
    /^["']?\s*(?:or|nor|and)\b/i.test(line.slice(end));
  return mentions.length > 0 && !mentions.some((mention) => mention.negated || isAlternative(mention));
}

/** Where the labels are not known, the line is read, and a label counts as said within it. */
const openLabelRule: AnswerRule = {
  ...exactRule(true),
  grade: (answer, target) => Number(same(answer, target) || says(firstSentence(answer), target)),
};

/** One of the task's labels. */
export function labelRule(choices: readonly string[]): AnswerRule {
  const labels = choices.filter((choice) => choice.trim() !== '');
  if (labels.length === 0) return openLabelRule;
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
