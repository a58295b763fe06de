/** Delimited text: CSV, TSV and the like, with quotes, line breaks in cells, with or without a header. */
import Papa from 'papaparse';
import { mayHoldGuards, unguardFormula } from '../../formula-guard.ts';
import { cleanColumns } from '../columns.ts';
import { invalidData, unreadable } from '../failures.ts';
import { makeTable } from '../raw-table.ts';
import type { RawRow, RawTable, ReadOptions, RowProblem } from '../raw-table.ts';
import { findDelimiter, looksLikeHeader, statedDelimiter } from './csv-dialect.ts';
import { withParsedCells } from './json-cells.ts';
import { readLines } from './lines.ts';
import { isMarkdownTable, readMarkdownTable } from './markdown-table.ts';
import { isPromptfooHeader, readExpectedColumns } from './promptfoo-csv.ts';
import { tableStart } from './table-start.ts';

/**
 * A text without a separator is one column: a line per example, without right answers.
 * @throws `data-unreadable` when it is a single line
 */
export function readCsv(file: string, text: string, options: ReadOptions = {}): RawTable {
  const delimiter = options.delimiter ?? statedDelimiter(text) ?? foundIn(text) ?? '';
  const { grid: written, quotes } = delimiter === '' ? readLines(text) : readCells(text, delimiter);
  if (delimiter === '' && written.filter((cells) => !isBlank(cells)).length < 2) {
    throw unreadable(file, 'has a single line. Expected a row, or a line, per example.');
  }
  const grid = mayHoldGuards(text) ? written.map((cells) => cells.map(unguardFormula)) : written;
  const table = { ...tableFromGrid(file, grid, options.header, quotes), delimiter };
  return isPromptfooHeader(table.columns) ? readExpectedColumns(table) : withParsedCells(table);
}

function foundIn(text: string): string | null {
  return isMarkdownTable(text) ? '|' : findDelimiter(text);
}

/** The cells of a text, and the rows whose quotation marks are broken. */
export interface Cells {
  readonly grid: readonly (readonly string[])[];
  readonly quotes: ReadonlyMap<number, string>;
}

function readCells(text: string, delimiter: string): Cells {
  if (delimiter === '|' && isMarkdownTable(text)) return readMarkdownTable(text);
  const parsed = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false });
  const isQuoted = parsed.errors.every(({ type }) => type !== 'Quotes');
  if (delimiter === '\t' && !isQuoted) return literalCells(text) ?? parsedCells(text, parsed);
  return parsedCells(text, parsed);
}

/** Databases write tabs without any quoting: then a quotation mark is a letter, and all rows are of one width. */
function literalCells(text: string): Cells | null {
  const grid = text.split(/\r\n|\n|\r/).map((line) => line.split('\t'));
  const widths = new Set(grid.filter((cells) => !isBlank(cells)).map((cells) => cells.length));
  return widths.size === 1 ? { grid, quotes: new Map() } : null;
}

function parsedCells(text: string, parsed: Papa.ParseResult<string[]>): Cells {
  // Excel's own line about its separator: blank, so that the rows keep their numbers.
  const grid = statedDelimiter(text) === null ? parsed.data : [[], ...parsed.data.slice(1)];
  return { grid, quotes: quoteProblems(parsed.errors) };
}

/**
 * Rows of cells, as delimited files and sheets have them. Who says that the first row is an example means the very
 * first one: then nothing stands above the table.
 * @param quotes rows whose quotation marks are broken
 */
export function tableFromGrid(
  file: string,
  grid: readonly (readonly string[])[],
  header: boolean | undefined,
  quotes: ReadonlyMap<number, string> = new Map(),
): RawTable {
  const start = header === false ? grid.findIndex((cells) => !isBlank(cells)) : tableStart(grid);
  const first = grid[start];
  if (first === undefined) throw invalidData(file, 'is empty. Expected a header and one row per example.');
  const hasHeader = header ?? looksLikeHeader(grid.slice(start, start + 100));
  const columns = cleanColumns(hasHeader ? withoutTrailingBlanks(first) : unnamed(grid.slice(start)));
  const rows: RawRow[] = [];
  const problems: RowProblem[] = [];
  for (let index = hasHeader ? start + 1 : start; index < grid.length; index += 1) {
    const cells = grid[index] ?? [];
    if (isBlank(cells)) continue;
    const message = quotes.get(index) ?? excess(cells, columns.length);
    if (message === null) rows.push({ number: index + 1, cells });
    else problems.push({ row: index + 1, field: '', message });
  }
  return makeTable({
    file,
    format: 'csv',
    columns,
    rows,
    problems,
    header: hasHeader,
    notes: notesAbove(grid.slice(0, start)),
  });
}

/** As many columns as most of the first rows have. */
function unnamed(rows: readonly (readonly string[])[]): string[] {
  const widths = rows
    .slice(0, 100)
    .filter((cells) => !isBlank(cells))
    .map((cells) => cells.length);
  const count = (width: number): number => widths.filter((other) => other === width).length;
  const usual = [...new Set(widths)].toSorted((a, b) => count(b) - count(a) || b - a)[0] ?? 0;
  return Array.from({ length: usual }, () => '');
}

function notesAbove(rows: readonly (readonly string[])[]): string[] {
  const filled = rows.filter((cells) => !isBlank(cells));
  if (filled.length === 0) return [];
  const first = filled[0]?.find((cell) => cell.trim() !== '')?.trim() ?? '';
  const quoted = `“${first.slice(0, 60)}${first.length > 60 ? ' …' : ''}”`;
  return [
    filled.length === 1
      ? `The row above the table was left out: ${quoted}.`
      : `The ${filled.length} rows above the table were left out, from ${quoted} on.`,
  ];
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}

function withoutTrailingBlanks(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, last + 1);
}

/** Too few cells are blanks at the end; too many with text in them mean that a cell lacks its quotation marks. */
function excess(cells: readonly string[], width: number): string | null {
  if (cells.length <= width || isBlank(cells.slice(width))) return null;
  return `Expected ${width} cells, found ${cells.length}. A cell that contains the separator needs quotation marks around it.`;
}

function quoteProblems(errors: readonly Papa.ParseError[]): Map<number, string> {
  const problems = new Map<number, string>();
  for (const error of errors) {
    if (error.type !== 'Quotes' || error.row === undefined) continue;
    const what =
      error.code === 'MissingQuotes'
        ? 'is opened and never closed'
        : 'closes before the end of its cell (inside, write it twice)';
    problems.set(error.row, `A quotation mark ${what}.`);
  }
  return problems;
}
