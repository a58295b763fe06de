/**
 * Records that hold their examples one or more levels down: SQuAD's questions within paragraphs within articles,
 * tasks with a list of instances. Each example becomes a record with what stands around it.
 */
import { INPUT_NAMES, TARGET_NAMES, normalizeName } from '../columns.ts';
import type { NumberedValue } from './records.ts';
import { isObject } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Articles, paragraphs, questions; no file goes deeper. */
const MAX_DEPTH = 4;

/** Whether a record has an input and an answer of its own, going by their names. */
export function isPair(value: unknown): value is Fields {
  if (!isObject(value)) return false;
  const names = Object.keys(value).map(normalizeName);
  return [INPUT_NAMES, TARGET_NAMES].every((known) => names.some((name) => known.includes(name)));
}

/** The same records where most of them are no such nests; otherwise their examples, counted through. */
export function unnested(records: readonly NumberedValue[]): readonly NumberedValue[] {
  const nests = records.filter(({ value }) => !isPair(value) && pairsIn(value, 1).length > 0).length;
  if (nests * 2 < records.length || nests === 0) return records;
  const values = records.flatMap(({ value }) => {
    const pairs = pairsIn(value, 1);
    return pairs.length > 0 ? pairs : [value];
  });
  return values.map((value, index) => ({ number: index + 1, value }));
}

/** The pairs in the first list that has some, with the fields around them. */
function pairsIn(value: unknown, depth: number): Fields[] {
  if (isPair(value)) return [value];
  if (!isObject(value) || depth > MAX_DEPTH) return [];
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(inner)) continue;
    const pairs = inner.flatMap((item: unknown) => pairsIn(item, depth + 1));
    if (pairs.length === 0) continue;
    const { [name]: _, ...around } = value;
    return pairs.map((pair) => ({ ...around, ...pair }));
  }
  return [];
}
