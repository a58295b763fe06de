import { chooseMention, findMentions, isNegated, type Mention } from '../mention.ts';
import { trimAnswer } from '../normalize-text.ts';
import { answerLine, type AnswerRule } from './answer-rule.ts';

interface Options {
  /** The letters an answer may be, upper case. */
  readonly isLetter: (letter: string) => boolean;
  /** Option text to letter. */
  readonly texts: ReadonlyMap<string, string>;
}

const lettered = /^\(?([A-Z])(?:[).:]\s*|\s*$)(.*)$/is;

function parseOptions(choices: readonly string[]): Options {
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

function mentionsOf(pattern: RegExp, line: string, { isLetter }: Options): Mention[] {
  return [...line.matchAll(pattern)].flatMap((match) => {
    const label = (match[1] ?? '').toUpperCase();
    const end = match.index + match[0].length;
    return isLetter(label) ? [{ label, start: match.index, end, negated: isNegated(line, match.index) }] : [];
  });
}

const inBrackets = /(?<![\p{L}\p{N}])[([{]\s*([A-Za-z])\s*[)\]}]/gu;
const named = /\b(?:option|choice|letter)\s+["']?([A-Z])\b(?!['’])/g;
/** At the start: "B", "B.", "b) text". "A" and "I" are words too: they need a sign or a turn of speech behind them. */
const leading = /^["'\s]*([A-Za-z])(?=["'\s]*$|["']?[.):,;](?:\s|$)|\s+[-–—]\s)/g;
const leadingCapital = /^["'\s]*(?:([B-HJ-Z])(?=\s)|([AI])(?=\s+(?:because|since|as|or|and)\b))/g;
const alone = /(?<![\p{L}\p{N}'’])([B-HJ-Z])(?![\p{L}\p{N}'’])/gu;

function capitalMentions(line: string, options: Options): Mention[] {
  const joined = line.replace(leadingCapital, (text) => `${text})`);
  return joined === line ? [] : mentionsOf(/^["'\s]*([A-Z])\)/g, joined, options);
}

function letterMentions(line: string, marked: boolean, options: Options): Mention[] {
  const ways = [
    () => mentionsOf(inBrackets, line, options),
    () => mentionsOf(leading, line, options),
    () => mentionsOf(named, line, options),
    () => (marked ? capitalMentions(line, options) : []),
    () => (marked ? mentionsOf(alone, line, options) : []),
  ];
  for (const way of ways) {
    const mentions = way();
    if (mentions.length > 0) return mentions;
  }
  return [];
}

/** The letter of the only option whose text is said. */
function letterByText(line: string, { texts }: Options): string | null {
  const said = new Set(findMentions(line, [...texts.keys()]).map(({ label }) => texts.get(label)));
  const [only] = said;
  return said.size === 1 && only !== undefined ? only : null;
}

function readLetter(line: string, marked: boolean, options: Options): string | null {
  const mentions = letterMentions(line, marked, options);
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
function letterOfTarget(target: string, options: Options): string | null {
  const trimmed = trimAnswer(target);
  const bare = /^\(?([A-Za-z])\)?$/.exec(trimmed)?.[1] ?? /^\(?([A-Z])[).:]\s/.exec(trimmed)?.[1];
  return bare?.toUpperCase() ?? options.texts.get(target) ?? null;
}

/** One letter out of several. Prose never counts as the letter "A". */
export function multipleChoiceRule(choices: readonly string[]): AnswerRule {
  const options = parseOptions(choices);
  return {
    from: 'pick',
    mayLead: true,
    read(segment) {
      const letter = readLetter(answerLine(segment), segment.marked, options);
      return letter === null ? null : `(${letter})`;
    },
    grade(answer, target) {
      const expected = letterOfTarget(target, options);
      return expected === null ? null : Number(answer === `(${expected})`);
    },
  };
}
