import { describe, expect, it } from 'vitest';
import { recommendedSizes } from '../../src/core/split.ts';
import { splitAdvice } from '../../src/ui/state/split-advice.ts';

const gate = { minGain: 0.1, level: 0.05 };
const textOf = (sizes: { train: number; validation: number; test: number }, total: number, by = gate) =>
  splitAdvice({ sizes, total, gate: by })
    .map(({ tone, title, text }) => `${tone}: ${title ?? ''} ${text}`)
    .join('\n');
const usual = (total: number): string => textOf(recommendedSizes(total), total);

describe('what the sizes of the parts can show', () => {
  it('is nothing with a handful of examples', () => {
    expect(usual(1)).toMatch(/^loss: Too few examples for a run It takes at least two/);
    expect(usual(3)).toMatch(/^loss: Too few examples to tell anything With 3 examples, .* luck/);
    expect(splitAdvice({ sizes: recommendedSizes(3), total: 3, gate: null })).toHaveLength(1);
  });

  it('is nothing, and the parts still have to fit', () => {
    expect(textOf({ train: 3, validation: 3, test: 0 }, 4)).toMatch(/Too few[^]*That is 2 more than the 4/);
  });

  it('is explained where the tool itself keeps none for the test, without blame', () => {
    for (const total of [50, 61, 76, 89]) {
      expect(usual(total)).toMatch(/info: No final test Of \d+ examples too few .* “not confirmed”/);
      expect(usual(total)).not.toContain('Keep some');
    }
  });

  it('is told of a small test, of a middling one, and not of a large one', () => {
    expect(usual(90)).toBe(
      'noise:  With 45 examples to decide with, only a gain of at least +11 points can be told from luck. For a gain of +10 points take 55 or more.\n' +
        'plain:  The final test can confirm a gain of +30 points or more. A smaller one will be called “within noise”.',
    );
    expect(usual(240)).toBe('');
    expect(textOf({ train: 20, validation: 60, test: 10 }, 90)).toMatch(
      /noise: A small final test With 10 test examples only a gain of \+60 points or more can be confirmed/,
    );
    expect(textOf({ train: 20, validation: 60, test: 1 }, 90)).toMatch(
      /With 1 test example nothing can be confirmed/,
    );
  });

  it('is the person’s to mend where there would be enough for a test', () => {
    expect(textOf({ train: 60, validation: 100, test: 0 }, 240)).toMatch(
      /^noise: No final test Nothing unseen .* Keep some examples/,
    );
  });

  it('is no gain at all where fewer decide than have to change', () => {
    expect(textOf({ train: 60, validation: 4, test: 100 }, 240)).toMatch(
      /With 4 examples to decide with, nothing can be told from luck\. .* take \d+ or more/,
    );
  });

  it('is told for odd numbers too', () => {
    expect(textOf({ train: -5, validation: 0, test: -1 }, 240)).toContain('nothing can be told');
    expect(textOf({ train: 1e9, validation: 1, test: 1 }, 240)).toBe('');
    expect(textOf({ train: 200, validation: 80, test: 80 }, 240)).toMatch(/^loss: {2}That is 120 more than/);
    expect(textOf(recommendedSizes(240), 240, { minGain: 0, level: 0.05 })).toBe('');
  });
});
