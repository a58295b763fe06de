import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossingChance, evidenceBound, logEvidence, winsFor } from '../../../src/core/stats/evidence.ts';
import { mcnemarOneSided } from '../../../src/core/stats/mcnemar.ts';
import type { PairedGate } from '../../../src/core/stats/paired-gate.ts';
import { sequentialGate } from '../../../src/core/stats/sequential-gate.ts';

const settings = { minGain: 0.1, level: 0.05 };

type Pair = readonly [wasRight: boolean, isRight: boolean];
const win: Pair = [false, true];
const loss: Pair = [true, false];
const same: Pair = [true, true];
const times = (count: number, pair: Pair): Pair[] => Array.from({ length: count }, () => pair);

function played(pairs: readonly Pair[], planned = pairs.length): PairedGate {
  const gate = sequentialGate(planned, settings);
  for (const [wasRight, isRight] of pairs) gate.observe(wasRight, isRight);
  return gate;
}

describe('the evidence for a candidate', () => {
  it('is what the formula says: E(6, 1) = 4.41', () => {
    expect(Math.exp(logEvidence(6, 1))).toBeCloseTo(4.41, 2);
    expect(Math.exp(logEvidence(7, 0))).toBeCloseTo((2 ** 8 / 8) * (255 / 256), 9);
    expect(logEvidence(0, 0)).toBeCloseTo(0, 9);
  });

  /** Every sequence of n throws, one by one. */
  function shareThatCrosses(fewest: readonly number[], n: number): number {
    let crossing = 0;
    for (let throws = 0; throws < 2 ** n; throws += 1) {
      let wins = 0;
      let isCrossed = false;
      for (let pairs = 1; pairs <= n; pairs += 1) {
        wins += (throws >> (pairs - 1)) & 1;
        isCrossed ||= wins >= (fewest[pairs] ?? Infinity);
      }
      crossing += isCrossed ? 1 : 0;
    }
    return crossing / 2 ** n;
  }

  it('reaches a bound by luck as often as counting all sequences says', () => {
    for (const bound of [1, 1.6, 2.2]) {
      const fewest = winsFor(bound, 12);
      expect(crossingChance(fewest)).toBeCloseTo(shareThatCrosses(fewest, 12), 12);
    }
  });

  it('is bounded by Ville where the exact bound would take too long', () => {
    expect(evidenceBound(5000, 0.05)).toBeCloseTo(Math.log(20), 9);
  });

  it.each([20, 50, 100])(
    'has a bound for %i examples that keeps the level and is no looser than Ville’s',
    (n) => {
      for (const level of [0.025, 0.1]) {
        const bound = evidenceBound(n, level);
        expect(crossingChance(winsFor(bound, n))).toBeLessThanOrEqual(level);
        expect(bound).toBeLessThanOrEqual(-Math.log(level));
      }
    },
  );
});

describe('the sequential gate', () => {
  it('accepts as soon as nothing but wins is enough, and says how many that are', () => {
    const gate = played(times(20, win), 100);
    expect(gate.verdict).toBe('accepted');
    expect([gate.asked, gate.wins]).toEqual([gate.needed, gate.needed]);
    expect(gate.needed).toBe(7);
  });

  it('does not accept a gain below H_v, however sure it is', () => {
    const wrong: Pair = [false, false];
    const rare = [...Array.from({ length: 7 }, () => [...times(13, wrong), win]).flat(), wrong, wrong];
    const dense = [...times(7, win), ...times(93, wrong)];
    expect(played(dense).verdict).toBe('accepted');
    expect(played(rare).verdict).toBe('noise');
  });

  it('gives up a candidate that falls behind, before the end', () => {
    const gate = played([...times(60, same), ...times(40, loss)]);
    expect(gate.verdict).toBe('no-gain');
    expect(gate.asked).toBeLessThan(70);
  });

  it('speaks of noise where more was won than lost', () => {
    const mixed = Array.from({ length: 50 }, (_, index) =>
      index % 10 < 4 ? win : index % 10 < 7 ? loss : same,
    );
    expect(played(mixed).verdict).toBe('noise');
  });

  it('ends by the last example, and what comes afterwards changes nothing', () => {
    const pairs = fc.array(fc.constantFrom(win, loss, same, [false, false] as Pair), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(pairs, (given) => {
        const gate = played(given);
        const { verdict, asked, wins, losses } = gate;
        expect(verdict).not.toBeNull();
        expect(gate.observe(false, true)).toBe(verdict);
        expect([gate.asked, gate.wins, gate.losses]).toEqual([asked, wins, losses]);
        if (verdict === 'accepted') expect(mcnemarOneSided(wins, losses)).toBeLessThanOrEqual(0.025);
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing to accept without examples', () => {
    expect(sequentialGate(0, settings).verdict).toBe('no-gain');
  });
});
