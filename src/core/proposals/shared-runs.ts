/**
 * Finds what a text shares with many others.
 *
 * Two texts that share a run of n items share an aligned block of n/2 of them. So only the aligned blocks of the inputs
 * are kept, and a block that is found in a text is extended in both directions: exact, without false alarms, and small
 * enough for a thousand examples.
 */
import { words } from './wording.ts';

/** A text as a row of items: of words, or of characters. */
export interface Row {
  readonly length: number;
  at(index: number): string | undefined;
  cut(start: number, end: number): string;
}

export function rowOfWords(text: string): Row {
  const items = words(text);
  return {
    length: items.length,
    at: (index) => items[index],
    cut: (start, end) => items.slice(start, end).join(' '),
  };
}

/** Without case and with single spaces: what is compared character by character. */
export function flattened(text: string): string {
  return text.toLowerCase().replace(/\s+/gu, ' ').trim();
}

export function rowOfCharacters(text: string): Row {
  const flat = flattened(text);
  return { length: flat.length, at: (index) => flat[index], cut: (start, end) => flat.slice(start, end) };
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** The longest common run around one pair of equal items. */
function extend(text: Row, at: number, input: Row, inputAt: number): Run {
  let before = 0;
  while (before < Math.min(at, inputAt) && text.at(at - before - 1) === input.at(inputAt - before - 1))
    before += 1;
  let after = 0;
  const room = Math.min(text.length - at, input.length - inputAt);
  while (after < room && text.at(at + after) === input.at(inputAt + after)) after += 1;
  return { start: at - before, end: at + after };
}

interface Place {
  readonly input: Row;
  readonly at: number;
}

function alignedBlocks(inputs: readonly Row[], size: number): ReadonlyMap<string, readonly Place[]> {
  const blocks = new Map<string, Place[]>();
  for (const input of inputs) {
    for (let at = 0; at + size <= input.length; at += size) {
      const key = input.cut(at, at + size);
      const places = blocks.get(key);
      if (places === undefined) blocks.set(key, [{ input, at }]);
      else places.push({ input, at });
    }
  }
  return blocks;
}

/** Gives the different stretches of `least` items (an even number) that a text shares with any of the inputs. */
export function createStretchFinder(inputs: readonly Row[], least: number): (text: Row) => string[] {
  const size = least / 2;
  const blocks = alignedBlocks(inputs, size);
  return (text) => {
    const starts = new Set<number>();
    for (let at = 0; at + size <= text.length; at += 1) {
      for (const place of blocks.get(text.cut(at, at + size)) ?? []) {
        const { start, end } = extend(text, at, place.input, place.at);
        for (let from = start; from + least <= end; from += 1) starts.add(from);
      }
    }
    return [...new Set([...starts].map((start) => text.cut(start, start + least)))];
  };
}
