/** What the page shows before an import: what was recognized, the first rows, the guess, what is broken. */
import type { AppError } from '../../core/errors.ts';
import { describeProblem, invalidData } from './failures.ts';
import { guessMapping } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import type { Format, RawRow, RawTable, RowProblem } from './raw-table.ts';

const PREVIEW_ROWS = 20;

export interface ImportPreview {
  readonly file: string;
  readonly format: Format;
  readonly columns: readonly string[];
  /** The first rows. */
  readonly rows: readonly RawRow[];
  /** All rows that could be read. */
  readonly rowCount: number;
  readonly description: string;
  /** Null when the person has to say which columns are what. */
  readonly mapping: Mapping | null;
  readonly problems: readonly RowProblem[];
  readonly notes: readonly string[];
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** As in `RawTable`. */
  readonly header: boolean | null;
  readonly delimiter: string | null;
}

/** @throws `invalid-data` when nothing is left to preview, and there is no other sheet to go to */
export function previewImport(table: RawTable): ImportPreview {
  const { file, format, columns, description, problems, notes, sheets, sheet, header, delimiter } = table;
  if (table.rows.length === 0 && sheets.length < 2) throw withoutRows(file, problems);
  return {
    file,
    format,
    columns,
    rows: table.rows.slice(0, PREVIEW_ROWS),
    rowCount: table.rows.length,
    description,
    mapping: guessMapping(table),
    problems,
    notes,
    sheets,
    sheet,
    header,
    delimiter,
  };
}

function withoutRows(file: string, problems: readonly RowProblem[]): AppError {
  const [first] = problems;
  const why =
    first === undefined ? '' : ` In ${describeProblem(first)} Correct it and import the file again.`;
  return invalidData(file, `has no row that can be used.${why}`);
}
