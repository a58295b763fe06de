/** Second pass of the splitter: sentences within a block of prose. */
import { linesOf } from './line-kinds.ts';
import { maskBlock } from './mask.ts';
import { sentenceBoundaries } from './sentence-boundaries.ts';

const hasSubstance = /[\p{L}\p{N}{]/u;
const endsLine = /[.!?。！？]["'”’»)\]*_]*[ \t]*(?:\r\n|\r|\n)/g;
/** A cut needs white space before it, or a full-width stop: not within a URL, "Yahoo!Answers" or markup. */
const mayCutAfter = /(?:\s|[。！？｡][」』”’）)"'】》]*)$/u;
/** `"Stop!" she said`: the sentence goes on after the quote. */
const endsWithQuote = /[!?]["'”’»)\]]+\s+$/u;

/**
 * Lines that each say something, without full stops ("Sort the words\nAnswer with a list"). A hard-wrapped paragraph
 * differs: it ends with a full stop, and its lines may start small.
 */
function isLineByLine(lines: readonly string[]): boolean {
  const texts = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (texts.length < 2) return false;
  return texts.every(
    (text) =>
      /^[^\p{Ll}]/u.test(text) &&
      /[\p{L}\p{N})\]}"'”’]$/u.test(text) &&
      !/\s(?:the|an?|of|in|to|with|and|or|for|by|on|at|from|is|are)$/u.test(text),
  );
}

function cutsOf(masked: string): number[] {
  const cuts = new Set(sentenceBoundaries(masked.replace(/[\r\n]/g, ' ')));
  for (const match of masked.matchAll(endsLine)) cuts.add(match.index + match[0].length);
  cuts.add(masked.length);
  cuts.delete(0);
  return [...cuts].sort((a, b) => a - b);
}

function continues(piece: string, rest: string): boolean {
  if (!hasSubstance.test(piece) || !hasSubstance.test(rest)) return true;
  if (!mayCutAfter.test(piece.slice(-12))) return true;
  return endsWithQuote.test(piece.slice(-12)) && /^\p{Ll}/u.test(rest);
}

function segmentParagraph(block: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  const cuts = cutsOf(maskBlock(block));
  for (const [index, cut] of cuts.entries()) {
    const next = block.slice(cut, cuts[index + 1] ?? cut);
    if (next !== '' && continues(block.slice(start, cut), next)) continue;
    pieces.push(block.slice(start, cut));
    start = cut;
  }
  return pieces;
}

/** Concatenated, the pieces are the block. */
export function sentencesOf(block: string): string[] {
  const lines = linesOf(block);
  return isLineByLine(lines) ? lines.flatMap(segmentParagraph) : segmentParagraph(block);
}
