/** promptfoo's test tables: `__expected` columns hold assertions, the other columns are variables. */
import { invalidData } from '../failures.ts';
import { cellText } from '../raw-table.ts';
import type { Cell, RawRow, RawTable, RowProblem } from '../raw-table.ts';
import { commonMetric, commonRubric, expectationOf, parseAssertion } from './promptfoo-assert.ts';
import type { Assertion, Expectation } from './promptfoo-assert.ts';

const EXPECTED = /^__expected\d*$/;
const SPECIAL = /^__(?:expected\d*|prefix|suffix|description|metric|threshold|metadata:.*|config:.*)$/;

export function isPromptfooHeader(columns: readonly string[]): boolean {
  return columns.some((name) => SPECIAL.test(name));
}

/** Turns the `__expected` columns into a target and its alternatives; drops the other `__` columns. */
export function readExpectedColumns(table: RawTable): RawTable {
  const expected = positions(table.columns, (name) => EXPECTED.test(name));
  const kept = positions(table.columns, (name) => !name.startsWith('__') || name.startsWith('__metadata:'));
  if (kept.length === 0)
    throw invalidData(table.file, 'has no variables beside “__expected”. Expected a column for the input.');
  const tests = table.rows.map(({ number, cells }) => {
    const asserted = assertions(expected.map((position) => cellText(cells[position])));
    const variables = kept.map((position) => cells[position] ?? '');
    return { number, variables, asserted, expectation: expectationOf(asserted) };
  });
  const columns = kept.map((position) => table.columns[position] ?? '');
  const read = tests.some(({ expectation }) => typeof expectation !== 'string')
    ? withAnswers(columns, tests)
    : withoutAnswers(columns, tests);
  return {
    ...table,
    ...read,
    format: 'promptfoo',
    problems: [...table.problems, ...read.problems],
    notes: [...table.notes, ...read.notes],
  };
}

interface Test {
  readonly number: number;
  readonly variables: readonly Cell[];
  readonly asserted: readonly Assertion[];
  readonly expectation: Expectation | string;
}

type Read = Pick<RawTable, 'columns' | 'rows' | 'problems' | 'metric' | 'notes'>;

function withAnswers(variables: readonly string[], tests: readonly Test[]): Read {
  const rows: RawRow[] = [];
  const problems: RowProblem[] = [];
  const expectations: Expectation[] = [];
  for (const { number, variables: cells, expectation } of tests) {
    if (typeof expectation === 'string')
      problems.push({ row: number, field: '__expected', message: expectation });
    else {
      expectations.push(expectation);
      rows.push({ number, cells: [...cells, expectation.target, expectation.alternatives] });
    }
  }
  return {
    columns: [...variables, '__expected', 'alternatives'],
    rows,
    problems,
    ...commonMetric(expectations),
  };
}

function withoutAnswers(columns: readonly string[], tests: readonly Test[]): Read {
  const rows = tests.map(({ number, variables }) => ({ number, cells: variables }));
  return { columns, rows, problems: [], ...commonRubric(tests.map(({ asserted }) => asserted)) };
}

function positions(columns: readonly string[], wanted: (name: string) => boolean): number[] {
  return columns.flatMap((name, position) => (wanted(name) ? [position] : []));
}

function assertions(cells: readonly string[]): Assertion[] {
  return cells.filter((cell) => cell.trim() !== '').map((cell) => parseAssertion(cell));
}
