/** Which words changed between two texts, in pieces one can read. */
import { diffWordsWithSpace } from 'diff';

export interface Change {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Below this share of common text, marking single words says less than showing both texts whole. */
const leastCommon = 0.3;

/**
 * Without the added pieces this is `before` to the letter, without the removed ones `after`.
 * Neighbouring changes with nothing but a space between them are one change: old words first, then new.
 */
export function wordDiff(before: string, after: string): Change[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const pieces = diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
    text: value,
  }));
  const common = pieces.reduce(
    (sum, piece) => sum + (piece.kind === 'same' ? piece.text.trim().length : 0),
    0,
  );
  const isOtherText = common < leastCommon * Math.min(before.trim().length, after.trim().length);
  return isOtherText ? whole(before, after) : joined(pieces);
}

function whole(before: string, after: string): Change[] {
  return [
    { kind: 'removed' as const, text: before },
    { kind: 'added' as const, text: after },
  ].filter(({ text }) => text !== '');
}

function joined(pieces: readonly Change[]): Change[] {
  const changes: Change[] = [];
  let removed = '';
  let added = '';
  const close = () => {
    changes.push(...whole(removed, added));
    removed = '';
    added = '';
  };
  pieces.forEach((piece, index) => {
    const isBridge = piece.kind === 'same' && /^[^\S\n]*$/.test(piece.text);
    const isBetween = removed + added !== '' && pieces[index + 1] !== undefined;
    if (piece.kind === 'same' && !(isBridge && isBetween)) {
      close();
      changes.push(piece);
      return;
    }
    if (piece.kind !== 'added') removed += piece.text;
    if (piece.kind !== 'removed') added += piece.text;
  });
  close();
  return changes;
}
