/** An answer in JSON, compared field by field: the weighted share of the expected fields that are right. */
import { sum } from '../../arithmetic.ts';
import { linesOf, type Segment } from '../answer-segment.ts';
import { normalizeSpaces } from '../normalize-text.ts';
import type { AnswerRule } from './answer-rule.ts';

export type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null for what is no object. */
export function parseFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Where the object that opens at `start` ends; braces within strings do not count. */
function closingAt(text: string, start: number): number {
  let depth = 0;
  let isString = false;
  for (let i = start; i < text.length; i += 1) {
    const character = text[i];
    if (isString && character === '\\') i += 1;
    else if (character === '"') isString = !isString;
    else if (!isString && character === '{') depth += 1;
    else if (!isString && character === '}') depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}

/** A reply with many braces is not searched to its end. */
const mostTries = 50;

/** The last object that the text holds as a whole; an inner one does not count. */
function lastObject(text: string): string | null {
  let found: string | null = null;
  let from = 0;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const start = text.indexOf('{', from);
    if (start < 0) break;
    const end = closingAt(text, start);
    const candidate = end < 0 ? '' : text.slice(start, end + 1);
    const isJson = parseFields(candidate) !== null;
    if (isJson) found = candidate;
    from = isJson ? end + 1 : start + 1;
  }
  return found;
}

function readObject({ lines }: Segment): string | null {
  const text = linesOf(lines.join('\n')).join('\n');
  return parseFields(text) === null ? lastObject(text) : text;
}

/** "address.city": fields within fields; a field that has the dot in its name comes first. */
export function valueAt(fields: Fields, path: string): unknown {
  if (Object.hasOwn(fields, path)) return fields[path];
  const dot = path.indexOf('.');
  const inner = dot < 0 ? undefined : ownValue(fields, path.slice(0, dot));
  return isObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

function ownValue(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

type Same = (a: unknown, b: unknown) => boolean;

/** Texts without surrounding white space, numbers also where one is written as a text; lists in order. */
function sameBy(ignoreCase: boolean): Same {
  const form = (value: string | number | boolean): string => {
    const text = normalizeSpaces(String(value));
    return ignoreCase ? text.toLowerCase() : text;
  };
  const isPlain = (value: unknown): value is string | number | boolean =>
    ['string', 'number', 'boolean'].includes(typeof value);
  const same: Same = (a, b) => {
    if (isPlain(a) && isPlain(b)) return form(a) === form(b);
    if (Array.isArray(a) && Array.isArray(b))
      return a.length === b.length && a.every((item, index) => same(item, b[index]));
    if (!isObject(a) || !isObject(b)) return a === b;
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => same(ownValue(a, name), ownValue(b, name)))
    );
  };
  return same;
}

interface JsonOptions {
  /** Weight by the name of a field, "a.b" for a field within one; left out: every field of the target alike. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly ignoreCase?: boolean;
}

/** Only fields of the target count; what the answer says beyond them is no fault. */
export function jsonRule({ weights, ignoreCase = false }: JsonOptions): AnswerRule {
  const same = sameBy(ignoreCase);
  return {
    from: 'line',
    mayLead: false,
    read: readObject,
    grade(answer, target) {
      const [given, expected] = [parseFields(answer) ?? {}, parseFields(target)];
      if (expected === null) return null;
      const all = Object.entries(
        weights ?? Object.fromEntries(Object.keys(expected).map((name) => [name, 1])),
      );
      const asked = all.filter(([path, weight]) => weight > 0 && valueAt(expected, path) !== undefined);
      const total = sum(asked.map(([, weight]) => weight));
      const right = asked.filter(([path]) => same(valueAt(given, path), valueAt(expected, path)));
      if (right.length === asked.length) return asked.length === 0 ? null : 1; // sums of shares need not come to 1
      return sum(right.map(([, weight]) => weight)) / total;
    },
  };
}
