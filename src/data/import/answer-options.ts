/** Options of a question, listed with letters as BIG-Bench Hard does, and the answer as its letter. */
import { parseList } from './list-text.ts';
import { cellText } from './raw-table.ts';
import type { Cell, RawRow } from './raw-table.ts';

/** What can be told apart by one letter in parentheses. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The letter that an option brings along: "(A) ", "b)", "C. ", "D ". */
const OWN_LETTER = /^\s*\(?([A-Za-z])(?:\s*[).:．、]\s*|\s+)/;
/** An answer that begins with its letter: "B) Paris". */
const ANSWER_LETTER = /^\(?([A-Za-z])[).:．、]/;
/** Where an option begins in a text that holds them all: "a ) 38 , b ) 27.5". */
const INNER_LETTER = /(?:^|[\s,;|])\(?([A-Za-z])\s?[).]\s?/g;

export interface Options {
  readonly texts: readonly string[];
  /** Added to the input. */
  readonly listing: string;
}

/**
 * The options of a row; null when there are fewer than two or more than there are letters.
 * @param target where the answer is: as one of the options it must not be known by its place, so they are sorted
 */
export function optionsOf(row: RawRow, positions: readonly number[], target = -1): Options | null {
  const cells = positions.map((position) => row.cells[position] ?? '');
  const [only = ''] = cells;
  const items = cells.length === 1 ? itemsOf(only) : cells.map(firstText);
  const filled = items.filter((text) => text.trim() !== '');
  const texts = positions.includes(target) ? filled.toSorted(byAlphabet) : withoutLetters(filled);
  if (texts.length < 2 || texts.length > LETTERS.length) return null;
  const lines = texts.map((text, index) => `(${LETTERS.charAt(index)}) ${text}`);
  return { texts, listing: `\nOptions:\n${lines.join('\n')}` };
}

function byAlphabet(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : Number(x > y);
}

/** BBQ's options are lists themselves: the text, and what it stands for. */
function firstText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cellText(cell[0]);
}

function itemsOf(cell: Cell): readonly string[] {
  return typeof cell === 'string' ? (parseList(cell) ?? letteredItems(cell) ?? []) : cell;
}

/** Null for a text in which the letters from A on do not begin an option each. */
function letteredItems(text: string): string[] | null {
  const starts: number[] = [];
  for (const match of text.matchAll(INNER_LETTER)) {
    if (match[1]?.toUpperCase() === LETTERS.charAt(starts.length)) starts.push(match.index);
  }
  if (starts.length < 2 || text.slice(0, starts[0]).trim() !== '') return null;
  return starts.map((start, index) =>
    text.slice(start, starts[index + 1]).replace(/^[\s,;|]+|[\s,;|]+$/g, ''),
  );
}

/** The letters are ours: those that the options bring along, A, B, C and so on, are taken off. */
function withoutLetters(texts: readonly string[]): readonly string[] {
  const areOwn = texts.every(
    (text, index) => OWN_LETTER.exec(text)?.[1]?.toUpperCase() === LETTERS.charAt(index),
  );
  return areOwn && texts.length > 1 ? texts.map((text) => text.replace(OWN_LETTER, '')) : texts;
}

/** Whether options are counted from 0: MMLU does, others from 1. Only a 0 among the answers, or none that is too high, shows it. */
export function countsFromZero(targets: readonly string[], options: readonly (Options | null)[]): boolean {
  const marks = targets.map(markIn);
  if (marks.includes('0')) return true;
  return !marks.some((mark, index) => /^\d$/.test(mark) && Number(mark) === options[index]?.texts.length);
}

/** "(B)" for the option's text, letter or number; null when it is none of them. */
export function letterOf(target: string, options: Options, first: 0 | 1): string | null {
  const { texts } = options;
  const plain = plainText(target);
  const byText = texts.findIndex((text) => plainText(text) === plain);
  const mark = markIn(target);
  const letter = (/^\(?([A-Za-z])[).]?$/.exec(mark) ?? ANSWER_LETTER.exec(mark))?.[1];
  const byLetter = letter === undefined ? -1 : LETTERS.indexOf(letter.toUpperCase());
  const byNumber = /^\d$/.test(mark) ? Number(mark) - first : -1;
  const index = [byText, byLetter, byNumber].find((found) => found >= 0 && found < texts.length);
  return index === undefined ? null : `(${LETTERS.charAt(index)})`;
}

/** "option2" and "Answer B" name an option by its column. */
function markIn(target: string): string {
  return target.replace(
    /^(?:option|choice|answer|ans|ending|sol|solution|candidate)[\s_-]*(?=[\da-z]$)/i,
    '',
  );
}

function plainText(text: string): string {
  return text.trim().replace(/\.$/, '').toLowerCase();
}
