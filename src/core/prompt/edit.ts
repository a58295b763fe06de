/**
 * Edits of a prompt by its pieces. All are pure, keep the ids of what they do not touch, and leave the prompt as it
 * is when the piece they name is gone: the person may press a button while the run moves on.
 */
import type { Sentence } from '../types.ts';
import { listMarkerOf } from './line-kinds.ts';
import { isOptimizable } from './optimizable.ts';
import { spaceAround, spaceBetween, spaceInPlace } from './spacing.ts';
import { nextSentenceId, splitPrompt } from './split.ts';

type Sentences = readonly Sentence[];

function change(sentences: Sentences, id: string, edit: (piece: Sentence) => Sentence): readonly Sentence[] {
  return sentences.map((piece) => (piece.id === id ? edit(piece) : piece));
}

/** New content in the old place: id, kind, lock and the space behind stay. Nothing but white space removes it. */
export function replaceSentence(sentences: Sentences, id: string, content: string): readonly Sentence[] {
  const trimmed = content.trim();
  if (trimmed === '') return removeSentence(sentences, id);
  return change(sentences, id, (piece) => ({ ...piece, content: trimmed }));
}

/** A locked piece is not optimized; unlocking gives back what its kind and content allow. */
export function lockSentence(sentences: Sentences, id: string, isLocked: boolean): readonly Sentence[] {
  return change(sentences, id, ({ id: own, kind, content, suffix }) =>
    isLocked
      ? { id: own, kind, content, suffix, optimizable: false, locked: true }
      : { id: own, kind, content, suffix, optimizable: isOptimizable(kind, content) },
  );
}

function place(sentences: Sentences, piece: Sentence, afterId: string | null): readonly Sentence[] {
  const anchor = afterId === null ? -1 : sentences.findIndex(({ id }) => id === afterId);
  const start = sentences[0]?.kind === 'blank' ? 1 : 0;
  const at = afterId === null ? start : anchor === -1 ? sentences.length : anchor + 1;
  const before = sentences[at - 1];
  const after = sentences[at];
  if (before === undefined || before.kind === 'blank') {
    const suffix = after === undefined ? '' : spaceBetween(piece, after, sentences);
    return [...sentences.slice(0, at), { ...piece, suffix }, ...sentences.slice(at)];
  }
  const space = spaceAround(before, piece, after, sentences);
  const placed = [
    { ...before, suffix: space.before },
    { ...piece, suffix: space.piece },
  ];
  return [...sentences.slice(0, at - 1), ...placed, ...sentences.slice(at)];
}

function newPiece(content: string, id: string): Sentence {
  const split = splitPrompt(content);
  const kind = split.length === 1 ? (split[0]?.kind ?? 'sentence') : 'sentence';
  return { id, kind, content, suffix: '', optimizable: isOptimizable(kind, content) };
}

/**
 * One new piece behind another; `null`: at the start; behind a piece that is gone: at the end. White space alone adds
 * nothing.
 * @param id of the new piece; a run gives one that no piece ever had, so that what is remembered by id stays true
 */
export function insertAfter(
  sentences: Sentences,
  afterId: string | null,
  content: string,
  id = nextSentenceId(sentences),
): readonly Sentence[] {
  const trimmed = content.trim();
  return trimmed === '' ? sentences : place(sentences, newPiece(trimmed, id), afterId);
}

/** The rest of a list item inherits the marker of its first sentence. */
function withMarkerOf(removed: Sentence, next: Sentence | undefined): Sentence | undefined {
  const marker = listMarkerOf(removed.content);
  const isSameItem = !/[\r\n]/.test(removed.suffix) && next?.kind === 'sentence';
  if (marker === '' || next === undefined || !isSameItem) return next;
  return { ...next, content: marker + next.content };
}

/** Takes a piece out with the space it needed: no double blank is left behind. */
export function removeSentence(sentences: Sentences, id: string): readonly Sentence[] {
  const at = sentences.findIndex((piece) => piece.id === id);
  const removed = sentences[at];
  if (removed === undefined) return sentences;
  const before = sentences[at - 1];
  const next = withMarkerOf(removed, sentences[at + 1]);
  const rest = next === undefined ? [] : [next, ...sentences.slice(at + 2)];
  if (before === undefined) return rest;
  if (before.kind === 'blank') return [before, ...rest];
  const suffix = spaceInPlace(before.suffix, removed.suffix, next === undefined);
  return [...sentences.slice(0, at - 1), { ...before, suffix }, ...rest];
}

/** The piece keeps id, content and lock. Behind itself, or behind a piece that is gone, it stays where it is. */
export function moveSentence(sentences: Sentences, id: string, afterId: string | null): readonly Sentence[] {
  const piece = sentences.find((candidate) => candidate.id === id);
  const isThere = afterId === null || sentences.some((candidate) => candidate.id === afterId);
  if (piece === undefined || !isThere || afterId === id) return sentences;
  return place(removeSentence(sentences, id), piece, afterId);
}
