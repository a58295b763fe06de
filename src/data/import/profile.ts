/** What the columns of a table hold, judged by its first rows. */
import { parseList } from './list-text.ts';
import { cellText } from './raw-table.ts';
import type { Cell, RawTable } from './raw-table.ts';

/** Rows that are looked at. */
const SAMPLE = 300;

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
  /** Share of cells that are lists. */
  readonly lists: number;
  /** Share of cells with reasoning that ends in "#### answer". */
  readonly marked: number;
  /** All cells are single letters from A to J, or numbers below ten. */
  readonly letters: boolean;
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
    lists: share(cells.filter((cell) => typeof cell !== 'string' || parseList(cell) !== null).length),
    marked: share(texts.filter((text) => text.includes('####')).length),
    letters: texts.length > 0 && texts.every((text) => /^\(?[A-Ja-j0-9]\)?$/.test(text)),
  };
}
