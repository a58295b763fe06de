/** Two edits of the same prompt as one prompt: possible without a model because sentences keep their ids. */
import type { Sentence } from '../types.ts';

type Sentences = readonly Sentence[];

interface Edits {
  /** Pieces of the ancestor with new content, or gone. */
  readonly changed: ReadonlySet<string>;
  /** Pieces were put in, taken out or moved. */
  readonly isReordered: boolean;
}

function editsOf(ancestor: Sentences, edited: Sentences): Edits {
  const contents = new Map(edited.map(({ id, content }) => [id, content]));
  const changed = new Set(
    ancestor.filter(({ id, content }) => contents.get(id) !== content).map(({ id }) => id),
  );
  const isReordered =
    edited.length !== ancestor.length || edited.some(({ id }, index) => ancestor[index]?.id !== id);
  return { changed, isReordered };
}

/**
 * @returns both edits of the ancestor together; null when they touch the same piece, when both change which pieces
 * there are, or when one of them is no edit at all
 */
export function mergeEdits(ancestor: Sentences, a: Sentences, b: Sentences): readonly Sentence[] | null {
  const [inA, inB] = [editsOf(ancestor, a), editsOf(ancestor, b)];
  const isEmpty = [inA, inB].some(({ changed, isReordered }) => changed.size === 0 && !isReordered);
  const isConflict = [...inA.changed].some((id) => inB.changed.has(id));
  if (isEmpty || isConflict || (inA.isReordered && inB.isReordered)) return null;
  const [frame, other, taken] = inB.isReordered ? [b, a, inA.changed] : [a, b, inB.changed];
  const contents = new Map(other.map(({ id, content }) => [id, content]));
  return frame.map((piece) =>
    taken.has(piece.id) ? { ...piece, content: contents.get(piece.id) ?? piece.content } : piece,
  );
}
