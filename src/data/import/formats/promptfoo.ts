/** promptfoo tests, as a list or inside a config: `vars` become columns, `assert` the expected answer. */
import { unreadable } from '../failures.ts';
import type { RawTable, RowProblem } from '../raw-table.ts';
import {
  answerVariables,
  commonMetric,
  commonRubric,
  expectationOf,
  makeAssertion,
  parseAssertion,
} from './promptfoo-assert.ts';
import type { Assertion, Expectation } from './promptfoo-assert.ts';
import { combinations, testsOf, varsOf } from './promptfoo-tests.ts';
import { TableBuilder } from './records.ts';
import { isObject, own, ownList, ownText, textOf } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

export function isPromptfooTests(list: readonly unknown[]): boolean {
  return list.some((test) => isObject(test) && isObject(own(test, 'vars')));
}

export function isPromptfooConfig(object: Fields): boolean {
  const tests = own(object, 'tests');
  if (ownList(object, 'scenarios')?.some(isObject) === true && isPromptfooTests(testsOf(object))) return true;
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
  const read = tests.flatMap((test, index) =>
    readTest(test, config).map((result): NumberedTest => ({ row: rows[index] ?? index + 1, ...result })),
  );
  return tableOfTests(file, read, ownText(config, 'description'));
}

type NumberedTest = TestResult & { readonly row: number };

/** Where no test names a right answer they are inputs alone, for a judge that goes by what they have in common. */
function tableOfTests(file: string, tests: readonly NumberedTest[], description: string): RawTable {
  const builder = new TableBuilder(file);
  const problems: RowProblem[] = [];
  const expectations: Expectation[] = [];
  const answers = new Set(tests.flatMap((test) => ('vars' in test ? answerVariables(test.assertions) : [])));
  const shown = (vars: Fields): [string, unknown][] =>
    Object.entries(vars).filter(([name]) => !answers.has(name));
  const hasAnswers = tests.some((test) => 'vars' in test && typeof test.expectation !== 'string');
  for (const test of tests) {
    if ('message' in test) problems.push(test);
    else if (typeof test.expectation !== 'string') {
      const { target, alternatives } = test.expectation;
      builder.add(test.row, [...shown(test.vars), ['__expected', target], ['alternatives', alternatives]]);
      expectations.push(test.expectation);
    } else if (hasAnswers) problems.push({ row: test.row, field: 'assert', message: test.expectation });
    else builder.add(test.row, shown(test.vars));
  }
  const asserted = tests.map((test) => ('vars' in test ? test.assertions : []));
  const scored = hasAnswers ? commonMetric(expectations) : commonRubric(asserted);
  return builder.table('promptfoo', { problems, description, ...scored });
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
  | {
      readonly vars: Fields;
      readonly assertions: readonly Assertion[];
      /** Or a sentence that says why there is none. */
      readonly expectation: Expectation | string;
    }
  | { readonly field: string; readonly message: string };

/** A test for every combination of its variables' values. */
function readTest(test: unknown, config: Fields): readonly TestResult[] {
  const fallback = own(config, 'defaultTest');
  if (!isObject(test)) return [{ field: '', message: 'Expected a test with “vars” and “assert”.' }];
  const all = { ...varsOf(fallback), ...varsOf(test) };
  if (Object.keys(all).length === 0) return [{ field: 'vars', message: 'Expected at least one variable.' }];
  const assertions = [...assertsOf(test, config), ...assertsOf(fallback, config)];
  return combinations(all).map((vars) => readOne(vars, assertions));
}

function readOne(vars: Fields, assertions: readonly Assertion[]): TestResult {
  const file = Object.entries(vars).find(
    ([, value]) => typeof value === 'string' && /^file:\/\//.test(value),
  );
  if (file !== undefined) {
    const message = `Its text is in another file, “${textOf(file[1])}”. Expected the text itself.`;
    return { field: `vars.${file[0]}`, message };
  }
  const expectation = expectationOf(assertions.map((assertion) => filledIn(assertion, vars)));
  return { vars, assertions, expectation };
}

/** `equals: "{{expected}}"` in the defaults is each test's own variable. */
function filledIn(assertion: Assertion, vars: Fields): Assertion {
  const fill = (value: string): string =>
    value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (all, name: string) =>
      Object.hasOwn(vars, name) ? textOf(vars[name]) : all,
    );
  return { ...assertion, values: assertion.values.map(fill) };
}

/** Sets of assertions are opened up: what one of them names as the answer is what we look for. */
function assertsOf(test: unknown, config: Fields): Assertion[] {
  const asserts = isObject(test) ? (ownList(test, 'assert') ?? []) : [];
  return asserts.flatMap((written): Assertion[] => {
    if (typeof written === 'string') return [parseAssertion(written)];
    const assert = referred(written, config);
    if (!isObject(assert)) return [];
    if (own(assert, 'type') === 'assert-set') return assertsOf(assert, config);
    return [makeAssertion(ownText(assert, 'type'), own(assert, 'value'))];
  });
}

/** `$ref: "#/assertionTemplates/polite"` is what stands there in the config. */
function referred(assert: unknown, config: Fields): unknown {
  const place = isObject(assert) ? ownText(assert, '$ref') : '';
  if (!place.startsWith('#/')) return assert;
  return place
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (isObject(value) ? own(value, key) : undefined), config);
}
