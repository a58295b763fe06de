import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateSimulation } from '../../../bench/gate.ts';
import { createRandom } from '../../../src/core/random.ts';
import { planGate } from '../../../src/core/stats/curtailed-gate.ts';
import { gateThresholds, type GateSettings } from '../../../src/core/stats/gate-rule.ts';
import type { PairedGate } from '../../../src/core/stats/paired-gate.ts';

const exact: GateSettings = { rule: 'exact', minGain: 0.1, level: 0.05 };
const plain: GateSettings = { rule: 'plain', minGain: 0.1, level: 0.05 };

const bits = (pattern: string): boolean[] => Array.from(pattern, (bit) => bit === '1');

function playOut(
  incumbent: readonly boolean[],
  candidate: readonly boolean[],
  settings: GateSettings,
): PairedGate {
  const { order, gate } = planGate(incumbent, settings, createRandom(1));
  for (const index of order) gate.observe(incumbent[index] === true, candidate[index] === true);
  return gate;
}

/** P(Bin(n, 1/2) ≥ k) by whole numbers. */
function tail(k: number, n: number): number {
  let count = 0n;
  let choose = 1n;
  for (let i = 0; i <= n; i += 1) {
    if (i >= k) count += choose;
    choose = (choose * BigInt(n - i)) / BigInt(i + 1);
  }
  return Number((count * 10n ** 18n) / 2n ** BigInt(n)) / 1e18;
}

/** The decision from all outcomes at once, as the rules are stated; written apart from the gate on purpose. */
function fullDecision(
  incumbent: readonly boolean[],
  candidate: readonly boolean[],
  rule: GateSettings,
): boolean {
  const n = incumbent.length;
  const wrong = incumbent.filter((isRight) => !isRight).length;
  const wins = incumbent.filter((isRight, i) => !isRight && candidate[i]).length;
  const losses = incumbent.filter((isRight, i) => isRight && !candidate[i]).length;
  if (wins < (rule.minSolved ?? 0) * wrong - 1e-9) return false;
  const gain = (wins - losses) / n;
  if (rule.rule === 'plain') {
    const nearCeiling = wrong / n <= rule.minGain + 1e-9;
    return gain > 0 && (nearCeiling || gain >= rule.minGain - 1e-9);
  }
  const asked = Math.max(Math.min(rule.minGain, wrong / n / 2), 1 / n);
  return gain >= asked - 1e-9 && tail(wins, wins + losses) <= rule.level + 1e-12;
}

const settings = fc.record({
  rule: fc.constantFrom('exact' as const, 'plain' as const),
  minGain: fc.constantFrom(0, 0.02, 0.05, 0.1, 0.15, 0.3),
  level: fc.constantFrom(0.01, 0.05, 0.0625, 0.2, 0.5, 1),
  minSolved: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
});
/** Outcome matrices of very different shape: from nearly equal prompts to nearly opposite ones. */
const outcomes = fc
  .tuple(fc.integer({ min: 1, max: 120 }), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }))
  .chain(([n, seed, accuracy]) => {
    const random = createRandom(seed);
    const [win, loss] = [random.next(), random.next() ** 3];
    const incumbent = Array.from({ length: n }, () => random.next() < accuracy);
    const candidate = incumbent.map((right) => (right ? random.next() >= loss : random.next() < win));
    return fc.constant({ incumbent, candidate });
  });

describe('the curtailed gate', { timeout: 60_000 }, () => {
  it('decides exactly as the full evaluation would, by both rules', () => {
    const seen = { accepted: 0, rejected: 0, early: 0 };
    fc.assert(
      fc.property(outcomes, settings, ({ incumbent, candidate }, rule) => {
        const gate = playOut(incumbent, candidate, rule);
        const isAccepted = gate.verdict === 'accepted';
        expect(isAccepted).toBe(fullDecision(incumbent, candidate, rule));
        if (isAccepted) expect(gate.asked).toBe(gate.planned);
        seen[isAccepted ? 'accepted' : 'rejected'] += 1;
        if (gate.asked < gate.planned) seen.early += 1;
      }),
      { numRuns: 4000, seed: 7 },
    );
    // The property means nothing unless both decisions and early ends were common.
    expect(Math.min(seen.accepted, seen.rejected, seen.early)).toBeGreaterThan(400);
  });

  it('always ends by the last outcome, asks each example once, and stays with its verdict', () => {
    fc.assert(
      fc.property(outcomes, settings, ({ incumbent, candidate }, rule) => {
        const gate = playOut(incumbent, candidate, rule);
        const { verdict, asked, wins, losses } = gate;
        expect(verdict).not.toBeNull();
        expect(gate.observe(false, true)).toBe(verdict);
        expect([gate.asked, gate.wins, gate.losses]).toEqual([asked, wins, losses]);
        const { order } = planGate(incumbent, rule, createRandom(1));
        expect([...order].sort((a, b) => a - b)).toEqual([...incumbent.keys()]);
      }),
      { numRuns: 1000, seed: 8 },
    );
  });

  it('asks what the incumbent gets wrong first, in an order of its own', () => {
    const incumbent = bits('1011011101');
    const { order } = planGate(incumbent, exact, createRandom('a'));
    expect(order.map((index) => incumbent[index])).toEqual(
      [...incumbent].sort((a, b) => Number(a) - Number(b)),
    );
    expect(planGate(incumbent, exact, createRandom('a')).order).toEqual(order);
    expect(planGate(incumbent, exact, createRandom('b')).order).not.toEqual(order);
  });

  it('says how it ended', () => {
    const incumbent = bits(`${'0'.repeat(20)}${'1'.repeat(30)}`);
    const verdictFor = (wins: number, losses: number, rule: GateSettings): string | null =>
      playOut(
        incumbent,
        incumbent.map((right, i) => (right ? i >= 20 + losses : i < wins)),
        rule,
      ).verdict;
    expect(verdictFor(8, 0, exact)).toBe('accepted');
    expect(verdictFor(10, 3, exact)).toBe('accepted');
    expect(verdictFor(4, 0, exact)).toBe('no-gain');
    expect(verdictFor(5, 2, exact)).toBe('broke-too-much');
    expect(verdictFor(12, 7, exact)).toBe('noise');
    expect(verdictFor(12, 7, plain)).toBe('accepted');
    expect(verdictFor(5, 0, { ...plain, minSolved: 0.3 })).toBe('useless');
  });

  it('speaks of noise only where something was won', () => {
    const few = playOut(bits('00000000001111111111'), bits('10000000001111111111'), exact);
    const none = playOut(bits('00000000001111111111'), bits('00000000001111111111'), exact);
    expect([few.verdict, none.verdict]).toEqual(['noise', 'no-gain']);
  });

  it('ends before the first call when nothing can be won', () => {
    const perfect = planGate(bits('11111'), exact, createRandom(1)).gate;
    expect([perfect.verdict, perfect.asked]).toEqual(['no-gain', 0]);
    expect(planGate(bits('0000111111'), exact, createRandom(1)).gate.verdict).toBe('no-gain'); // 4 to 0 is p = .0625
    expect(planGate([], exact, createRandom(1)).gate.verdict).toBe('no-gain');
  });

  it('asks for half of what is missing near the ceiling; the plain rule for any gain', () => {
    expect(gateThresholds(exact, 20, 50)).toMatchObject({ gain: 5, wins: 5 });
    expect(gateThresholds(exact, 6, 50)).toMatchObject({ gain: 3 });
    expect(gateThresholds(exact, 1, 50)).toMatchObject({ gain: 1 });
    expect(gateThresholds(plain, 6, 50)).toMatchObject({ gain: 5, wins: 5 });
    expect(gateThresholds(plain, 5, 50)).toMatchObject({ gain: 1, wins: 1 });
    expect(gateThresholds({ ...plain, minSolved: 0.3 }, 20, 50)).toMatchObject({ solved: 6, wins: 6 });
    expect(gateThresholds({ ...exact, minGain: 0.1 }, 20, 30)).toMatchObject({ gain: 3 }); // 0.1 × 30 is 3.0000000000000004
  });
});

describe('the gate over 2,000 simulated candidates', { timeout: 60_000 }, () => {
  const figures = gateSimulation(20, 2000);
  const of = (rule: string, n: number, change: number, gain: number) =>
    figures.find(
      (each) => each.rule === rule && each.n === n && each.change === change && each.gain === gain,
    ) ?? {
      accepted: NaN,
      cost: NaN,
    };

  it('accepts at most 5 % of those that are no better, in every situation', () => {
    const falseAccepts = figures.filter(({ rule, gain }) => rule !== 'plain' && gain === 0);
    expect(falseAccepts).toHaveLength(16);
    for (const { accepted } of falseAccepts) expect(accepted).toBeLessThanOrEqual(0.05);
  });

  it('accepts at least 90 % of those with a true gain of 0.2 at n = 50', () => {
    expect(of('exact', 50, 0.2, 0.2).accepted).toBeGreaterThanOrEqual(0.9);
    expect(of('exact', 100, 0.2, 0.2).accepted).toBeGreaterThanOrEqual(0.95);
  });

  it('accepts nearly as many in turn, and knows both prompts on half of the examples', () => {
    expect(of('sequential', 50, 0.2, 0.2).accepted).toBeGreaterThanOrEqual(0.9);
    expect(of('sequential', 100, 0.2, 0.2).accepted).toBeGreaterThanOrEqual(0.95);
    expect(of('sequential', 100, 0.2, 0.2).cost).toBeLessThan(0.5);
  });

  it('spends less than half of the calls on those that are no better', () => {
    expect(of('exact', 50, 0.2, 0).cost).toBeLessThan(0.5);
  });

  it('shows why: the plain rule takes noise for gain', () => {
    expect(of('plain', 20, 0.2, 0).accepted).toBeGreaterThan(0.1);
    expect(of('plain', 50, 0.2, 0).accepted).toBeGreaterThan(0.05);
  });
});
