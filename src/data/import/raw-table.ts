/** A file as rows and columns, before anyone has said which column is the input and which the answer. */
import type { Metric } from '../../core/types.ts';

/** A list where the file has one (several right answers, the options of a question). */
export type Cell = string | readonly string[];

export interface RawRow {
  /** Where the row is in its file, 1-based: the record of a delimited file (its header is 1), the line of a JSONL file, the element of an array. */
  readonly number: number;
  /** By position in `columns`; trailing empty cells may be left out. Positions, not names, so that no column name can do harm. */
  readonly cells: readonly Cell[];
}

/** A row that cannot be used, and why. The person decides: leave such rows out, or stop. */
export interface RowProblem {
  readonly row: number;
  /** The column, or '' when the row as a whole is broken. */
  readonly field: string;
  /** What is wrong and what was expected, as a sentence. */
  readonly message: string;
}

export type Format =
  | 'csv'
  | 'json'
  | 'jsonl'
  | 'yaml'
  | 'bbh'
  | 'bigbench'
  | 'instruction-induction'
  | 'promptfoo'
  | 'chat'
  | 'xlsx'
  | 'parquet'
  | 'huggingface';

export interface RawTable {
  /** The name of the file, for messages. */
  readonly file: string;
  readonly format: Format;
  /** Unique, never empty. */
  readonly columns: readonly string[];
  readonly rows: readonly RawRow[];
  /** What the file says about its task; may be empty. */
  readonly description: string;
  /** Rows that the reader had to leave out. */
  readonly problems: readonly RowProblem[];
  /** What the person should know about the file as a whole, in sentences. */
  readonly notes: readonly string[];
  /** Sheets of a workbook, files of a ZIP; empty for other files. */
  readonly sheets: readonly string[];
  /** Which of `sheets` this table is. */
  readonly sheet: string | null;
  /** Whether the first row holds the column names; null where the format names its columns. */
  readonly header: boolean | null;
  /** Delimited files: what separates the cells, '' when every line is one cell; null for other formats. */
  readonly delimiter: string | null;
  /** How the file itself wants answers compared; null when it does not say. */
  readonly metric: Metric | null;
}

/** What the person can set when the detection was wrong or there is a choice. */
export interface ReadOptions {
  /** One of `RawTable.sheets`; the first one with rows when left out. */
  readonly sheet?: string;
  /** Delimited files and sheets: whether the first row holds column names; found out when left out. */
  readonly header?: boolean;
  /** Delimited files: what separates the cells, '' for one cell a line; found out when left out. */
  readonly delimiter?: string;
}

/** A table of which only what matters is named. */
export function makeTable(
  parts: Pick<RawTable, 'file' | 'format' | 'columns' | 'rows'> & Partial<RawTable>,
): RawTable {
  return {
    description: '',
    problems: [],
    notes: [],
    sheets: [],
    sheet: null,
    header: null,
    delimiter: null,
    metric: null,
    ...parts,
  };
}

export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : cell.join('\n');
}
