/** What was proposed for each sentence of the incumbent, so that it is not asked for again. */
import type { TriedRewrite } from '../proposals/rewrite-meta-prompt.ts';

/** One entry per wording: spelling that a model varies from reply to reply, such as “don’t” and "dont", is no other. */
function entryOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/gu, '')
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();
}

export class TriedRewrites {
  readonly #bySentence = new Map<string, readonly TriedRewrite[]>();

  of(sentenceId: string): readonly TriedRewrite[] {
    return this.#bySentence.get(sentenceId) ?? [];
  }

  /** Notes a rewrite as tried; `solved` is filled in once it was scored. */
  note(sentenceId: string, text: string, solved: number | null = null): void {
    const others = this.of(sentenceId).filter((tried) => entryOf(tried.text) !== entryOf(text));
    this.#bySentence.set(sentenceId, [...others, { text, solved }]);
  }

  clear(): void {
    this.#bySentence.clear();
  }
}
