/** A delimited file with JSON in its cells: conversations above all. Read as records, as the same in JSON would be. */
import type { Cell, RawTable } from '../raw-table.ts';
import { isChat, readChat } from './chat.ts';
import { unwrapped } from './messages.ts';
import { tableFromRecords } from './records.ts';
import type { NumberedValue } from './records.ts';
import { isObject } from './values.ts';

/** Rows that decide. */
const SAMPLE = 50;

/** The table as it is when no column is full of objects. */
export function withParsedCells(table: RawTable): RawTable {
  const parsed = table.columns.map((_, position) => isFullOfObjects(table, position));
  if (!parsed.includes(true)) return table;
  const records = table.rows.map(({ number, cells }): NumberedValue => {
    const entries = table.columns.map((name, position): [string, unknown] => {
      const cell = cells[position] ?? '';
      return [name, parsed[position] === true ? (parse(cell) ?? cell) : cell];
    });
    return { number, value: Object.fromEntries(entries) };
  });
  const chat = unwrapped(records);
  const read = isChat(chat.map(({ value }) => value))
    ? readChat(table.file, chat, 'chat')
    : tableFromRecords(table.file, table.format, records);
  const { notes, header, delimiter } = table;
  return { ...read, problems: [...table.problems, ...read.problems], notes, header, delimiter };
}

function isFullOfObjects({ rows }: RawTable, position: number): boolean {
  const cells = rows
    .slice(0, SAMPLE)
    .map(({ cells: row }) => row[position] ?? '')
    .filter((cell) => cell !== '');
  return cells.length > 0 && cells.every((cell) => parse(cell) !== null);
}

/** An object or a list of objects; null for anything else. */
function parse(cell: Cell): unknown {
  if (typeof cell !== 'string' || !/^\s*(?:\{\s*"|\[\s*\{)/.test(cell)) return null;
  try {
    const value: unknown = JSON.parse(cell);
    return isObject(value) || (Array.isArray(value) && value.some(isObject)) ? value : null;
  } catch {
    return null;
  }
}
