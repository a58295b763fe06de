import { synonymsOf } from '../label-pairs.ts';
import { chooseMention, findMentions, type Mention } from '../mention.ts';
import { trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';

type Pair = readonly [string, string];

/** Words that can go on after an answer without a comma, as small models write: "no because it is not". */
export const goesOnPattern =
  /^\s+(?:because|since|as|is|was|it|it['’]s|they|he|she|we|you|i|the|this|that|there|these|those|not|but|and|or|for|due|given|if|when|although|however|so|an?|in|based|according|his|her|its|their|would)\b/iu;

/** "there is no way" denies the way, not the question. */
function isDeterminer(text: string, { start, end }: Mention): boolean {
  const after = text.slice(end);
  return text.slice(start, end) === 'no' && /^\s+\p{L}/u.test(after) && !goesOnPattern.test(after);
}

/** "The correct answer cannot be found" says nothing about what is correct. */
export const ofAnswerPattern = /^\s+(?:final\s+)?(?:answer|option|choice|response|solution)s?\b/i;
const isOfAnswer = (text: string, { end }: Mention): boolean => ofAnswerPattern.test(text.slice(end));

const isSaid = (text: string, mention: Mention): boolean =>
  !isDeterminer(text, mention) && !isOfAnswer(text, mention);

/** In a long sentence "true" and "correct" are about something else: "which is unlikely to be true". */
const isBrief = (line: string): boolean => line.split(/\s+/).length <= 6;

/** "not valid" says the other label. */
function meant({ label, negated }: Mention, [first, second]: Pair): string {
  if (!negated) return label;
  return label === first ? second : first;
}

function labelOf(word: string, pair: Pair): string {
  const isOwn = (label: string): boolean => label.toLowerCase() === word.toLowerCase();
  const meansIt = (label: string): boolean => synonymsOf(label).includes(word.toLowerCase());
  return pair.find(isOwn) ?? pair.find(meansIt) ?? word;
}

/** Two labels of opposite meaning. Other words for them count only where neither of them is said. */
export function yesNoRule(pair: Pair): AnswerRule {
  const synonyms = pair.flatMap(synonymsOf);
  const form = (text: string): string => trimAnswer(text).toLowerCase();
  const said = (line: string, words: readonly string[]): Mention[] =>
    findMentions(line, words)
      .filter((mention) => isSaid(line, mention))
      .map((mention) => ({ ...mention, label: labelOf(mention.label, pair) }));
  return {
    from: 'pick',
    mayLead: true,
    read(segment) {
      const line = answerLine(segment);
      const own = said(line, pair);
      const others = own.length === 0 && (segment.marked || isBrief(line)) ? said(line, synonyms) : [];
      const mention = chooseMention(line, own.length > 0 ? own : others, segment.marked);
      return mention && meant(mention, pair);
    },
    grade(answer, target) {
      if (!pair.some((label) => form(label) === form(target))) return null;
      return form(answer) === form(target) ? 1 : 0;
    },
  };
}
