import { describe, expect, it } from 'vitest';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import { builtInTasks, generateBuiltIn } from '../../../src/data/built-in/index.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { solvers } from './solvers.ts';

const seeds = [1, 2];

function targetCounts({ examples }: Dataset): number[] {
  const counts = new Map<string, number>();
  for (const { target } of examples) counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts.values()];
}

describe.each(builtInTasks)('$id', ({ id, size, answerKind, hiddenConvention }) => {
  const datasets = seeds.map((seed) => generateBuiltIn(id, seed));
  const [dataset = generateBuiltIn(id, 1)] = datasets;

  it('agrees with its entry in the catalog', () => {
    expect(dataset.examples).toHaveLength(size);
    expect(dataset.metric.kind).toBe(answerKind);
    expect(dataset.facets?.some(({ kind }) => kind === 'convention')).toBe(hiddenConvention);
  });

  it('has the right answer for every example, worked out again from the text', () => {
    const solve = solvers[id];
    for (const { examples } of datasets) {
      for (const { input, target } of examples)
        expect(`${input} => ${solve(input)}`).toBe(`${input} => ${target}`);
    }
  });

  it('asks nothing twice', () => {
    for (const { examples } of datasets) {
      expect(new Set(examples.map(({ input }) => input)).size).toBe(examples.length);
    }
  });

  it('is the same for the same seed', () => {
    expect(generateBuiltIn(id, 1)).toEqual(dataset);
  });

  it('has every label equally often', () => {
    if (dataset.choices.length === 0) return;
    const counts = targetCounts(dataset);
    expect(counts).toHaveLength(dataset.choices.length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('spreads open answers, so that no single guess pays', () => {
    expect(Math.max(...targetCounts(dataset)) / size).toBeLessThanOrEqual(0.51);
  });

  it('reads its own targets as right and every slip as wrong', () => {
    const { metric, choices, needs, examples } = dataset;
    for (const { id: exampleId, target } of examples) {
      const slips = Object.values(needs?.[exampleId]?.slips ?? {});
      expect(slips.length).toBeGreaterThan(0);
      const isRight = (output: string): boolean => scoreAnswer({ output, target, metric, choices }).correct;
      expect(isRight(`Answer: ${target}`)).toBe(true);
      expect(slips.filter((slip) => isRight(`Answer: ${slip}`))).toEqual([]);
    }
  });

  it('needs every facet on a good share of the examples, and none on some', () => {
    const needs = Object.values(dataset.needs ?? {});
    for (const facet of dataset.facets ?? []) {
      const share = needs.filter((one) => one.needs.includes(facet.id)).length / size;
      expect(`${facet.id} ${share > 0.15 && share < 0.7}`).toBe(`${facet.id} true`);
    }
    expect(needs.some((one) => one.needs.length === 0)).toBe(true);
  });
});

describe('generateBuiltIn', () => {
  it('makes other examples for another seed', () => {
    const inputs = (seed: number): string[] =>
      generateBuiltIn('dates', seed).examples.map(({ input }) => input);
    expect(inputs(1)).not.toEqual(inputs(2));
  });

  it('says so when there is no such task', () => {
    expect(() => generateBuiltIn('chess', 1)).toThrow(/no built-in task "chess"/);
  });
});
