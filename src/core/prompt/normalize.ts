/** Texts reduced to what they say, to tell a new wording from an old one. */

const eachCharacterAWord = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** Lower case, NFKC, no punctuation, single spaces; "don't" becomes "dont". */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/gu, '')
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();
}

/** Words of the normalized text; scripts that write no spaces count character by character. */
function tokensOf(text: string): Set<string> {
  const spaced = normalizeText(text).replace(eachCharacterAWord, ' $& ');
  return new Set(spaced.split(/\s+/u).filter((token) => token !== ''));
}

/** Shared words over all words, in [0, 1]; 1 for two texts without words. */
export function tokenJaccard(a: string, b: string): number {
  const left = tokensOf(a);
  const right = tokensOf(b);
  const union = new Set([...left, ...right]).size;
  const shared = left.size + right.size - union;
  return union === 0 ? 1 : shared / union;
}
