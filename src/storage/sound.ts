/**
 * What is read back is checked, field by field: a disk, an extension or a broken update may have damaged it. In a list
 * a damaged record is left out, so that the others stay within reach; asked for by name, it is refused in words.
 * The schemas only check: fields that they do not know stay.
 */
import * as v from 'valibot';
import { AppError } from '../core/errors.ts';
import { count, finite, metric, strings, text } from './run-file/common-schemas.ts';
import { datasetSource } from './run-file/record-schemas.ts';

export const datasetHead = v.looseObject({
  schemaVersion: v.literal(1),
  id: text,
  name: text,
  description: text,
  source: datasetSource,
  metric,
  choices: strings,
  createdAt: finite,
  size: count,
});

/** Before its pieces are put together. */
export const exampleChunk = v.looseObject({
  examples: v.array(v.unknown()),
  needs: v.nullable(v.looseObject({})),
});

/** The design is checked by the Lab when the experiment is started; this is what a list shows. */
export const experimentRecord = v.looseObject({
  schemaVersion: v.literal(1),
  id: text,
  status: text,
  createdAt: finite,
  updatedAt: finite,
  done: count,
  config: v.looseObject({
    design: v.looseObject({ tasks: v.array(v.looseObject({ id: text })) }),
    model: v.looseObject({ engine: text }),
  }),
});

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
