/** Answers of the Hugging Face rows API: `{"features": […], "rows": [{"row_idx": 0, "row": {…}}]}`. */
import type { RawTable } from '../raw-table.ts';
import { tableFromRecords } from './records.ts';
import { isObject, own, ownList, ownText } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

export function isHuggingFaceRows(object: Fields): boolean {
  const rows = ownList(object, 'rows');
  return rows?.some((entry) => isObject(entry) && isObject(own(entry, 'row'))) ?? false;
}

export function readHuggingFaceRows(file: string, object: Fields): RawTable {
  const labels = labelNames(ownList(object, 'features') ?? []);
  const records = (ownList(object, 'rows') ?? []).map((entry, index) => {
    const row = isObject(entry) ? own(entry, 'row') : undefined;
    const position = isObject(entry) ? own(entry, 'row_idx') : undefined;
    return {
      number: (typeof position === 'number' ? position : index) + 1,
      value: isObject(row) ? withLabelNames(row, labels) : row,
    };
  });
  return tableFromRecords(file, 'huggingface', records);
}

/** Names of class labels, by column: the rows hold their numbers only. */
function labelNames(features: readonly unknown[]): Map<string, readonly unknown[]> {
  const labels = new Map<string, readonly unknown[]>();
  for (const feature of features) {
    const type = isObject(feature) ? own(feature, 'type') : undefined;
    const names = isObject(type) ? ownList(type, 'names') : null;
    if (isObject(feature) && names !== null) labels.set(ownText(feature, 'name'), names);
  }
  return labels;
}

function withLabelNames(row: Fields, labels: ReadonlyMap<string, readonly unknown[]>): Fields {
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => {
    const label = typeof value === 'number' ? labels.get(name)?.[value] : undefined;
    return [name, label ?? value];
  });
  return Object.fromEntries(entries);
}
