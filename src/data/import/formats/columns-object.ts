/** An object of columns: `{"input": […], "target": […]}`, and pandas' `{"input": {"0": …}, "target": {"0": …}}`. */
import { isKnownName } from '../columns.ts';
import { invalidData } from '../failures.ts';
import type { Format, RawTable } from '../raw-table.ts';
import { TableBuilder } from './records.ts';
import { isObject, own, ownList } from './values.ts';

/** pandas' `orient="split"`: the names once, and the rows as lists. Null when the object is something else. */
export function readSplit(
  file: string,
  object: Readonly<Record<string, unknown>>,
  format: Format,
): RawTable | null {
  const [names, rows] = [ownList(object, 'columns'), ownList(object, 'data')];
  if (names === null || rows === null || !names.every((name) => typeof name === 'string')) return null;
  if (names.length === 0 || !rows.every(Array.isArray)) return null;
  const builder = new TableBuilder(file);
  rows.forEach((row: readonly unknown[], index) => {
    builder.add(
      index + 1,
      names.map((name, column) => [name, row[column]] as const),
    );
  });
  return builder.table(format, {});
}

/** Null when the object is something else. */
export function readColumns(
  file: string,
  object: Readonly<Record<string, unknown>>,
  format: Format,
): RawTable | null {
  const isNamed = Object.keys(object).filter((name) => isKnownName(name)).length > 1;
  const names = Object.keys(object).filter((name) => columnOf(own(object, name), isNamed) !== null);
  if (names.length < 2) return null;
  const columns = names.map((name) => columnOf(own(object, name), isNamed) ?? []);
  const length = Math.max(...columns.map((column) => column.length));
  const short = columns.findIndex((column) => column.length !== length);
  if (short >= 0) {
    const field = names[short] ?? '';
    const found = columns[short]?.length ?? 0;
    throw invalidData(
      file,
      `has columns of different lengths: “${field}” ends after row ${found}, the longest has ${length}. Expected one value per example in each.`,
      { row: found + 1, field },
    );
  }
  const builder = new TableBuilder(file);
  for (let row = 0; row < length; row += 1) {
    builder.add(
      row + 1,
      names.map((name, index) => [name, columns[index]?.[row]] as const),
    );
  }
  return builder.table(format, {});
}

/** @param isNamed the object's keys are columns for sure: then its rows may have any names ("r1") */
function columnOf(value: unknown, isNamed: boolean): readonly unknown[] | null {
  if (Array.isArray(value)) return value.length > 0 && !value.every(isObject) ? value : null;
  if (!isObject(value)) return null;
  const keys = Object.keys(value);
  const counted =
    keys.length > 0 &&
    (keys.every((key) => /^\d+$/.test(key)) || (isNamed && !keys.some((key) => isKnownName(key)))) &&
    !Object.values(value).some(isObject);
  return counted ? Object.values(value) : null;
}
