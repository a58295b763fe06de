/** How answers and targets are written alike before they are compared. Case and signs are left: they may be the answer. */

/** Unicode NFKC, one kind of quote, single spaces. */
export function normalizeSpaces(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

const wrappers: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['**', '**'],
  ['$', '$'],
];

function withoutWrapper(text: string): string {
  for (const [open, close] of wrappers) {
    const isWrapped = text.startsWith(open) && text.endsWith(close);
    const inner = text.slice(open.length, -close.length);
    if (isWrapped && inner !== '' && !inner.includes(close)) return inner.trim();
  }
  return text;
}

/** Without what models put around an answer: quotes, emphasis, a full stop. Inner text is kept. */
export function trimAnswer(text: string): string {
  let trimmed = normalizeSpaces(text);
  for (let rounds = 0; rounds < 3; rounds += 1) {
    trimmed = withoutWrapper(trimmed).replace(/(?<![.\s])\s*\.$/, '');
  }
  return trimmed;
}

/** A line may go on after the answer: "Paris. It is the capital of France." */
export function firstSentence(text: string): string {
  return trimAnswer(text.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0] ?? '');
}

/** For use inside a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
