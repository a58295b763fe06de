import { synonymsOf } from '../label-pairs.ts';
import { chooseMention, findMentions, type Mention } from '../mention.ts';
import { trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';

type Pair = readonly [string, string];

/** "there is no way" denies the way, not the question. */
function isDeterminer(text: string, { start, end }: Mention): boolean {
  return text.slice(start, end) === 'no' && /^\s+\p{L}/u.test(text.slice(end));
}

/** "not valid" says the other label. */
function meant({ label, negated }: Mention, [first, second]: Pair): string {
  if (!negated) return label;
  return label === first ? second : first;
}

function readWith(line: string, marked: boolean, pair: Pair, words: readonly string[]): Mention | null {
  const mentions = findMentions(line, words)
    .filter((mention) => !isDeterminer(line, mention))
    .map((mention) => ({ ...mention, label: labelOf(mention.label, pair) }));
  return chooseMention(line, mentions, marked);
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
  return {
    from: 'pick',
    mayLead: true,
    read(segment) {
      const line = answerLine(segment);
      const own = findMentions(line, pair).some((mention) => !isDeterminer(line, mention));
      const mention = readWith(line, segment.marked, pair, own ? pair : synonyms);
      return mention && meant(mention, pair);
    },
    grade(answer, target) {
      if (!pair.some((label) => form(label) === form(target))) return null;
      return form(answer) === form(target) ? 1 : 0;
    },
  };
}
