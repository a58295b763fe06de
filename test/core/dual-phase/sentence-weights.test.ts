import { describe, expect, it } from 'vitest';
import { dualPhaseOptions } from '../../../src/core/dual-phase/options.ts';
import { createSentenceWeights } from '../../../src/core/dual-phase/sentence-weights.ts';
import { resolveOptions } from '../../../src/core/options.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';

const sentences = splitPrompt('###Task###\nRead the input. Count the items. Answer with a number.');
const ids = sentences.filter(({ optimizable }) => optimizable).map(({ id }) => id);
const [first = '', second = ''] = ids;

function weights(given: Record<string, unknown>) {
  return createSentenceWeights(resolveOptions(dualPhaseOptions, given));
}

function sum(values: Record<string, number>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}

describe.each(['paper', 'exp3'])('%s weights', (kind) => {
  it('start alike over the optimizable sentences, headings left out', () => {
    const probabilities = weights({ weights: kind }).probabilities(sentences);
    expect(Object.keys(probabilities)).toEqual(ids);
    for (const p of Object.values(probabilities)) expect(p).toBeCloseTo(1 / 3);
  });

  it('stay a distribution and stay finite after a thousand rewards', () => {
    const learner = weights({ weights: kind });
    for (let i = 0; i < 1000; i += 1) {
      const p = learner.probabilities(sentences)[first] ?? 0;
      learner.learn(first, { failures: 1, validation: 1, accepted: true }, p, 3);
    }
    const probabilities = learner.probabilities(sentences);
    expect(sum(probabilities)).toBeCloseTo(1);
    expect(Math.min(...Object.values(probabilities))).toBeGreaterThan(0);
  });
});

describe('paper weights', () => {
  it('grow by Eq. 9 on acceptance: w · exp(μ · mix / (p · n))', () => {
    const learner = weights({ weights: 'paper' });
    learner.learn(first, { failures: 0.5, validation: 0.7, accepted: true }, 1 / 3, 3);
    const mix = 0.4 * 0.7 + 0.6 * 0.5;
    expect(learner.values(sentences)[first]).toBeCloseTo(Math.exp(0.055 * mix));
    expect(learner.values(sentences)[second]).toBe(1);
  });

  it('do not change on a rejection', () => {
    const learner = weights({ weights: 'paper' });
    learner.learn(first, { failures: 0.2, validation: null, accepted: false }, 1 / 3, 3);
    expect(learner.values(sentences)[first]).toBe(1);
  });
});

describe('exp3 weights', () => {
  it('fall for a sentence whose rewrites do worse than the others', () => {
    const learner = weights({ weights: 'exp3' });
    learner.learn(first, { failures: 0.9, validation: 0.9, accepted: true }, 1 / 3, 3);
    learner.learn(second, { failures: 0, validation: null, accepted: false }, 1 / 3, 3);
    const { [first]: good = 0, [second]: bad = 0 } = learner.probabilities(sentences);
    expect(good).toBeGreaterThan(bad);
    expect(bad).toBeLessThan(1 / 3);
  });

  it('keep exploring: no sentence falls below its share of uniform sampling', () => {
    const learner = weights({ weights: 'exp3', exploration: 0.1 });
    for (let i = 0; i < 200; i += 1) {
      learner.learn(first, { failures: 1, validation: 1, accepted: true }, 1 / 3, 3);
      learner.learn(second, { failures: 0, validation: null, accepted: false }, 1 / 3, 3);
    }
    expect(learner.probabilities(sentences)[second]).toBeGreaterThanOrEqual(0.1 / 3);
  });

  it('leave out what is locked', () => {
    const locked = sentences.map((sentence) =>
      sentence.id === first ? { ...sentence, optimizable: false } : sentence,
    );
    const probabilities = weights({ weights: 'exp3' }).probabilities(locked);
    expect(probabilities).not.toHaveProperty(first);
    expect(sum(probabilities)).toBeCloseTo(1);
  });
});
