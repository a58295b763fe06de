/** Letters of options within a line, as models write them. */
import { areJoined, isNegated, type Mention } from '../mention.ts';

export const bracketedPattern = /(?<![\p{L}\p{N}])[([{]\s*([A-Za-z])\s*[)\]}]/gu;
export const namedPattern = /\b(?:[Oo]ption|[Cc]hoice|[Ll]etter)\s+["']?([A-Z])\b(?!['’])/g;
export const praisedPattern =
  /(?<![\p{L}\p{N}'’])([A-Z])(?=\s+is\s+(?:the\s+)?(?:most\s+\p{L}+\s+)?(?:correct|right|best|answer)\b)/gu;

const begins = "(?<![\\p{L}\\p{N}'’-])";
const ends = "(?![\\p{L}\\p{N}'’]|-\\p{L})";
const joint =
  '\\s{0,3}(?:\\([^()\\n]{1,60}\\)\\s{0,3})?(?:,|/|&|\\bor\\b|\\band\\b)[\\s,]{0,3}(?:or\\s|and\\s)?\\s{0,3}';
/** At the start: "B", "B.", "b) text". "A" and "I" are words too: they need a sign or a turn of speech behind them. */
export const leadingPattern = new RegExp(
  `^["'\\s]*([A-Za-z])(?=["'\\s]*$|["']?[.):;](?:\\s|$)|["']?,(?:\\s|$)(?!\\s*(?:or\\s|and\\s)?[A-Z]${ends})|\\s+[-–—]\\s)`,
  'gu',
);
export const leadingWordPattern = /^["'\s]*([AI])(?=\s+(?:because|since|as)\b)/g;
/** Within a line: "A" and "I" only beside another letter, as in "A or B". */
export const alonePattern = new RegExp(
  `${begins}([B-HJ-Z]|[AI](?=${joint}[A-Z]${ends})|(?<=${begins}[A-Z]${joint})[AI](?!\\s+\\p{Ll}))${ends}`,
  'gu',
);
/** "most likely A", "either A or B" */
export const qualifiersPattern =
  /^(?:(?:most\s+)?(?:likely|probably|possibly|clearly|definitely|certainly|indeed|simply|actually|obviously|either|both)\s+(?:to\s+be\s+)?)+/i;

/** Behind a letter and what its option says: "(A) is incorrect". */
export const denialPattern =
  /^(?:\s*[("“][^()"”\n]{1,80}[)"”])?(?:(?!\b(?:because|since|as|while|but|and|or|which|that|where|when)\b)[^().;,\n]){0,40}?\s(?:is|are|was)\s+(?:(?:\w+ly|also)\s+)?(?:incorrect|wrong|false|impossible|not\s+(?:\w+ly\s+)?(?:a\s+|the\s+)?(?:correct|right|possible|valid|supported|consistent))\b/i;

/** "Options (B) and (C) are incorrect" denies both. */
function withDenials(line: string, mentions: readonly Mention[]): Mention[] {
  const seen: Mention[] = [];
  for (const mention of mentions.toReversed()) {
    const next = seen.at(-1);
    const denied =
      denialPattern.test(line.slice(mention.end, mention.end + 200)) ||
      (next?.negated === true && areJoined(line, mention, next));
    seen.push(denied ? { ...mention, negated: true } : mention);
  }
  return seen.reverse();
}

function mentionsOf(pattern: RegExp, line: string, isLetter: (letter: string) => boolean): Mention[] {
  const found = [...line.matchAll(pattern)].map((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    return { label: (match[1] ?? '').toUpperCase(), start, end, negated: isNegated(line, start) };
  });
  return withDenials(
    line,
    found.filter(({ label }) => isLetter(label)),
  );
}

/** The letters named in the clearest way there is in the line; a letter without any sign counts behind a mark only. */
export function letterMentions(
  line: string,
  marked: boolean,
  isLetter: (letter: string) => boolean,
): Mention[] {
  const within = [bracketedPattern, leadingPattern, namedPattern, praisedPattern];
  for (const pattern of marked ? [...within, leadingWordPattern, alonePattern] : within) {
    const mentions = mentionsOf(pattern, line, isLetter);
    if (mentions.length > 0) return mentions;
  }
  return [];
}
