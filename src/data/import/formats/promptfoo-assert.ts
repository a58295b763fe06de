/**
 * promptfoo's assertions as expected answers. What names an answer (`equals`, `contains` and their kin, `similar`,
 * `factuality`) becomes the target; what only constrains the answer (`latency`, `not-…`, `is-json`) is left out with
 * a note; a row with nothing else cannot be scored here and is a problem.
 */
import type { Metric } from '../../../core/types.ts';
import { textsOf } from './values.ts';

export interface Assertion {
  readonly type: string;
  readonly values: readonly string[];
}

export interface Expectation {
  readonly target: string;
  readonly alternatives: readonly string[];
  readonly type: string;
  /** Assertions of the row that are not used. */
  readonly ignored: number;
}

const NAMING = [
  'equals',
  'contains',
  'icontains',
  'contains-any',
  'icontains-any',
  'contains-all',
  'icontains-all',
  'starts-with',
  'regex',
  'similar',
  'factuality',
  'rouge-n',
  'levenshtein',
];
const MULTIPLE = new Set(['contains-any', 'icontains-any', 'contains-all', 'icontains-all']);
const CALL = /^([a-z][a-z-]*)(?:\([^)]*\))?:\s*([^]*)$/;
/** Assertions that need no value, as in the cell `is-json`. */
const ALONE = /^(not-)?(is-[a-z-]+|contains-json|latency|cost)(\([^)]*\))?$/;
const OTHER_TYPES =
  /^(not-|is-|javascript$|python$|llm-rubric$|contains-|icontains-|cost$|latency$|fn$|eval$|grade$|webhook$|perplexity|model-graded|context-|answer-relevance$|moderation$|g-eval$|bleu$|meteor$|gleu$|select-best$|trace-|guardrails$|file$|word-count$|pi$|classifier$)/;

/** An assertion as it stands in a cell: `contains: x`, `similar(0.8): y`, or a bare value, which means `equals`. */
export function parseAssertion(cell: string): Assertion {
  const call = CALL.exec(cell.trim());
  const type = call?.[1] ?? (ALONE.test(cell.trim()) ? cell.trim() : '');
  const value = call?.[2] ?? '';
  if (!NAMING.includes(type) && !OTHER_TYPES.test(type)) return { type: 'equals', values: [cell.trim()] };
  return makeAssertion(type, MULTIPLE.has(type) ? splitList(value) : [value.trim()]);
}

/** An assertion as it stands in a test: `{ type, value }`. */
export function makeAssertion(type: string, value: unknown): Assertion {
  const values = MULTIPLE.has(type) && typeof value === 'string' ? splitList(value) : textsOf(value);
  return { type, values };
}

/** Commas part the items; an item in quotation marks may contain some. */
function splitList(text: string): string[] {
  const items = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
  return items
    .map((item) => item.trim().replace(/^"([^]*)"$/, (_, inner: string) => inner.replaceAll('""', '"')))
    .filter((item) => item !== '');
}

/** The row's target, or a sentence that says why there is none. */
export function expectationOf(assertions: readonly Assertion[]): Expectation | string {
  if (assertions.length === 0)
    return 'No expected answer. Expected an assertion such as “equals” or “contains”, or a bare value.';
  const naming = assertions.find(
    ({ type, values }) => NAMING.includes(type) && values.some((value) => value !== ''),
  );
  if (naming === undefined) {
    const types = assertions.map(({ type }) => type).join(', ');
    return `The assertion ${types} names no expected answer. Expected equals, contains, contains-any, starts-with or similar.`;
  }
  const [target = '', ...alternatives] = naming.values;
  return { target, alternatives, type: naming.type, ignored: assertions.length - 1 };
}

/** Assertions that say in words what a good answer is. */
const RUBRICS = ['llm-rubric', 'grade', 'g-eval', 'model-graded-closedqa'];

/** How tests without right answers are scored: by a judge, where all of them give it the same words. */
export function commonRubric(tests: readonly (readonly Assertion[])[]): {
  metric: Metric | null;
  notes: string[];
} {
  const [first, ...others] = new Set(
    tests.map((assertions) => assertions.find(({ type }) => RUBRICS.includes(type))?.values.join('\n') ?? ''),
  );
  const rubric = others.length === 0 && first !== undefined && !first.includes('{{') ? first : '';
  const notes = ['No test names a right answer: the variables are the inputs, and assertions are left out.'];
  return rubric === ''
    ? { metric: null, notes }
    : {
        metric: { kind: 'judge', rubric },
        notes: ['No test names a right answer: a judge goes by their rubric.'],
      };
}

/** Variables that only hold answers: `equals: "{{expected}}"`. */
export function answerVariables(assertions: readonly Assertion[]): string[] {
  const naming = assertions.filter(({ type }) => NAMING.includes(type));
  return naming.flatMap(({ values }) =>
    values.flatMap((value) => /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(value)?.[1] ?? []),
  );
}

/** What a kind of assertion says alone is kept when all rows have it. */
const SAME: Readonly<Record<string, Metric>> = {
  'starts-with': { kind: 'starts-with' },
  regex: { kind: 'regex' },
  'contains-all': { kind: 'contains', all: true },
  'icontains-all': { kind: 'contains', all: true, ignoreCase: true },
};

/** How all rows are compared, when they agree on something looser than being equal. */
export function commonMetric(expectations: readonly Expectation[]): {
  metric: Metric | null;
  notes: string[];
} {
  const types = new Set(expectations.map(({ type }) => type));
  const [only = ''] = types;
  const same = types.size === 1 ? SAME[only] : undefined;
  const inside = [...types].filter((type) => type.includes('contains') || type === 'starts-with');
  const soft = [...types].filter(
    (type) => same === undefined && !type.includes('contains') && type !== 'equals',
  );
  const ignored = expectations.reduce((sum, expectation) => sum + expectation.ignored, 0);
  const notes: string[] = [];
  if (ignored > 0)
    notes.push(
      `${ignored} further assertions are not used: each row is scored by the first that names an answer.`,
    );
  if (soft.length > 0) notes.push(`Assertions of the kind ${soft.join(', ')} are scored by comparing texts.`);
  if (inside.length > 0 && inside.length < types.size) {
    notes.push(
      'Some rows ask for an equal answer, some for one that contains the text; all are scored as “contains”.',
    );
  }
  if (same !== undefined) return { metric: same, notes };
  if (inside.some((type) => type.endsWith('-all')))
    notes.push('Rows that ask for all of several texts are scored as if one of them were enough.');
  if (inside.length === 0) return { metric: null, notes };
  const ignoreCase = inside.some((type) => type.startsWith('icontains'));
  return { metric: ignoreCase ? { kind: 'contains', ignoreCase } : { kind: 'contains' }, notes };
}
