/** An edited dataset is a new one: runs keep the version they were made with. */
import { AppError } from '../core/errors.ts';
import type { Example } from '../core/types.ts';
import { needsTargets, type Dataset } from './dataset.ts';

export interface RowValues {
  readonly input: string;
  readonly target: string;
  readonly alternatives: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
}

export interface DatasetEdits {
  /** New values by the id of the example. */
  readonly changed: ReadonlyMap<string, RowValues>;
  readonly removed: ReadonlySet<string>;
  readonly added: readonly RowValues[];
}

export const noEdits: DatasetEdits = { changed: new Map(), removed: new Set(), added: [] };

/** The key of an added row: its place; those of the dataset's rows are their ids. */
export function addedKey(index: number): string {
  return `+${index}`;
}

/** @param key null: a new row, which comes first */
export function withRow(edits: DatasetEdits, key: string | null, values: RowValues): DatasetEdits {
  const { added } = edits;
  if (key === null) return { ...edits, added: [values, ...added] };
  const place = added.findIndex((_, index) => addedKey(index) === key);
  if (place >= 0) return { ...edits, added: added.with(place, values) };
  return { ...edits, changed: new Map([...edits.changed, [key, values]]) };
}

/** Deletes a row, or takes an added one back. */
export function withoutRow(edits: DatasetEdits, key: string): DatasetEdits {
  const added = edits.added.filter((_, index) => addedKey(index) !== key);
  if (added.length < edits.added.length) return { ...edits, added };
  return { ...edits, removed: new Set([...edits.removed, key]) };
}

export function withRestored(edits: DatasetEdits, key: string): DatasetEdits {
  return { ...edits, removed: new Set([...edits.removed].filter((other) => other !== key)) };
}

/** “Reviews” → “Reviews (version 2)” → “Reviews (version 3)” */
export function nextVersionName(name: string): string {
  const known = /^(.*) \(version (\d{1,6})\)$/.exec(name);
  return known ? `${known[1] ?? ''} (version ${Number(known[2]) + 1})` : `${name} (version 2)`;
}

function exampleOf(
  id: string,
  { input, target, alternatives, fields }: RowValues,
  needsTarget: boolean,
): Example {
  if (input.trim() === '' || (needsTarget && target.trim() === ''))
    throw new AppError('invalid-data', 'An example needs an input and an expected answer.');
  return {
    id,
    input,
    target,
    ...(alternatives.length > 0 ? { alternatives } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}

/** Ids name the version that the rows were added in: no other has the same. */
function addedExamples(added: readonly RowValues[], version: string, needsTarget: boolean): Example[] {
  return added.map((values, index) => exampleOf(`${version}-${index + 1}`, values, needsTarget));
}

/** Labels stay a closed set: a new one among the answers joins it. */
function choicesWith({ metric, choices }: Dataset, edited: readonly Example[]): readonly string[] {
  if (metric.kind !== 'label' || choices.length === 0) return choices;
  return [...new Set([...choices, ...edited.map(({ target }) => target)])];
}

/**
 * @param made id and time (milliseconds since 1970) of the new version
 * @throws AppError `invalid-data` when a row lacks its input or answer, or no row is left
 */
export function editDataset(
  dataset: Dataset,
  { changed, removed, added }: DatasetEdits,
  made: { readonly id: string; readonly createdAt: number },
): Dataset {
  const needsTarget = needsTargets(dataset.metric);
  const kept = dataset.examples.filter(({ id }) => !removed.has(id));
  const edited = kept.map((example) => {
    const values = changed.get(example.id);
    return values === undefined ? example : exampleOf(example.id, values, needsTarget);
  });
  const fresh = addedExamples(added, made.id, needsTarget);
  const examples = [...edited, ...fresh];
  if (examples.length === 0) throw new AppError('invalid-data', 'A dataset needs at least one example.');
  const needs = Object.entries(dataset.needs ?? {}).filter(([id]) => !changed.has(id) && !removed.has(id));
  return {
    ...dataset,
    ...made,
    name: nextVersionName(dataset.name),
    source: { kind: 'edited', from: dataset.id },
    choices: choicesWith(dataset, [...edited.filter(({ id }) => changed.has(id)), ...fresh]),
    examples,
    needs: dataset.needs === null ? null : Object.fromEntries(needs),
  };
}
