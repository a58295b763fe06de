/** Options of a question, listed with letters as BIG-Bench Hard does, and the answer as its letter. */
import { parseList } from './list-text.ts';
import type { Cell, RawRow } from './raw-table.ts';

/** A to J: what can be told apart by one letter in parentheses without doubt. */
const LETTERS = 'ABCDEFGHIJ';

export interface Options {
  readonly texts: readonly string[];
  /** Added to the input. */
  readonly listing: string;
}

/** The options of a row; null when there are fewer than two or more than there are letters. */
export function optionsOf(row: RawRow, positions: readonly number[]): Options | null {
  const texts = positions.flatMap((position) => itemsOf(row.cells[position] ?? '', positions.length === 1));
  if (texts.length < 2 || texts.length > LETTERS.length) return null;
  const lines = texts.map((text, index) => `(${LETTERS.charAt(index)}) ${text}`);
  return { texts, listing: `\nOptions:\n${lines.join('\n')}` };
}

function itemsOf(cell: Cell, isList: boolean): readonly string[] {
  if (typeof cell !== 'string') return cell;
  const items = isList ? parseList(cell) : null;
  return items ?? (cell.trim() === '' ? [] : [cell]);
}

/** Whether options are counted from 0: MMLU does, others from 1. Only a 0 among the answers, or none that is too high, shows it. */
export function countsFromZero(targets: readonly string[], options: readonly (Options | null)[]): boolean {
  if (targets.includes('0')) return true;
  return !targets.some(
    (target, index) => /^\d$/.test(target) && Number(target) === options[index]?.texts.length,
  );
}

/** "(B)" for the option's text, letter or number; null when it is none of them. */
export function letterOf(target: string, options: Options, first: 0 | 1): string | null {
  const { texts } = options;
  const byText = texts.findIndex((text) => text.trim() === target);
  const letter = /^\(?([A-Ja-j])[).]?$/.exec(target)?.[1]?.toUpperCase();
  const byLetter = letter === undefined ? -1 : LETTERS.indexOf(letter);
  const byNumber = /^\d$/.test(target) ? Number(target) - first : -1;
  const index = [byText, byLetter, byNumber].find((found) => found >= 0 && found < texts.length);
  return index === undefined ? null : `(${LETTERS.charAt(index)})`;
}
