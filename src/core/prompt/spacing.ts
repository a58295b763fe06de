/** The white space between pieces when one is put in, taken out or moved. */
import type { Sentence } from '../types.ts';
import { listMarkerOf } from './line-kinds.ts';

type Sentences = readonly Sentence[];

function lineBreaksIn(space: string): number {
  return space.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** The line end of this text: people on Windows keep theirs. */
function lineBreakOf(sentences: Sentences): string {
  return sentences.some(({ suffix }) => suffix.includes('\r\n')) ? '\r\n' : '\n';
}

const isStructure = ({ kind }: Sentence): boolean => kind === 'heading' || kind === 'code';
const isListItem = ({ content }: Sentence): boolean => listMarkerOf(content) !== '';
const writesNoSpaces = /[。！？」』”）]$/u;

/** The least that goes between two pieces: structure and list items stand on lines of their own. */
export function spaceBetween(before: Sentence, after: Sentence, sentences: Sentences): string {
  if (isStructure(before) || isStructure(after) || isListItem(after)) return lineBreakOf(sentences);
  return writesNoSpaces.test(before.content) ? '' : ' ';
}

/** `space` as it is, unless it would glue two pieces or put structure in the middle of a line. */
function atLeast(space: string, least: string): string {
  if (lineBreaksIn(space) > 0) return space;
  return lineBreaksIn(least) > 0 || space === '' ? least : space;
}

/** One of several lines: a list, or sentences each on its own line. */
function joinsLines(gap: string, piece: Sentence, after: Sentence): boolean {
  if (lineBreaksIn(gap) !== 1 || isStructure(after)) return false;
  return !isListItem(after) || isListItem(piece);
}

/**
 * The suffixes of `before` and `piece` when `piece` is put behind `before`: a heading keeps its distance, a
 * paragraph's last sentence passes its paragraph break on, and nothing runs together.
 */
export function spaceAround(
  before: Sentence,
  piece: Sentence,
  after: Sentence | undefined,
  sentences: Sentences,
): { before: string; piece: string } {
  const gap = before.suffix;
  const lead = spaceBetween(before, piece, sentences);
  if (after === undefined) return { before: lead, piece: gap };
  const trail = spaceBetween(piece, after, sentences);
  if (before.kind === 'heading') {
    return { before: atLeast(gap, lead), piece: after.kind === 'heading' ? atLeast(gap, trail) : trail };
  }
  if (joinsLines(gap, piece, after)) return { before: gap, piece: gap };
  return { before: lead, piece: atLeast(gap, trail) };
}

/**
 * One space out of the two around a removed piece: as many line breaks as the stronger has, so that a paragraph stays
 * one, and the indentation of what comes next. At the end of the text the end stays as it was.
 */
export function spaceInPlace(before: string, after: string, isLast: boolean): string {
  if (isLast) return after;
  if (after === '') return before;
  if (lineBreaksIn(after) >= lineBreaksIn(before)) return after;
  if (lineBreaksIn(after) === 0) return before;
  return before.replace(/[^\r\n]*$/, '') + (/[^\r\n]*$/.exec(after)?.[0] ?? '');
}
