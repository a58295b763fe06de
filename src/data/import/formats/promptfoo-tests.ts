/** The tests of a promptfoo config, written out: scenarios and lists of values stand for several tests each. */
import { isObject, own, ownList } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Tests that one test may stand for; more is a mistake, or too much to look at. */
const MOST = 1000;

/** All tests of a config: its own, and every test of a scenario with every one of its configurations. */
export function testsOf(config: Fields): readonly unknown[] {
  return [
    ...(ownList(config, 'tests') ?? []),
    ...(ownList(config, 'scenarios') ?? []).flatMap(scenarioTests),
  ];
}

function scenarioTests(scenario: unknown): unknown[] {
  if (!isObject(scenario)) return [];
  const configs = ownList(scenario, 'config') ?? [{}];
  const tests = ownList(scenario, 'tests') ?? [{}];
  return configs.flatMap((config) => tests.map((test) => joined(config, test)));
}

function joined(config: unknown, test: unknown): unknown {
  if (!isObject(config) || !isObject(test)) return test;
  const asserts = [...(ownList(config, 'assert') ?? []), ...(ownList(test, 'assert') ?? [])];
  return { ...config, ...test, vars: { ...varsOf(config), ...varsOf(test) }, assert: asserts };
}

export function varsOf(test: unknown): Fields {
  const vars = isObject(test) ? own(test, 'vars') : undefined;
  return isObject(vars) ? vars : {};
}

/** Every combination of the values where variables have lists of them; the test alone when they make too many. */
export function combinations(vars: Fields): readonly Fields[] {
  let all: Fields[] = [{}];
  for (const [name, value] of Object.entries(vars)) {
    const values: readonly unknown[] = Array.isArray(value) && !value.some(isObject) ? value : [value];
    if (all.length * values.length > MOST) return [vars];
    all = all.flatMap((one) => values.map((each) => ({ ...one, [name]: each })));
  }
  return all;
}
