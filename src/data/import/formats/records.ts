/** Objects as rows: the columns are the fields, in the order they first appear. */
import { invalidData } from '../failures.ts';
import { cleanColumns } from '../columns.ts';
import { makeTable } from '../raw-table.ts';
import type { Cell, Format, RawRow, RawTable, RowProblem } from '../raw-table.ts';
import { cellsOf } from './cells.ts';
import { isObject } from './values.ts';

/** More than any dataset has; a file beyond it is no table (an object keyed by its data, for instance). */
const MAX_COLUMNS = 400;

export interface NumberedValue {
  readonly number: number;
  readonly value: unknown;
}

/** Rows from objects; whatever is no object becomes a problem of its row. */
export function tableFromRecords(
  file: string,
  format: Format,
  records: Iterable<NumberedValue>,
  extras: Partial<RawTable> = {},
): RawTable {
  const builder = new TableBuilder(file);
  const problems: RowProblem[] = [];
  for (const { number, value } of records) {
    if (isObject(value)) builder.add(number, Object.entries(value));
    else
      problems.push({
        row: number,
        field: '',
        message: `Expected an object with fields, found ${nameOf(value)}.`,
      });
  }
  return builder.table(format, { ...extras, problems: [...(extras.problems ?? []), ...problems] });
}

export function numbered(values: readonly unknown[], first = 1): NumberedValue[] {
  return values.map((value, index) => ({ number: index + first, value }));
}

/** Collects rows of named cells. */
export class TableBuilder {
  readonly #file: string;
  readonly #positions = new Map<string, number>();
  readonly #rows: RawRow[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(number: number, entries: Iterable<readonly [string, unknown]>): void {
    const cells: Cell[] = [];
    for (const [name, value] of entries)
      for (const [column, cell] of cellsOf(name, value)) cells[this.#position(column, number)] = cell;
    for (let i = 0; i < cells.length; i += 1) cells[i] ??= '';
    this.#rows.push({ number, cells });
  }

  table(format: Format, extras: Partial<RawTable>): RawTable {
    const columns = cleanColumns([...this.#positions.keys()]);
    return makeTable({ file: this.#file, format, columns, rows: this.#rows, ...extras });
  }

  #position(name: string, row: number): number {
    const known = this.#positions.get(name);
    if (known !== undefined) return known;
    if (this.#positions.size >= MAX_COLUMNS) {
      const limit = `has more than ${MAX_COLUMNS} different fields (row ${row}, field “${name}”).`;
      throw invalidData(this.#file, `${limit} Expected rows that share their fields.`, { row, field: name });
    }
    this.#positions.set(name, this.#positions.size);
    return this.#positions.size - 1;
  }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? `the text ${JSON.stringify(value.slice(0, 40))}` : `a ${typeof value}`;
}
