/** What the columns of a table hold, judged by its first rows. */
import { parseList } from './list-text.ts';
import { cellText } from './raw-table.ts';
import type { Cell, RawTable } from './raw-table.ts';

/** Rows that are looked at. */
export const SAMPLE = 300;
const DATE = /^\d{4}-\d\d-\d\d\b|\b\d{1,2}:\d\d\b/;

export interface ColumnProfile {
  readonly name: string;
  readonly position: number;
  /** Share of cells that are not empty. */
  readonly filled: number;
  /** Mean characters of the cells that are not empty. */
  readonly length: number;
  /** Distinct values per cell that is not empty, in (0, 1]; 0 for an empty column. */
  readonly distinct: number;
  /** No two cells are equal, none is empty. */
  readonly unique: boolean;
  /** Five cells or more, all the same. */
  readonly constant: boolean;
  /** Numbers, each one more than the one before: what numbers the rows. */
  readonly counting: boolean;
  /** Mean words of the cells that are not empty. */
  readonly words: number;
  /** Share of cells that are lists. */
  readonly lists: number;
  /** Share of cells that are objects in JSON, or lists of such. */
  readonly objects: number;
  /** Share of cells with a date or a time. */
  readonly dates: number;
}

export function profileColumns(table: RawTable): ColumnProfile[] {
  const rows = table.rows.slice(0, SAMPLE);
  return table.columns.map((name, position) => {
    const cells = rows.map(({ cells }) => cells[position] ?? '');
    return profile(name, position, cells);
  });
}

function profile(name: string, position: number, cells: readonly Cell[]): ColumnProfile {
  const texts = cells.map((cell) => cellText(cell).trim()).filter((text) => text !== '');
  const distinct = new Set(texts).size;
  const share = (count: number): number => (texts.length === 0 ? 0 : count / texts.length);
  return {
    name,
    position,
    filled: cells.length === 0 ? 0 : texts.length / cells.length,
    length: share(texts.reduce((sum, text) => sum + text.length, 0)),
    distinct: share(distinct),
    unique: distinct === cells.length && texts.length > 0,
    constant: distinct === 1 && texts.length >= 5,
    counting:
      texts.length > 2 &&
      texts.every((text, index) => isNext(text, index === 0 ? undefined : texts[index - 1])),
    words: share(texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0)),
    lists: share(cells.filter((cell) => typeof cell !== 'string' || parseList(cell) !== null).length),
    objects: share(texts.filter((text) => /^\[?\s*\{[^{]*\}\s*\]?$|^\[?\s*\{\s*"/.test(text)).length),
    dates: share(texts.filter((text) => DATE.test(text) && text.length <= 40).length),
  };
}

function isNext(text: string, before: string | undefined): boolean {
  return /^\d+$/.test(text) && (before === undefined || Number(text) === Number(before) + 1);
}
