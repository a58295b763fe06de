import { describe, expect, it } from 'vitest';
import {
  editDataset,
  nextVersionName,
  noEdits,
  withoutRow,
  withRestored,
  withRow,
  type DatasetEdits,
} from '../../src/data/edit-dataset.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import { worldOf } from '../../src/models/simulated/world-of.ts';

const dataset = generateBuiltIn('dates', 1);
const [first, second, third] = dataset.examples;
const made = { id: 'new', createdAt: 7 };
const values = { input: 'When?', target: '(A)', alternatives: [], fields: {} };
const edit = (edits: DatasetEdits) => editDataset(dataset, edits, made);
if (!first || !second || !third) throw new Error('the built-in task has examples');

describe('an edited dataset', () => {
  it('is a new one that names the old; the old one is as it was', () => {
    const before = structuredClone(dataset);
    const edited = edit(withRow(noEdits, first.id, values));
    expect(edited).toMatchObject({ id: 'new', createdAt: 7, source: { kind: 'edited', from: dataset.id } });
    expect(edited.name).toBe('Dates (version 2)');
    expect(dataset).toEqual(before);
  });

  it('has changed rows in their place, deleted ones gone, added ones at the end', () => {
    const edits = withRow(withoutRow(withRow(noEdits, first.id, values), second.id), null, {
      ...values,
      input: 'New?',
    });
    const { examples } = edit(edits);
    expect(examples).toHaveLength(dataset.examples.length);
    expect(examples[0]).toEqual({ id: first.id, input: 'When?', target: '(A)' });
    expect(examples[1]).toEqual(third);
    expect(examples.at(-1)).toMatchObject({ input: 'New?', target: '(A)' });
    expect(new Set(examples.map(({ id }) => id)).size).toBe(examples.length);
  });

  it('gives two equal added rows ids of their own', () => {
    const { examples } = editDataset(
      { ...dataset, examples: [] },
      withRow(withRow(noEdits, null, values), null, values),
      made,
    );
    expect(new Set(examples.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps a row that was deleted and taken back', () => {
    expect(edit(withRestored(withoutRow(noEdits, first.id), first.id)).examples).toEqual(dataset.examples);
  });

  it('forgets an added row that is deleted again', () => {
    expect(withoutRow(withRow(noEdits, null, values), '+0')).toEqual(noEdits);
  });

  it('can still be played by the simulated model', () => {
    const world = worldOf(edit(withRow(withRow(noEdits, first.id, values), null, values)));
    expect(world.examples).toHaveLength(dataset.examples.length + 1);
  });

  it('takes a new label into the closed set', () => {
    const labelled = { ...dataset, metric: { kind: 'label' } as const, choices: ['a', 'b'] };
    const edits = withRow(noEdits, first.id, { ...values, target: 'c' });
    expect(editDataset(labelled, edits, made).choices).toEqual(['a', 'b', 'c']);
  });

  it('is refused without an answer or without rows', () => {
    expect(() => edit(withRow(noEdits, first.id, { ...values, target: ' ' }))).toThrow(/needs an input and/);
    const all = dataset.examples.reduce((edits, { id }) => withoutRow(edits, id), noEdits);
    expect(() => edit(all)).toThrow(/at least one example/);
  });

  it('counts its versions', () => {
    expect(['A', 'A (version 2)', 'A (version x)'].map(nextVersionName)).toEqual([
      'A (version 2)',
      'A (version 3)',
      'A (version x) (version 2)',
    ]);
  });
});
