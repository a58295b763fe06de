/** A file in parts: one list of examples among other things, or one for each split. */
import { isKnownName } from '../columns.ts';
import type { Format, RawTable } from '../raw-table.ts';
import { isPair } from './nested-records.ts';
import { numbered, tableFromRecords } from './records.ts';
import { isObject, own, ownList, ownText } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;
type ReadRecords = (file: string, records: readonly unknown[], format: Format) => RawTable;

interface Part {
  readonly name: string;
  readonly list: readonly unknown[];
}

const SPLIT = /^(?:train|dev|val|test|eval|oos|held)/i;

/** Null when the object has no list of examples. */
export function readParts(
  file: string,
  object: Fields,
  format: Format,
  readRecords: ReadRecords,
): RawTable | null {
  const parts = partsOf(object);
  const [first] = parts;
  if (first === undefined) return null;
  const description = descriptionOf(object);
  if (parts.length > 1 && areSplits(parts)) {
    const records = parts.flatMap(({ name, list }) => list.map((value) => withSplit(value, name)));
    return tableFromRecords(file, format, numbered(records), { description });
  }
  const main = parts.toSorted((a, b) => pairsIn(b) - pairsIn(a) || b.list.length - a.list.length)[0] ?? first;
  return { ...readRecords(file, main.list, format), description };
}

/** What the file says about its task. */
export function descriptionOf(object: Fields): string {
  const [definition] = ownList(object, 'Definition') ?? [];
  const said = typeof definition === 'string' ? definition : ownText(object, 'Definition');
  return ownText(object, 'description') || ownText(object, 'task') || said;
}

/** Lists of objects; or else, when all lists hold pairs of texts, these with names for their two sides. */
function partsOf(object: Fields): Part[] {
  const lists = Object.entries(object).flatMap(([name, value]): Part[] =>
    Array.isArray(value) && value.length > 0 ? [{ name, list: value }] : [],
  );
  const parts = lists.filter(({ list }) => list.some(isObject));
  const arePairs = lists.every(({ name, list }) => list.every(isTextPair) && !isKnownName(name));
  if (parts.length > 0 || !arePairs) return parts;
  return lists.map(({ name, list }) => ({ name, list: list.map(fromPair) }));
}

function isTextPair(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'string');
}

function fromPair(pair: unknown): Fields {
  return isTextPair(pair) ? { input: pair[0], target: pair[1] } : {};
}

/** Called like splits, or all of the same fields; not examples beside counterexamples. */
function areSplits(parts: readonly Part[]): boolean {
  const fields = parts.map(({ list }) =>
    Object.keys(list.find(isObject) ?? {})
      .sort()
      .join('\n'),
  );
  return parts.every(({ name }) => SPLIT.test(name)) || new Set(fields).size === 1;
}

function withSplit(value: unknown, name: string): unknown {
  return isObject(value) ? { ...value, split: own(value, 'split') ?? name } : value;
}

function pairsIn({ list }: Part): number {
  return list.filter(isPair).length;
}
