/**
 * A prompt as sentences (S = {s1 … sn} of the paper), without a model: the split is deterministic and loses nothing,
 * `joinPrompt(splitPrompt(text)) === text` for every string.
 */
import type { Sentence } from '../types.ts';
import { blocksOf, type Block } from './blocks.ts';
import { isOptimizable } from './optimizable.ts';
import { sentencesOf } from './segment.ts';

interface Piece {
  kind: Sentence['kind'];
  content: string;
  suffix: string;
}

function rawPieces(block: Block): Piece[] {
  if (block.kind !== 'prose') return [{ kind: block.kind, content: block.text, suffix: '' }];
  return sentencesOf(block.text).map((content) => ({ kind: 'sentence', content, suffix: '' }));
}

/** White space belongs to the piece before it; at the very start it is a piece of its own. */
function giveSpace(pieces: Piece[], space: string): void {
  if (space === '') return;
  const last = pieces.at(-1);
  if (last === undefined) pieces.push({ kind: 'blank', content: space, suffix: '' });
  else if (last.kind === 'blank') last.content += space;
  else last.suffix += space;
}

function addPiece(pieces: Piece[], { kind, content }: Piece): void {
  const body = content.trim();
  const indent = content.length - content.trimStart().length;
  giveSpace(pieces, content.slice(0, indent));
  if (body === '') return;
  pieces.push({ kind, content: body, suffix: '' });
  giveSpace(pieces, content.slice(indent + body.length));
}

/** Pieces in order, with ids s1, s2, … by position: the same text always gets the same ids. */
export function splitPrompt(text: string): Sentence[] {
  const pieces: Piece[] = [];
  for (const block of blocksOf(text)) for (const piece of rawPieces(block)) addPiece(pieces, piece);
  return pieces.map(({ kind, content, suffix }, index) => ({
    id: `s${index + 1}`,
    kind,
    content,
    suffix,
    optimizable: isOptimizable(kind, content),
  }));
}

export function joinPrompt(sentences: readonly Pick<Sentence, 'content' | 'suffix'>[]): string {
  return sentences.map(({ content, suffix }) => content + suffix).join('');
}

/** An id that no piece has: one above the highest in use. */
export function nextSentenceId(sentences: readonly Pick<Sentence, 'id'>[]): string {
  const numbers = sentences.map(({ id }) => Number(/^s(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return `s${Math.max(0, ...numbers) + 1}`;
}
