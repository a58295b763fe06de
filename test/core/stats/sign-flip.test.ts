import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePaired } from '../../../src/core/run/compare.ts';
import { mcnemarTwoSided } from '../../../src/core/stats/mcnemar.ts';
import { signFlipTwoSided } from '../../../src/core/stats/sign-flip.ts';
import type { Evaluation } from '../../../src/core/types.ts';

/** By trying all 2ⁿ choices of signs. */
function byEnumeration(differences: readonly number[]): number {
  const sizes = differences.map((difference) => Math.abs(Math.round(difference * 100)));
  const observed = Math.abs(differences.reduce((sum, difference) => sum + Math.round(difference * 100), 0));
  let asFar = 0;
  for (let signs = 0; signs < 2 ** sizes.length; signs += 1) {
    const sum = sizes.reduce((total, size, index) => total + ((signs >> index) & 1 ? size : -size), 0);
    if (Math.abs(sum) >= observed) asFar += 1;
  }
  return asFar / 2 ** sizes.length;
}

describe('the paired permutation test', () => {
  it('is the exact McNemar test where scores are 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(20), (wins, losses, same) => {
        const differences = [
          ...Array<number>(wins).fill(1),
          ...Array<number>(losses).fill(-1),
          ...Array<number>(same).fill(0),
        ];
        expect(signFlipTwoSided(differences)).toBe(mcnemarTwoSided(wins, losses));
      }),
    );
  });

  it('counts what all choices of signs give', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.integer({ min: -99, max: 99 }).map((hundredths) => hundredths / 100),
          {
            minLength: 1,
            maxLength: 10,
          },
        ),
        (differences) => {
          expect(signFlipTwoSided(differences)).toBeCloseTo(byEnumeration(differences), 10);
        },
      ),
    );
  });

  it('goes on smoothly where there are too many examples to enumerate', () => {
    const few = Array.from({ length: 250 }, (_, index) => (index % 20 < 11 ? 0.6 : -0.5));
    const exact = signFlipTwoSided(few.slice(0, 240));
    const many = signFlipTwoSided([...few, ...few, ...few, ...few]);
    expect(exact).toBeGreaterThan(many);
    expect(many).toBeGreaterThan(0);
    expect(
      signFlipTwoSided(Array.from({ length: 4000 }, (_, index) => (index % 2 ? 0.5 : -0.5))),
    ).toBeCloseTo(1, 6);
  });

  it('of a gain of 0.3 on each of six examples is 2 in 64', () => {
    expect(signFlipTwoSided(Array<number>(6).fill(0.3))).toBeCloseTo(2 / 64, 12);
  });
});

function evaluation(candidateId: string, scores: readonly number[]): Evaluation {
  const outcomes = scores.map((score, index) => ({
    exampleId: `e${index}`,
    score,
    correct: score >= 0.8,
    reason: 'partly' as const,
    extracted: null,
    output: '',
  }));
  const accuracy = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { candidateId, split: 'test', outcomes, planned: scores.length, accuracy };
}

describe('a comparison of graded scores', () => {
  it('finds a steady gain that solves no further example', () => {
    const start = evaluation('c0', Array<number>(10).fill(0.3));
    const best = evaluation('c1', Array<number>(10).fill(0.6));
    expect(comparePaired(start, best)).toMatchObject({ wins: 0, losses: 0, verdict: 'better' });
  });

  it('puts its intervals around the mean score', () => {
    const { start, startInterval } = comparePaired(evaluation('c0', [0.5, 0.7]), evaluation('c1', [1, 0]));
    expect(start).toBeCloseTo(0.6, 12);
    expect(startInterval.low).toBeLessThan(0.6);
    expect(startInterval.high).toBeGreaterThan(0.6);
  });
});
