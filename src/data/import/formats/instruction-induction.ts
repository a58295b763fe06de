/**
 * Instruction-induction tasks (Honovich et al. 2022): `examples` keyed by number, sometimes with a list of further
 * right answers. Some tasks name their two sides by the task ("informal", "formal").
 */
import type { RawTable } from '../raw-table.ts';
import { tableFromRecords } from './records.ts';
import { isObject, own, ownList, ownText } from './values.ts';

export function isInstructionInduction(object: Readonly<Record<string, unknown>>): boolean {
  const examples = own(object, 'examples');
  return isObject(examples) && Object.values(examples).some(isObject);
}

export function readInstructionInduction(file: string, object: Readonly<Record<string, unknown>>): RawTable {
  const examples = own(object, 'examples');
  const entries = isObject(examples) ? Object.entries(examples) : [];
  // The key is the row people look for in the file; where keys are no numbers, the position is.
  const counted = entries.every(([key]) => /^[1-9]\d{0,8}$/.test(key));
  const records = entries.map(([key, value], index) => ({
    number: counted ? Number(key) : index + 1,
    value: withOutput(value),
  }));
  return tableFromRecords(file, 'instruction-induction', records, { description: descriptionOf(object) });
}

/** Some tasks give the list of right outputs alone: then the first of them is the answer. */
function withOutput(value: unknown): unknown {
  if (!isObject(value) || own(value, 'output') !== undefined) return value;
  const [first] = ownList(value, 'possible_outputs') ?? [];
  return first === undefined ? value : { ...value, output: first };
}

function descriptionOf(object: Readonly<Record<string, unknown>>): string {
  const metadata = own(object, 'metadata');
  return ownText(object, 'description') || (isObject(metadata) ? ownText(metadata, 'description') : '');
}
