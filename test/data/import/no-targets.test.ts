import { describe, expect, it } from 'vitest';
import { simulatedSetup } from '../../../bench/simulated-setup.ts';
import { buildDataset } from '../../../src/data/import/build-dataset.ts';
import type { Mapping } from '../../../src/data/import/mapping.ts';
import { readTable } from '../../../src/data/import/read-table.ts';
import { editDataset, noEdits, withRow } from '../../../src/data/edit-dataset.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { finish } from '../../fixtures/collect.ts';
import { fileOf } from './help.ts';

const mapping: Mapping = {
  input: '{{text}}',
  target: null,
  alternatives: null,
  options: [],
  id: null,
  targetAfter: null,
};

async function unlabelled(count: number): Promise<Dataset> {
  const rows = Array.from({ length: count }, (_, n) => `Review number ${n},note`).join('\n');
  const table = await readTable(fileOf('reviews.csv', `text,note\n${rows}\n`));
  const source = { kind: 'file', name: 'reviews.csv', format: 'csv' } as const;
  const named = { id: 'd', name: 'Reviews', createdAt: 0, source, onProblem: 'stop' } as const;
  return buildDataset(table, mapping, named).dataset;
}

describe('rows without right answers', () => {
  it('are examples that are scored by how far answers agree', async () => {
    const dataset = await unlabelled(3);
    expect(dataset.examples.map(({ input, target }) => [input, target])).toEqual([
      ['Review number 0', ''],
      ['Review number 1', ''],
      ['Review number 2', ''],
    ]);
    expect(dataset).toMatchObject({ metric: { kind: 'self-consistency', samples: 5 }, choices: [] });
  });

  it('are edited without an answer, and need one again under a metric that compares', async () => {
    const dataset = await unlabelled(1);
    const values = { input: 'New', target: '', alternatives: [], fields: {} };
    const edits = withRow(noEdits, null, values);
    const made = { id: 'e', createdAt: 1 };
    expect(editDataset(dataset, edits, made).examples).toHaveLength(2);
    expect(() => editDataset({ ...dataset, metric: { kind: 'exact' } }, edits, made)).toThrow(
      'needs an input and an expected answer',
    );
  });

  it('are enough for a run', async () => {
    const budget = { calls: 600, tokens: null, minutes: null };
    const dataset = await unlabelled(60);
    const { report } = await finish(simulatedSetup({ dataset, seed: 1, method: 'dual-phase', budget }));
    expect(report.validation.examples).toBeGreaterThan(0);
    expect(report.evaluations.startValidation.accuracy).toBeGreaterThan(0);
  });
});
