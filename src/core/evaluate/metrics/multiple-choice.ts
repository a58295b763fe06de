import { chooseMention, findMentions } from '../mention.ts';
import { trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';
import { letterMentions, qualifiersPattern } from './option-letters.ts';

export interface Options {
  /** The letters an answer may be, upper case. */
  readonly isLetter: (letter: string) => boolean;
  /** Option text to letter. */
  readonly texts: ReadonlyMap<string, string>;
}

const lettered = /^\(?([A-Z])(?:[).:]\s*|\s*$)(.*)$/is;

export function parseOptions(choices: readonly string[]): Options {
  const parsed = choices.map((choice) => lettered.exec(choice.trim()));
  const letters = parsed.flatMap((match) => (match?.[1] === undefined ? [] : [match[1].toUpperCase()]));
  const isPlainText = letters.length === 0;
  const last = isPlainText ? String.fromCharCode(64 + choices.length) : (letters.sort().at(-1) ?? 'Z');
  const texts = choices.map((choice, index): [string, string] => {
    const match = parsed[index];
    if (isPlainText) return [choice, String.fromCharCode(65 + index)];
    return [match?.[2]?.trim() ?? '', match?.[1]?.toUpperCase() ?? ''];
  });
  return {
    isLetter: (letter) => /^[A-Z]$/.test(letter) && (choices.length === 0 || letter <= last),
    texts: new Map(texts.filter(([text, letter]) => text !== '' && letter !== '')),
  };
}

/** The letter of the only option whose text is said. */
function letterByText(line: string, { texts }: Options): string | null {
  const said = new Set(findMentions(line, [...texts.keys()]).map(({ label }) => texts.get(label)));
  const [only] = said;
  return said.size === 1 && only !== undefined ? only : null;
}

function readLetter(line: string, marked: boolean, options: Options): string | null {
  const mentions = letterMentions(line, marked, options.isLetter);
  if (mentions.length === 0) return letterByText(line, options);
  return (
    chooseMention(
      line,
      mentions.filter(({ negated }) => !negated),
      marked,
    )?.label ?? null
  );
}

/** The letter a target stands for: "(B)", "B", "B) Paris" or the text of an option. */
export function letterOfTarget(target: string, options: Options): string | null {
  const trimmed = trimAnswer(target);
  const bare =
    /^\(?([A-Za-z])\)?$/.exec(trimmed)?.[1] ??
    /^(?:\(([a-z])\)|\(?([A-Z])[).:])\s/.exec(trimmed)?.slice(1).find(Boolean);
  return bare?.toUpperCase() ?? options.texts.get(target) ?? null;
}

/** One letter out of several. Prose never counts as the letter "A". */
export function multipleChoiceRule(choices: readonly string[]): AnswerRule {
  const options = parseOptions(choices);
  return {
    from: 'pick',
    mayLead: true,
    read(segment) {
      const letter = readLetter(answerLine(segment).replace(qualifiersPattern, ''), segment.marked, options);
      return letter === null ? null : `(${letter})`;
    },
    grade(answer, target) {
      const expected = letterOfTarget(target, options);
      return expected === null ? null : Number(answer === `(${expected})`);
    },
  };
}
