import { describe, expect, it } from 'vitest';
import { axisOf, cellsOf, checkDesign, type ExperimentDesign } from '../../../src/core/lab/design.ts';
import { explain } from '../../../src/core/lab/explain.ts';
import { fairness, variantInWords } from '../../../src/core/lab/fairness.ts';
import type { CellResult } from '../../../src/core/lab/result.ts';
import {
  comparable,
  comparisonsOf,
  curveOf,
  estimate,
  gridOf,
  standingsOf,
} from '../../../src/core/lab/statistics.ts';
import { labPresets } from '../../../src/core/lab/presets.ts';
import { unlimited } from '../../../src/core/run/meter.ts';

const design: ExperimentDesign = {
  title: 'T',
  question: 'Q',
  tasks: [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ],
  variants: [
    { id: 'x', title: 'X', method: 'dual-phase', options: {}, start: 'own' },
    { id: 'y', title: 'Y', method: 'ape', options: {}, start: 'own' },
  ],
  seeds: [1, 2],
  budget: { ...unlimited, calls: 100 },
};

/** A run that reaches each accuracy at the given number of calls. */
function run(
  variant: string,
  task: string,
  seed: number,
  points: readonly (readonly [calls: number, accuracy: number])[],
): CellResult {
  const amounts = (calls: number) => ({ calls, tokens: calls * 10, minutes: calls / 100 });
  return {
    key: `${task}~${variant}~${seed}`,
    task,
    variant,
    seed,
    points: points.map(([calls, accuracy]) => ({ ...amounts(calls), accuracy })),
    spent: amounts(90),
    steps: seed,
    stopReason: 'budget',
    prompt: 'P',
    testExamples: 10,
  };
}

const results = [
  run('x', 'a', 1, [
    [10, 0.4],
    [50, 0.8],
  ]),
  run('x', 'a', 2, [[10, 0.6]]),
  run('x', 'b', 1, [[20, 0.5]]),
  run('x', 'b', 2, [[20, 0.7]]),
  run('y', 'a', 1, [[30, 0.2]]),
  run('y', 'a', 2, [[30, 0.6]]),
  run('y', 'b', 1, []),
  run('y', 'b', 2, [[60, 0.8]]),
];
const of = (variant: string) => results.filter((result) => result.variant === variant);

describe('an experiment', () => {
  it('goes seed by seed and task by task, so that all variants of a round stand side by side', () => {
    expect(cellsOf(design).map(({ key }) => key)).toEqual([
      'a~x~1', 'a~y~1', 'b~x~1', 'b~y~1', 'a~x~2', 'a~y~2', 'b~x~2', 'b~y~2',
    ]); // prettier-ignore
  });

  it.each<[string, Partial<ExperimentDesign>]>([
    ['at least one task', { tasks: [] }],
    ['at least one method', { variants: [] }],
    ['at least one seed', { seeds: [] }],
    ['only once', { seeds: [1, 1] }],
    ['one limit', { budget: { calls: 100, tokens: 100, minutes: null } }],
    ['one limit', { budget: unlimited }],
    ['at most 5000', { seeds: Array.from({ length: 2000 }, (_, seed) => seed) }],
  ])('says "%s" when that is what is wrong', (words, change) => {
    expect(() => checkDesign({ ...design, ...change })).toThrow(words);
  });

  it('refuses an option that its method does not have', () => {
    const [first] = design.variants;
    const variants = first ? [{ ...first, options: { warp: 9 } }] : [];
    expect(() => checkDesign({ ...design, variants })).toThrow('"warp"');
  });

  it.each(labPresets)('$title is one that can be started', (preset) => {
    const tasks = [{ id: 'a', name: 'A' }];
    expect(() => checkDesign({ ...preset, tasks })).not.toThrow();
    expect(axisOf(preset)).toBe('calls');
  });
});

describe('the figures', () => {
  it('average over the seeds of a task, then over tasks', () => {
    expect(estimate(of('x')).mean).toBeCloseTo(((0.8 + 0.6) / 2 + (0.5 + 0.7) / 2) / 2, 12);
  });

  it('have an interval from the spread over seeds within each task', () => {
    // Each task: two values 0.2 apart, s² = 0.02, s²/n = 0.01; sum 0.02, 2 degrees of freedom, t = 4.303, T = 2.
    const half = (4.303 * Math.sqrt(0.02)) / 2;
    const { interval } = estimate(of('x'));
    expect(interval?.low).toBeCloseTo(0.65 - half, 9);
    expect(interval?.high).toBeCloseTo(0.65 + half, 9);
  });

  it('have no interval from one seed', () => {
    expect(estimate(of('x').filter(({ seed }) => seed === 1)).interval).toBeNull();
  });

  it('rise with what was spent, and are none before every run has a first prompt', () => {
    const curve = curveOf(of('x'), 'calls', [0, 10, 20, 50, 100]);
    const means = curve.map((sample) => sample.estimate && Number(sample.estimate.mean.toFixed(4)));
    expect(means).toEqual([null, null, 0.55, 0.65, 0.65]);
  });

  it('do not wait for a run that never gets a prompt: it counts as 0, here as in the standing', () => {
    const curve = curveOf(of('y'), 'calls', [59, 60]);
    expect(curve[0]?.estimate).toBeNull();
    expect(curve[1]?.estimate?.mean).toBeCloseTo(0.4, 12);
    expect(curveOf([run('y', 'b', 1, [])], 'calls', [100])[0]?.estimate).toBeNull();
  });

  it('are the same curve over tokens and minutes, at those amounts', () => {
    expect(curveOf(of('x'), 'tokens', [200])[0]?.estimate?.mean).toBeCloseTo(0.55, 12);
    expect(curveOf(of('x'), 'minutes', [0.5])[0]?.estimate?.mean).toBeCloseTo(0.65, 12);
  });

  it('end at the budget, or at what was spent where that is more', () => {
    expect(gridOf(design, results, 'calls', 4)).toEqual([0, 25, 50, 75, 100]);
    expect(gridOf(design, results, 'tokens', 2)).toEqual([0, 450, 900]);
  });

  it('rank the variants and say when each came close to the best', () => {
    const [first, second] = standingsOf(design, results, 'calls');
    // 95 % of 0.65 is 0.6175; x is at 0.55 from 20 calls and at 0.65 from 50 on; y ends at 0.4.
    expect(first).toMatchObject({ variant: 'x', toReach: 50, runs: 4, spent: 90, steps: 1.5, unscored: 0 });
    expect(second).toMatchObject({ variant: 'y', toReach: null, unscored: 1 });
    expect(second?.accuracy.mean).toBeCloseTo(0.4, 12);
  });

  it('compare the first variant with the others in pairs', () => {
    // Differences 0.6, 0, 0.5, -0.1: two wins, one loss, one tie; P(at least 2 of 3 heads) twice is 1.
    const [comparison] = comparisonsOf(design, results);
    expect(comparison).toMatchObject({ variant: 'y', pairs: 4, wins: 2, losses: 1 });
    expect(comparison?.pValue).toBeCloseTo(1, 9);
    expect(comparison?.difference).toBeCloseTo(0.25, 12);
  });

  it('correct the tests for their number after Holm', () => {
    const seeds = Array.from({ length: 8 }, (_, seed) => seed);
    const three: ExperimentDesign = {
      ...design,
      seeds,
      tasks: design.tasks.slice(0, 1),
      variants: ['x', 'y', 'z'].map((id) => ({ id, title: id, method: 'ape', options: {}, start: 'own' })),
    };
    const runs = seeds.flatMap((seed) => [
      run('x', 'a', seed, [[1, 0.9]]),
      run('y', 'a', seed, [[1, 0.5]]),
      run('z', 'a', seed, [[1, seed === 0 ? 1 : 0.5]]),
    ]);
    // 8 of 8: 2/256, times 2; 7 of 8: 18/256, times 1.
    const pValues = comparisonsOf(three, runs).map(({ pValue }) => pValue);
    expect(pValues[0]).toBeCloseTo(4 / 256, 9);
    expect(pValues[1]).toBeCloseTo(18 / 256, 9);
  });

  it('use only rounds that every variant has finished', () => {
    const unfinished = results.filter(({ key }) => key !== 'b~y~2');
    expect(comparable(design, unfinished).map(({ key }) => key)).toEqual([
      'a~x~1', 'a~y~1', 'b~x~1', 'b~y~1', 'a~x~2', 'a~y~2',
    ]); // prettier-ignore
  });
});

describe('the explanation', () => {
  it('says nothing before there is a complete round', () => {
    expect(explain(design, results.slice(0, 1), false)).toEqual([]);
  });

  it('does not call a difference real that a few pairs cannot show', () => {
    const said = explain(design, results, false).join(' ');
    expect(said).toContain('the prompts of X scored 65 %');
    expect(said).toContain('X after 50 model calls');
    expect(said).toContain('Never within the budget: Y');
    expect(said).toContain('only 4 pairs');
    expect(said).toContain('1 of 4 runs; those count as 0 %');
  });

  it('names the better one where luck is out of the question, also when it is not the reference', () => {
    const many: ExperimentDesign = { ...design, seeds: [1, 2, 3, 4, 5, 6, 7, 8] };
    const runs = cellsOf(many).map(({ variant, task, seed }) =>
      run(variant, task, seed, [[10, variant === 'y' ? 0.9 : 0.5]]),
    );
    const said = explain(many, runs, false).join(' ');
    expect(said).toContain('Y is really better here');
    expect(said).toContain('worse in 16');
  });
});

describe('what makes it fair', () => {
  const [x, y] = design.variants;
  if (!x || !y) throw new Error('The design has two variants.');

  it('says that first prompts are compared too, where the methods do not begin alike', () => {
    expect(fairness(design, false)).toContain('do not all begin alike');
    expect(variantInWords(x)).toBe('writes its own first prompt; all options as usual');
    expect(variantInWords(y)).toBe('begins with a plain prompt; all options as usual');
    const alike = { ...design, variants: [{ ...x, start: 'plain' as const }, y] };
    expect(fairness(alike, false)).toContain('All begin with the same plain prompt');
    const phase1 = design.variants.map((variant) => ({ ...variant, start: 'phase-1' as const }));
    expect(fairness({ ...design, variants: phase1 }, false)).toContain('that of dual-phase');
    expect(fairness({ ...design, variants: [x] }, false)).toContain('Each writes its own first prompt');
  });

  it('names every option that is not the default, with the default', () => {
    expect(variantInWords({ ...x, options: { drafts: 1, keepRight: false, sampling: 'uniform' } })).toMatch(
      /; drafts 1 \(usually \d+\), keep right off \(usually on\), sampling uniform \(usually \w+\)$/,
    );
  });

  it('calls minutes of the simulated model simulated', () => {
    const timed = { ...design, budget: { ...unlimited, minutes: 30 } };
    expect(fairness(timed, true)).toContain('30 minutes of simulated model time per run');
    expect(fairness(timed, false)).toContain('30 minutes of model time per run');
    expect(explain(timed, results, true).join(' ')).toContain('minutes of simulated model time');
  });
});
