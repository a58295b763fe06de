/** Where the table of a sheet or a delimited file begins: exports put titles, dates and blank rows above it. */
import { isKnownName } from '../columns.ts';

/** Rows above a table that are looked at; more than any export writes. */
const ABOVE = 20;
/** Rows that show how wide the table is. */
const SAMPLE = 60;

/**
 * The position of the first row of the table, or -1 when all rows are blank. Where most rows have several cells, rows
 * of one are above the table, and so is what is narrower than a row of known names, or a blank row apart from it.
 */
export function tableStart(grid: readonly (readonly string[])[]): number {
  const first = grid.findIndex((cells) => filled(cells) > 0);
  if (first < 0) return first;
  const sample = grid.slice(first, first + SAMPLE).filter((cells) => filled(cells) > 0);
  const several = sample.filter((cells) => filled(cells) > 1).length;
  if (several * 2 <= sample.length) return first;
  const named = nameRow(grid, first);
  if (named >= 0) return named;
  const wide = grid.findIndex((cells, row) => row >= first && filled(cells) > 1);
  return wide - first <= ABOVE ? wide : first;
}

function nameRow(grid: readonly (readonly string[])[], first: number): number {
  const rows = grid.slice(first, first + ABOVE);
  const found = rows.findIndex((cells) => cells.filter((cell) => isKnownName(cell)).length > 1);
  if (found < 1) return -1;
  const width = filled(rows[found] ?? []);
  const isApart = filled(rows[found - 1] ?? []) === 0;
  return isApart || rows.slice(0, found).every((cells) => filled(cells) < width) ? first + found : -1;
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}
