import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import {
  fewestWithTest,
  recommendedSizes,
  sampleExemplars,
  smallestTest,
  splitExamples,
} from '../../src/core/split.ts';
import type { Example, Splits } from '../../src/core/types.ts';

const example = (index: number, target: string, input = `question ${index}`): Example => ({
  id: `e${index}`,
  input,
  target,
});

const labelled = (count: number, labels: readonly string[]): Example[] =>
  Array.from({ length: count }, (_, index) => example(index, labels[index % labels.length] ?? ''));

const all = ({ train, validation, test }: Splits): Example[] => [...train, ...validation, ...test];
const idsOf = (examples: readonly Example[]): string[] => examples.map(({ id }) => id);
const countOf = (examples: readonly Example[], target: string): number =>
  examples.filter((each) => each.target === target).length;

/** A dataset with up to 30 labels and sizes that fit it. */
const datasetAndSizes = fc
  .record({
    count: fc.integer({ min: 0, max: 150 }),
    labels: fc.integer({ min: 1, max: 30 }),
    shares: fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100)),
    seed: fc.integer(),
  })
  .map(({ count, labels, shares, seed }) => {
    const whole = shares.reduce((sum, share) => sum + share, 1);
    const [train, validation, test] = shares.map((share) => Math.floor((count * share) / whole));
    const examples = labelled(
      count,
      Array.from({ length: labels }, (_, index) => `label ${index}`),
    );
    return { examples, seed, sizes: { train: train ?? 0, validation: validation ?? 0, test: test ?? 0 } };
  });

describe('splits', () => {
  it('are disjoint, of the exact sizes and the same every time', () => {
    fc.assert(
      fc.property(datasetAndSizes, ({ examples, seed, sizes }) => {
        const splits = splitExamples(examples, seed, sizes);
        const { train, validation, test } = splits;
        expect({ train: train.length, validation: validation.length, test: test.length }).toEqual(sizes);
        expect(new Set(idsOf(all(splits))).size).toBe(all(splits).length);
        expect(splitExamples(examples, seed, sizes)).toEqual(splits);
      }),
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(datasetAndSizes, ({ examples, seed, sizes }) => {
        const shuffled = createRandom(`order ${seed}`).shuffle(examples);
        expect(splitExamples(shuffled, seed, sizes)).toEqual(splitExamples(examples, seed, sizes));
      }),
    );
  });

  it('differ between seeds', () => {
    const examples = labelled(100, ['yes', 'no']);
    const sizes = { train: 20, validation: 40, test: 40 };
    const drawn = [1, 2, 3, 4].map((seed) =>
      idsOf(splitExamples(examples, seed, sizes).train)
        .sort()
        .join(),
    );
    expect(new Set(drawn).size).toBe(4);
  });

  it('hold every label in its proportion, within one example', () => {
    const examples = labelled(200, ['a', 'a', 'a', 'b', 'c']);
    const { train, validation, test } = splitExamples(examples, 7, { train: 50, validation: 100, test: 49 });
    for (const split of [train, validation, test]) {
      expect(Math.abs(countOf(split, 'a') - split.length * 0.6)).toBeLessThanOrEqual(1);
      expect(Math.abs(countOf(split, 'b') - split.length * 0.2)).toBeLessThanOrEqual(1);
    }
  });

  it('keep examples with the same input together', () => {
    const input = fc.integer({ min: 0, max: 25 });
    fc.assert(
      fc.property(fc.array(input, { minLength: 9, maxLength: 90 }), fc.integer(), (inputs, seed) => {
        const examples = inputs.map((each, index) =>
          example(index, index % 2 ? 'yes' : 'no', `same ${each} `),
        );
        const size = Math.floor(examples.length / 3);
        const splits = splitExamples(examples, seed, { train: size, validation: size, test: size });
        const [train, validation, test] = [splits.train, splits.validation, splits.test].map(
          (split) => new Set(split.map((each) => each.input)),
        );
        expect(disjoint(train, validation) && disjoint(train, test) && disjoint(validation, test)).toBe(true);
        for (const split of Object.values(splits)) expect(split.length).toBeLessThanOrEqual(size);
      }),
    );
  });

  it('refuse sizes that exceed the examples, and say so', () => {
    const split = () => splitExamples(labelled(10, ['a']), 1, { train: 5, validation: 5, test: 5 });
    expect(split).toThrow(/at most 10 .* got 5, 5, 5/);
  });
});

const disjoint = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  [...(a ?? [])].every((item) => !b?.has(item));

describe('recommended sizes', () => {
  it.each([
    [0, 0, 0, 0],
    [1, 0, 1, 0],
    [2, 1, 1, 0],
    [3, 1, 2, 0],
    [42, 14, 28, 0],
    [60, 20, 40, 0],
    [61, 20, 41, 0],
    [76, 23, 53, 0],
    [89, 25, 64, 0],
    [90, 25, 45, 20],
    [105, 28, 48, 29],
    [120, 30, 50, 40],
    [300, 60, 100, 140],
    [360, 60, 100, 200],
    [5000, 60, 100, 200],
  ])('of %i examples are %i, %i and %i', (total, train, validation, test) => {
    expect(recommendedSizes(total)).toEqual({ train, validation, test });
  });

  it('never exceed the examples, leave none unused below 360, and never shrink training as data grow', () => {
    for (let total = 1; total <= 400; total += 1) {
      const { train, validation, test } = recommendedSizes(total);
      expect(train + validation + test).toBe(Math.min(total, 360));
      expect(train).toBeGreaterThanOrEqual(recommendedSizes(total - 1).train);
      expect(validation).toBeGreaterThan(0);
    }
  });
});

it('there is a final test only where it can tell something, and always from the stated size on', () => {
  for (let total = 0; total <= 400; total += 1) {
    const { test } = recommendedSizes(total);
    if (total < fewestWithTest) expect(test).toBe(0);
    else expect(test).toBeGreaterThanOrEqual(smallestTest);
  }
});

describe('exemplars', () => {
  it('show each label as often as the others', () => {
    const train = [...labelled(20, ['common']), example(100, 'rare'), example(101, 'rare')];
    const drawn = sampleExemplars(train, 4, createRandom(3));
    expect([countOf(drawn, 'common'), countOf(drawn, 'rare')]).toEqual([2, 2]);
  });

  it('are distinct examples of the training split, as many as asked for where there are enough', () => {
    fc.assert(
      fc.property(datasetAndSizes, fc.nat(12), ({ examples, seed }, count) => {
        const drawn = sampleExemplars(examples, count, createRandom(seed));
        expect(drawn.length).toBe(Math.min(count, examples.length));
        expect(new Set(idsOf(drawn)).size).toBe(drawn.length);
        expect(examples).toEqual(expect.arrayContaining(drawn));
      }),
    );
  });
});
