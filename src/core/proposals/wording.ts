/**
 * What two wordings have in common: words are letters and digits without case, in any script. For proposals only;
 * answers are compared with their targets in `evaluate/normalize-text.ts`, where signs count.
 */

/** Scripts that are written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** A locale by name: with the machine's own, the same run could be another one elsewhere. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a text in order, lower case, without punctuation. */
export function words(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase();
  if (!unspaced.test(lower)) return lower.match(/[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*/gu) ?? [];
  return [...segmenter.segment(lower)].filter((part) => part.isWordLike).map((part) => part.segment);
}

/** Equal for texts that differ in case, punctuation and white space only. */
export function normalized(text: string): string {
  return words(text).join(' ');
}

/** Whether a text holds a phrase as whole words. False for a phrase without words. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const sought = normalized(phrase);
  return sought !== '' && ` ${normalized(text)} `.includes(` ${sought} `);
}

/** All runs of `size` successive items. */
export function windows(items: readonly string[], size: number): string[] {
  const count = Math.max(0, items.length - size + 1);
  return Array.from({ length: count }, (_, start) => items.slice(start, start + size).join(' '));
}

/** Share of the distinct items of two lists that both have; 1 when both are empty. */
export function jaccard(left: readonly string[], right: readonly string[]): number {
  const a = new Set(left);
  const b = new Set(right);
  const union = new Set([...a, ...b]).size;
  return union === 0 ? 1 : (a.size + b.size - union) / union;
}
