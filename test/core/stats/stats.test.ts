import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holmAdjust } from '../../../src/core/stats/holm.ts';
import { mcnemarOneSided, mcnemarTwoSided } from '../../../src/core/stats/mcnemar.ts';
import { neededValidationSize, sampleSizeAdvice } from '../../../src/core/stats/sample-size.ts';
import { wilsonInterval } from '../../../src/core/stats/wilson.ts';

/** P(Bin(n, 1/2) ≥ k) by whole numbers, to 30 digits. */
function exactTail(k: number, n: number): number {
  let count = 0n;
  let choose = 1n;
  for (let i = 0; i <= n; i += 1) {
    if (i >= k) count += choose;
    choose = (choose * BigInt(n - i)) / BigInt(i + 1);
  }
  return Number((count * 10n ** 30n) / 2n ** BigInt(n)) / 1e30;
}

describe('the exact McNemar test', { timeout: 60_000 }, () => {
  it.each([
    [4, 0, 0.063],
    [5, 0, 0.031],
    [6, 1, 0.063],
    [7, 1, 0.035],
    [9, 2, 0.033],
    [10, 3, 0.046],
  ])('of %i to %i is %f', (wins, losses, p) => {
    expect(mcnemarOneSided(wins, losses)).toBeCloseTo(p, 3);
  });

  it('agrees with whole-number arithmetic', () => {
    fc.assert(
      fc.property(fc.nat(150), fc.nat(150), (wins, losses) => {
        expect(mcnemarOneSided(wins, losses)).toBeCloseTo(exactTail(wins, wins + losses), 11);
      }),
      { numRuns: 500 },
    );
  });

  it('stays exact at 10,000 discordant pairs', () => {
    for (const wins of [4900, 5000, 5100, 5400]) {
      const p = mcnemarOneSided(wins, 10_000 - wins);
      expect(p / exactTail(wins, 10_000)).toBeCloseTo(1, 9);
    }
  });

  it('is 1 when nothing differs, symmetric on two sides, and never above 1', () => {
    expect(mcnemarOneSided(0, 0)).toBe(1);
    expect(mcnemarTwoSided(0, 0)).toBe(1);
    expect(mcnemarTwoSided(3, 3)).toBe(1);
    expect(mcnemarTwoSided(1, 9)).toBeCloseTo(22 / 1024, 12);
    expect(mcnemarTwoSided(9, 1)).toBe(mcnemarTwoSided(1, 9));
  });
});

describe('Wilson’s interval', () => {
  it('of 30 in 50 is 0.46 to 0.72', () => {
    const { low, high } = wilsonInterval(30, 50);
    expect([low, high].map((bound) => bound.toFixed(3))).toEqual(['0.462', '0.724']);
  });

  it('stays within 0 and 1, holds the share, and knows nothing of nothing', () => {
    for (const [successes, n] of [
      [0, 10],
      [10, 10],
      [1, 1],
    ] as const) {
      const { low, high } = wilsonInterval(successes, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(successes / n);
      expect(high).toBeGreaterThanOrEqual(successes / n);
      expect(high - low).toBeGreaterThan(0.2);
    }
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('Holm’s adjustment', () => {
  it('multiplies the smallest most, never falls, and keeps the order given', () => {
    const adjusted = holmAdjust([0.03, 0.01, 0.04, 0.5]);
    expect(adjusted.map((p) => p.toFixed(2))).toEqual(['0.09', '0.04', '0.09', '0.50']);
    expect(holmAdjust([0.9, 0.8])).toEqual([1, 1]);
    expect(holmAdjust([])).toEqual([]);
  });
});

describe('the size of a validation set', () => {
  it.each([
    [0.1, 0.2, 0.05, 55],
    [0.1, 0.2, 0.01, 109],
    [0.1, 0.3, 0.05, 82],
    [0.1, 0.3, 0.01, 163],
  ])('for H_v %f, change %f and level %f is %i', (minGain, change, level, size) => {
    expect(neededValidationSize(minGain, change, level)).toBe(size);
  });

  it('is told before a run', () => {
    expect(sampleSizeAdvice(20, 0.1, 0.05)).toEqual({ verdict: 'too-small', needed: 55, smallestGain: 0.25 });
    expect(sampleSizeAdvice(50, 0.1, 0.05).verdict).toBe('tight');
    expect(sampleSizeAdvice(100, 0.1, 0.05).verdict).toBe('enough');
    expect(sampleSizeAdvice(0, 0.1, 0.05)).toMatchObject({ verdict: 'too-small', smallestGain: Infinity });
  });
});
