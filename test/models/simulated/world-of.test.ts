import { describe, expect, it } from 'vitest';
import type { Example, Metric } from '../../../src/core/types.ts';
import { generateBuiltIn } from '../../../src/data/built-in/index.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { worldOf } from '../../../src/models/simulated/world-of.ts';
import { rightAnswers, share, simulatedFor, stating } from './fixtures.ts';

function imported(
  metric: Metric,
  targetOf: (index: number) => string,
  choices: readonly string[] = [],
): Dataset {
  const examples: Example[] = Array.from({ length: 120 }, (_, index) => ({
    id: `row-${index}`,
    input: `Statement number ${index} about the harbour: is it well founded?`,
    target: targetOf(index),
  }));
  return {
    schemaVersion: 1,
    id: 'imported',
    name: 'Imported',
    description: '',
    source: { kind: 'pasted', format: 'csv' },
    metric,
    choices,
    examples,
    facets: null,
    needs: null,
    createdAt: 0,
  };
}

const datasets: readonly { name: string; dataset: Dataset }[] = [
  {
    name: 'labels',
    dataset: imported({ kind: 'label' }, (i) => ['true', 'false', 'mixed'][i % 3] ?? '', [
      'true',
      'false',
      'mixed',
    ]),
  },
  { name: 'bare labels 0 and 1', dataset: imported({ kind: 'exact' }, (i) => String(i % 2)) },
  {
    name: 'yes and no',
    dataset: imported({ kind: 'yes-no', labels: ['Yes', 'No'] }, (i) => (i % 3 ? 'Yes' : 'No'), [
      'Yes',
      'No',
    ]),
  },
  { name: 'numbers', dataset: imported({ kind: 'number' }, (i) => String(i * 7)) },
  {
    name: 'letters',
    dataset: imported({ kind: 'multiple-choice' }, (i) => ['(A)', '(B)', '(C)'][i % 3] ?? '', [
      '(A)',
      '(B)',
      '(C)',
    ]),
  },
  { name: 'lists', dataset: imported({ kind: 'list', ordered: true }, (i) => `alpha${i}, beta, gamma`) },
  { name: 'open answers', dataset: imported({ kind: 'exact', ignoreCase: true }, (i) => `Answer text ${i}`) },
];

describe.each(datasets)('the world of imported $name', ({ dataset }) => {
  const world = worldOf(dataset);

  it('has a format, steps and a convention', () => {
    expect(new Set(world.facets.map(({ kind }) => kind))).toEqual(new Set(['format', 'step', 'convention']));
  });

  it('has wrong answers that are wrong', () => {
    for (const { target, slips } of world.examples) expect(Object.values(slips)).not.toContain(target);
  });

  it('leaves much to gain for a better prompt', async () => {
    const model = simulatedFor(dataset);
    const plain = share(await rightAnswers(model, dataset, 'Answer the question.'));
    const complete = share(await rightAnswers(model, dataset, stating(world)));
    expect(plain).toBeGreaterThan(0.1);
    expect(plain).toBeLessThan(0.65);
    expect(complete).toBeGreaterThan(0.85);
  });

  it('is the same every time', () => {
    expect(worldOf(dataset)).toEqual(world);
  });
});

describe('the world of an edited built-in task', () => {
  it('keeps what was declared and lets added examples need nothing', () => {
    const dataset = generateBuiltIn('navigate', 1);
    const added = { id: 'mine', input: 'Nobody moves. Is anybody back?', target: 'Yes' };
    const { examples, facets } = worldOf({ ...dataset, examples: [...dataset.examples, added] });
    expect(facets).toBe(dataset.facets);
    expect(examples.at(-1)).toEqual({ input: added.input, target: 'Yes', needs: [], slips: { '': 'No' } });
  });
});
