/** English number words to a number: "minus one hundred and twenty-one" is -121. */
const small = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
export const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

export const wordValues: ReadonlyMap<string, number> = new Map<string, number>([
  ...small.map((word, index) => [word, index] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
]);

const numberWord = [...wordValues.keys(), 'hundred', ...Object.keys(scales)].join('|');
export const digitWords: readonly string[] = small.slice(0, 10);
const digit = digitWords.join('|');
const phrase = new RegExp(
  `\\b(?:(?:minus|negative)\\s+)?(?:${numberWord})(?:(?:[\\s-]+and)?[\\s-]+(?:${numberWord}))*(?:\\s+point((?:\\s+(?:${digit}))+))?\\b`,
  'gi',
);

function valueOf(words: readonly string[]): number {
  let total = 0;
  let group = 0;
  for (const word of words) {
    const scale = scales[word];
    if (scale !== undefined) {
      total += Math.max(group, 1) * scale;
      group = 0;
    } else if (word === 'hundred') group = Math.max(group, 1) * 100;
    else group += wordValues.get(word) ?? 0;
  }
  return total + group;
}

/** "point seven five" → ".75" */
const decimalsOf = (words: string | undefined): string =>
  words === undefined
    ? ''
    : `.${words
        .trim()
        .toLowerCase()
        .split(/\s+/)
        .map((word) => wordValues.get(word) ?? '')
        .join('')}`;

function inDigits(found: string, decimals: string | undefined): string {
  const words =
    found
      .toLowerCase()
      .split(/\bpoint\b/)[0]
      ?.trim()
      .split(/[\s-]+/) ?? [];
  const isNegative = words[0] === 'minus' || words[0] === 'negative';
  return `${isNegative ? '-' : ''}${String(valueOf(words))}${decimalsOf(decimals)}`;
}

/** A number within a text. */
export interface FoundNumber {
  /** In digits. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** All numbers written in words, in order. */
export function findNumberWords(text: string): FoundNumber[] {
  return [...text.matchAll(phrase)].map(({ index, 0: found, 1: decimals }) => ({
    value: inDigits(found, decimals),
    start: index,
    end: index + found.length,
  }));
}
