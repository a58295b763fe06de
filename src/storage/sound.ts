/**
 * What is read back is checked, field by field: a disk, an extension or a broken update may have damaged it. In a list
 * a damaged record is left out, so that the others stay within reach; asked for by name, it is refused in words.
 */
import * as v from 'valibot';
import { AppError } from '../core/errors.ts';
export function soundOnly<T>(schema: v.GenericSchema, records: readonly T[]): T[] {
  return records.filter((record) => v.is(schema, record));
}

/** @throws AppError `record-damaged` that names the place */
export function sound<T>(schema: v.GenericSchema, record: T, what: string): T {
  const [issue] = v.safeParse(schema, record, { abortEarly: true }).issues ?? [];
  if (!issue) return record;
  const place = v.getDotPath(issue);
  const where = place === null ? '' : ` at ${place}`;
  throw new AppError('record-damaged', `What is stored of ${what} is damaged${where}.`, {
    ...(place !== null && { place: { field: place } }),
  });
}
