/** promptfoo's test tables: `__expected` columns hold assertions, the other columns are variables. */
import { invalidData } from '../failures.ts';
import { cellText } from '../raw-table.ts';
import type { RawTable } from '../raw-table.ts';
import { commonMetric, expectationOf, parseAssertion } from './promptfoo-assert.ts';
import type { Assertion, Expectation } from './promptfoo-assert.ts';

const EXPECTED = /^__expected\d*$/;

export function isPromptfooHeader(columns: readonly string[]): boolean {
  return columns.some((name) => EXPECTED.test(name));
}

/** Turns the `__expected` columns into a target and its alternatives; drops the other `__` columns. */
export function readExpectedColumns(table: RawTable): RawTable {
  const expected = positions(table.columns, (name) => EXPECTED.test(name));
  const kept = positions(table.columns, (name) => !name.startsWith('__') || name.startsWith('__metadata:'));
  if (kept.length === 0)
    throw invalidData(table.file, 'has no variables beside “__expected”. Expected a column for the input.');
  const expectations: Expectation[] = [];
  const problems = [...table.problems];
  const rows = [];
  for (const { number, cells } of table.rows) {
    const expectation = expectationOf(assertions(expected.map((position) => cellText(cells[position]))));
    if (typeof expectation === 'string')
      problems.push({ row: number, field: '__expected', message: expectation });
    else {
      expectations.push(expectation);
      const variables = kept.map((position) => cells[position] ?? '');
      rows.push({ number, cells: [...variables, expectation.target, expectation.alternatives] });
    }
  }
  const columns = [...kept.map((position) => table.columns[position] ?? ''), '__expected', 'alternatives'];
  const { metric, notes } = commonMetric(expectations);
  return {
    ...table,
    format: 'promptfoo',
    columns,
    rows,
    problems,
    metric,
    notes: [...table.notes, ...notes],
  };
}

function positions(columns: readonly string[], wanted: (name: string) => boolean): number[] {
  return columns.flatMap((name, position) => (wanted(name) ? [position] : []));
}

function assertions(cells: readonly string[]): Assertion[] {
  return cells.filter((cell) => cell.trim() !== '').map((cell) => parseAssertion(cell));
}
