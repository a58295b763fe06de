/**
 * A stand-in for a block, letter by letter of the same length, in which `Intl.Segmenter` finds the right sentence
 * ends: full stops that end nothing become letters, and protected spans become capital words. The segmenter's own
 * rules (UAX #29) know neither abbreviations nor markup.
 */
import { beforeNumber, choiceWords, neverFinal, openers, sometimesFinal } from './abbreviations.ts';
import { listMarkerOf } from './line-kinds.ts';
import { doubleBraces } from './placeholders.ts';

const inlineCode = /`[^`\r\n]+`/g;
const before = String.raw`(?<![\p{L}\p{N}.])`;

const silentStops: readonly RegExp[] = [
  new RegExp(String.raw`${before}(?:${neverFinal})\.`, 'gu'),
  new RegExp(String.raw`${before}(?:${beforeNumber})\.(?=[ \t]*\d)`, 'gu'),
  new RegExp(String.raw`${before}(?:${sometimesFinal})\.(?=\s+[^\p{Lu}\s])`, 'gu'),
  // J. K. Rowling, by J. Smith, John F. Kennedy; but "Option A. Then" and "the answer is A. Explain"
  new RegExp(
    String.raw`${before}\p{Lu}\.(?=\s?\p{Lu}\.)|` +
      String.raw`(?<=(?:^|\bby |\p{Lu}\. ?|\b(?!(?:${choiceWords}) )\p{Lu}\p{Ll}+ ))` +
      String.raw`\p{Lu}\.(?=\s+(?!(?:${openers})\b)\p{Lu})`,
    'gu',
  ),
];

/** "… x. 2. Do y": a step number within a line, known by the sentence end before it. */
const inlineMarker = /(?<=[.!?:;]["')\]]*[ \t])\d{1,2}[.)](?=[ \t]\p{L})/gu;
/** `**Important.** Next`: markup closes like a quote. */
const closingMarkup = /(?<=[.!?])[*_~]+/g;
/** Numbers open a sentence too; the segmenter would look past them for a capital. */
const openingNumber = /(?=\d)(?<=[^.][.]["')\]]*\s+)\d+/g; // the look ahead first: else quadratic in white space
const openingLetter = /(?=\p{Ll})(?<=[^.][.]["')\]]*\s+)\p{Ll}/gu;

const fill =
  (letter: string) =>
  (match: string): string =>
    letter.repeat(match.length);

const silenced = (match: string): string => match.replaceAll('.', 'x');

/** Same length as `block`; line ends are kept. */
export function maskBlock(block: string): string {
  const marker = listMarkerOf(block);
  let masked = fill('X')(marker) + block.slice(marker.length);
  masked = masked.replace(doubleBraces, fill('X')).replace(inlineCode, fill('X'));
  for (const pattern of silentStops) masked = masked.replace(pattern, silenced);
  masked = masked.replace(inlineMarker, fill('X')).replace(closingMarkup, fill(')'));
  masked = masked.replace(openingNumber, fill('X'));
  // Who writes no capitals at all still writes sentences.
  return /\p{Lu}/u.test(block) ? masked : masked.replace(openingLetter, fill('X'));
}
