import { describe, expect, it } from 'vitest';
import type { Arena } from '../../../src/core/baselines/evaluators/arena.ts';
import { bruteForce } from '../../../src/core/baselines/evaluators/brute-force.ts';
import { dropBelowMean, halvingRungs } from '../../../src/core/baselines/evaluators/halving.ts';
import { sampledRejects, successiveRejects } from '../../../src/core/baselines/evaluators/rejects.ts';
import { ucb, ucbE } from '../../../src/core/baselines/evaluators/ucb.ts';
import type { Steps } from '../../../src/core/run-context.ts';
import { inOrder } from '../../fixtures/in-order-random.ts';
import { tinyExamples } from '../../fixtures/tiny-task.ts';

interface Pull {
  readonly arm: number;
  readonly examples: number;
}

/** Every pull of an arm gives its mean; what is pulled is written down. */
function arenaOf(means: readonly number[], examples = 100): { arena: Arena; pulls: Pull[] } {
  const pulls: Pull[] = [];
  const arena: Arena = {
    arms: means.length,
    examples: tinyExamples('train', examples),
    random: inOrder,
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield -- the interface is a generator's
    async *score(arm, asked) {
      pulls.push({ arm, examples: asked.length });
      return (means[arm] ?? 0) * asked.length;
    },
  };
  return { arena, pulls };
}

async function rankingOf(steps: Steps<readonly number[]>): Promise<readonly number[]> {
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

const armsOf = (pulls: readonly Pull[]): number[] => pulls.map(({ arm }) => arm);
const total = (pulls: readonly Pull[]): number => pulls.reduce((sum, { examples }) => sum + examples, 0);
const one = { promptsPerRound: 1, examplesPerPull: 2, exploration: 1 };

describe('UCB', () => {
  it('pulls the arms that mean + √(ln t / n) says, traced by hand', async () => {
    // t=2: B and C have never been pulled, so B. t=4: C. t=6: A 1.45, B 1.95, C 0.95. t=8: 1.52, 1.72. t=10: 1.57,
    // 1.62. t=12: A 1.61, B 1.56.
    const { arena, pulls } = arenaOf([0.5, 1, 0]);
    const ranking = await rankingOf(ucb(arena, { ...one, rounds: 7 }));
    expect(armsOf(pulls)).toEqual([0, 1, 2, 1, 1, 1, 0]);
    expect(ranking).toEqual([1, 0, 2]);
  });

  it('does not replay the first round in the second, as the published off-by-one does', async () => {
    const { arena, pulls } = arenaOf([1, 1, 1, 1]);
    await rankingOf(ucb(arena, { rounds: 2, promptsPerRound: 2, examplesPerPull: 2, exploration: 1 }));
    expect(armsOf(pulls)).toEqual([0, 1, 2, 3]);
  });

  it('pulls rounds × prompts × examples in all', async () => {
    const { arena, pulls } = arenaOf([0.1, 0.2, 0.3, 0.4, 0.5]);
    await rankingOf(ucb(arena, { rounds: 4, promptsPerRound: 3, examplesPerPull: 5, exploration: 1 }));
    expect(total(pulls)).toBe(4 * 3 * 5);
  });

  it('ranks arms that were never pulled last', async () => {
    const { arena } = arenaOf([0, 0.4, 0.9]);
    const ranking = await rankingOf(ucb(arena, { ...one, rounds: 2 }));
    expect(ranking.at(-1)).toBe(2);
  });

  it('as UCB-E explores by √(c / n) only', async () => {
    // After one pull each: A .5+.71, B 1+.71, C 0+.71, so B; then B has 1+.5, A 1.21: B for ever.
    const { arena, pulls } = arenaOf([0.5, 1, 0]);
    await rankingOf(ucbE(arena, { ...one, rounds: 7 }));
    expect(armsOf(pulls)).toEqual([0, 1, 2, 1, 1, 1, 1]);
  });
});

describe('successive rejects', () => {
  it('rejects the worst arm of every phase after n_k examples, traced by hand', async () => {
    // K = 3, logbar = 1/2 + 1/2 + 1/3 = 4/3: n = ⌈37/4⌉, ⌈37/2.67⌉, ⌈37/1.33⌉ = 10, 14, 28.
    const { arena, pulls } = arenaOf([0.2, 0.9, 0.1, 0.6]);
    const ranking = await rankingOf(successiveRejects(arena, { budget: 40, keep: 1 }));
    expect(pulls.slice(0, 4)).toEqual([0, 1, 2, 3].map((arm) => ({ arm, examples: 10 })));
    expect(pulls.slice(4, 7)).toEqual([0, 1, 3].map((arm) => ({ arm, examples: 4 })));
    expect(pulls.slice(7)).toEqual([1, 3].map((arm) => ({ arm, examples: 14 })));
    expect(ranking).toEqual([1, 3, 0, 2]);
  });

  it('looks at four examples or more, however small the budget', async () => {
    const { arena, pulls } = arenaOf([0.2, 0.9, 0.1]);
    await rankingOf(successiveRejects(arena, { budget: 3, keep: 1 }));
    expect(pulls.every(({ examples }) => examples === 4)).toBe(true);
  });

  it('sampled: looks at eight survivors per phase, ⌈B / 8K⌉ examples each', async () => {
    const { arena, pulls } = arenaOf([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0]);
    const ranking = await rankingOf(sampledRejects(arena, { budget: 100, keep: 8 }));
    expect(armsOf(pulls)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 8]);
    expect(pulls.every(({ examples }) => examples === 7)).toBe(true);
    expect(ranking.slice(-2)).toEqual([8, 7]); // rejected second and first
  });
});

describe('successive halving', () => {
  it('of ProTeGi drops what is below the mean, traced by hand', async () => {
    // Two rounds: 48 / (4·2) = 6 examples, mean .5 drops two arms; 48 / (2·2) = 12 examples for the other two.
    const { arena, pulls } = arenaOf([0.6, 0.9, 0.1, 0.4]);
    const ranking = await rankingOf(dropBelowMean(arena, { budget: 48 }));
    expect(pulls.map(({ examples }) => examples)).toEqual([6, 6, 6, 6, 12, 12]);
    expect(ranking).toEqual([1, 0, 3, 2]);
  });

  it('by rungs of 8, 16 and 32 takes 256 evaluations for 16 prompts', async () => {
    const { arena, pulls } = arenaOf(Array.from({ length: 16 }, (_, arm) => arm / 16));
    const ranking = await rankingOf(halvingRungs(arena, { firstRung: 8, rungs: 3 }));
    expect(total(pulls)).toBe(16 * 8 + 8 * 8 + 4 * 16);
    expect(armsOf(pulls.slice(24))).toEqual([15, 14, 13, 12]);
    expect(ranking[0]).toBe(15);
  });
});

describe('brute force', () => {
  it('scores every arm on the same examples, at most those there are', async () => {
    const { arena, pulls } = arenaOf([0.2, 0.9, 0.4], 10);
    expect(await rankingOf(bruteForce(arena, { count: 200 / 3 }))).toEqual([1, 2, 0]);
    expect(pulls).toEqual([0, 1, 2].map((arm) => ({ arm, examples: 10 })));
  });
});
