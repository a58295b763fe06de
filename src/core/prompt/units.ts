/**
 * Prompts in pieces smaller than sentences: phrases end at the punctuation of a clause, words are those of
 * `Intl.Segmenter`. Nothing is lost, and what the sentence splitter protects (placeholders, code, markup, list markers)
 * is never cut through: `joinPrompt(splitInto(text, unit)) === text` for every string.
 */
import type { Sentence } from '../types.ts';
import { maskBlock } from './mask.ts';
import { isOptimizable } from './optimizable.ts';
import { splitPrompt } from './split.ts';

export type Unit = 'word' | 'phrase' | 'sentence';

/** Not within "1,000" or "10:30": white space must follow. The full-width ones need none. */
const clauseEnd = /[,;:–—](?:["'”’)\]]*)\s+|[，；：、]\s*/gu;
const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Where pieces begin, without the first; ascending. */
function phraseStarts(masked: string): number[] {
  return [...masked.matchAll(clauseEnd)].map((match) => match.index + match[0].length);
}

function wordStarts(masked: string): number[] {
  const words = [...wordSegmenter.segment(masked)].filter(({ isWordLike }) => isWordLike === true);
  return words.slice(1).map(({ index }) => index); // what is before the first word belongs to it
}

/** Content without the space around it; of a word also without its punctuation, which stays when it is rewritten. */
const contentOf: Readonly<Record<Exclude<Unit, 'sentence'>, RegExp>> = {
  phrase: /^[\s\S]*\S/u,
  word: /^[\s\S]*[\p{L}\p{M}\p{N}_}`]/u,
};

function piecesOf(sentence: Sentence, unit: Exclude<Unit, 'sentence'>): Omit<Sentence, 'id'>[] {
  const { kind, content: text, suffix } = sentence;
  const masked = maskBlock(text);
  const starts = unit === 'phrase' ? phraseStarts(masked) : wordStarts(masked);
  const cuts = [0, ...starts.filter((start) => start > 0 && start < text.length), text.length];
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? text.length;
    const piece = text.slice(start, end);
    const content = contentOf[unit].exec(piece)?.[0] ?? piece;
    const isProtected = unit === 'word' && masked.slice(start, start + content.length) !== content;
    return {
      kind,
      content,
      suffix: piece.slice(content.length) + (end === text.length ? suffix : ''),
      optimizable: !isProtected && isOptimizable(kind, content),
    };
  });
}

/** Pieces in order, with ids s1, s2, … by position. Headings, code and what is not optimizable stay whole. */
export function splitInto(text: string, unit: Unit): Sentence[] {
  const sentences = splitPrompt(text);
  if (unit === 'sentence') return sentences;
  return sentences
    .flatMap((sentence) => (sentence.optimizable ? piecesOf(sentence, unit) : [sentence]))
    .map((piece, index) => ({ ...piece, id: `s${index + 1}` }));
}
