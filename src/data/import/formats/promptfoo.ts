/** promptfoo tests, as a list or inside a config: `vars` become columns, `assert` the expected answer. */
import { unreadable } from '../failures.ts';
import type { RawTable, RowProblem } from '../raw-table.ts';
import { commonMetric, expectationOf, makeAssertion, parseAssertion } from './promptfoo-assert.ts';
import type { Assertion, Expectation } from './promptfoo-assert.ts';
import { TableBuilder } from './records.ts';
import { isObject, own, ownList, ownText, textOf } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

export function isPromptfooTests(list: readonly unknown[]): boolean {
  return list.some((test) => isObject(test) && isObject(own(test, 'vars')));
}

export function isPromptfooConfig(object: Fields): boolean {
  const tests = own(object, 'tests');
  if (Array.isArray(tests)) return isPromptfooTests(tests) || tests.some((test) => typeof test === 'string');
  return typeof tests === 'string' && Object.hasOwn(object, 'prompts');
}

/** `rows`: where each test stands in its file; its position when left out. */
export function readPromptfooTests(
  file: string,
  tests: readonly unknown[],
  config: Fields = {},
  rows: readonly number[] = [],
): RawTable {
  rejectReferences(file, config, tests);
  const builder = new TableBuilder(file);
  const problems: RowProblem[] = [];
  const expectations: Expectation[] = [];
  tests.forEach((test, index) => {
    const row = rows[index] ?? index + 1;
    const result = readTest(test, own(config, 'defaultTest'));
    if ('message' in result) problems.push({ row, ...result });
    else {
      builder.add(row, result.entries);
      expectations.push(result.expectation);
    }
  });
  const { metric, notes } = commonMetric(expectations);
  return builder.table('promptfoo', { problems, metric, notes, description: ownText(config, 'description') });
}

function rejectReferences(file: string, config: Fields, tests: readonly unknown[]): void {
  const tests_ = own(config, 'tests');
  const elsewhere = typeof tests_ === 'string' ? tests_ : tests.find((test) => typeof test === 'string');
  if (typeof elsewhere !== 'string') return;
  throw unreadable(file, `keeps its tests in another file, “${elsewhere}”. Import that file instead.`, {
    field: 'tests',
  });
}

type TestResult =
  | { readonly entries: (readonly [string, unknown])[]; readonly expectation: Expectation }
  | { readonly field: string; readonly message: string };

function readTest(test: unknown, fallback: unknown): TestResult {
  if (!isObject(test)) return { field: '', message: 'Expected a test with “vars” and “assert”.' };
  const vars = { ...varsOf(fallback), ...varsOf(test) };
  const list = Object.entries(vars).find(([, value]) => Array.isArray(value));
  if (list !== undefined) {
    return {
      field: `vars.${list[0]}`,
      message: 'Expected one value; promptfoo makes several tests of a list. Write them out.',
    };
  }
  if (Object.keys(vars).length === 0) return { field: 'vars', message: 'Expected at least one variable.' };
  const file = Object.entries(vars).find(
    ([, value]) => typeof value === 'string' && /^file:\/\//.test(value),
  );
  if (file !== undefined) {
    const message = `Its text is in another file, “${textOf(file[1])}”. Expected the text itself.`;
    return { field: `vars.${file[0]}`, message };
  }
  const expectation = expectationOf(
    [...assertsOf(test), ...assertsOf(fallback)].map((assertion) => filledIn(assertion, vars)),
  );
  if (typeof expectation === 'string') return { field: 'assert', message: expectation };
  const { target, alternatives } = expectation;
  return {
    entries: [...Object.entries(vars), ['__expected', target], ['alternatives', alternatives]],
    expectation,
  };
}

/** `equals: "{{expected}}"` in the defaults is each test's own variable. */
function filledIn(assertion: Assertion, vars: Fields): Assertion {
  const fill = (value: string): string =>
    value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (all, name: string) =>
      Object.hasOwn(vars, name) ? textOf(vars[name]) : all,
    );
  return { ...assertion, values: assertion.values.map(fill) };
}

function varsOf(test: unknown): Fields {
  const vars = isObject(test) ? own(test, 'vars') : undefined;
  return isObject(vars) ? vars : {};
}

/** Sets of assertions are opened up: what one of them names as the answer is what we look for. */
function assertsOf(test: unknown): Assertion[] {
  const asserts = isObject(test) ? (ownList(test, 'assert') ?? []) : [];
  return asserts.flatMap((assert): Assertion[] => {
    if (typeof assert === 'string') return [parseAssertion(assert)];
    if (!isObject(assert)) return [];
    if (own(assert, 'type') === 'assert-set') return assertsOf(assert);
    return [makeAssertion(ownText(assert, 'type'), own(assert, 'value'))];
  });
}
