/** What every example got, as a table for spreadsheets and as JSON Lines; both can be imported as a dataset again. */
import type { Outcome } from '../../core/types.ts';
import { guardFormula } from '../formula-guard.ts';
import type { ResultToExport, ScoredRow } from './result.ts';

type Cells = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

function outcomeCells(prefix: 'start' | 'best', outcome: Outcome | null): Cells {
  return {
    [`${prefix}_correct`]: outcome?.correct ?? null,
    [`${prefix}_score`]: outcome?.score ?? null,
    [`${prefix}_reason`]: outcome?.reason ?? null,
    [`${prefix}_answer`]: outcome?.extracted ?? null,
    [`${prefix}_reply`]: outcome?.output ?? null,
  };
}

function cellsOf({ split, example, start, best }: ScoredRow): Cells {
  return {
    id: example.id,
    split,
    input: example.input,
    target: example.target,
    alternatives: example.alternatives ?? [],
    ...outcomeCells('start', start),
    ...outcomeCells('best', best),
  };
}

/** Lists become a JSON list, which the import reads as one. */
function csvCell(cell: Cells[string]): string {
  const text = Array.isArray(cell) ? (cell.length === 0 ? '' : JSON.stringify(cell)) : String(cell ?? '');
  const safe = guardFormula(text);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** After RFC 4180, in UTF-8 with a mark at its start, which Excel needs to read it as such. */
export function toCsv({ rows }: ResultToExport): string {
  const table = rows.map(cellsOf);
  const header = Object.keys(table[0] ?? {});
  const lines = table.map((cells) => header.map((name) => csvCell(cells[name] ?? null)).join(','));
  return `\uFEFF${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

export function toJsonLines({ rows }: ResultToExport): string {
  return rows.map((row) => `${JSON.stringify(cellsOf(row))}\n`).join('');
}
