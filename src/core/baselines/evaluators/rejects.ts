/** Successive rejects and its sampled variant: one arm less after every phase, until `keep` are left. */
import { sum } from '../../arithmetic.ts';
import type { Steps } from '../../run-context.ts';
import { allArms, Tally, type Arena, type Ranking } from './arena.ts';

export interface RejectSettings {
  /** B: pulls in all, roughly. */
  readonly budget: number;
  /** b: arms that survive. */
  readonly keep: number;
}

/** Fewest examples of a phase, and how many survivors the sampled variant looks at. */
const fewestExamples = 4;
const subset = 8;

/** Worst of them by mean; of equals the one that came last. */
function worstOf(tally: Tally, arms: readonly number[]): number | undefined {
  return tally.ranked(arms).at(-1);
}

/** The survivors by mean, then the rejected, last rejected first. */
function rank(tally: Tally, survivors: readonly number[], rejected: readonly number[]): Ranking {
  return [...tally.ranked(survivors), ...rejected.toReversed()];
}

/** n_k of Audibert et al. for k of K rejections: (B − K) / (logbar (K + 1 − k)), logbar = 1/2 + Σ_{i=2..K} 1/i. */
function pullsUntil(phase: number, rejections: number, budget: number): number {
  if (phase === 0) return 0;
  const terms = Array.from({ length: Math.max(0, rejections - 1) }, (_, index) => 1 / (index + 2));
  const logbar = 0.5 + sum(terms);
  return Math.ceil((budget - rejections) / (logbar * (rejections + 1 - phase)));
}

export async function* successiveRejects(arena: Arena, { budget, keep }: RejectSettings): Steps<Ranking> {
  const tally = new Tally(arena.arms);
  const rejections = Math.max(1, arena.arms - keep);
  const rejected: number[] = [];
  let survivors = allArms(arena);
  for (let phase = 1; phase <= rejections; phase += 1) {
    const count = pullsUntil(phase, rejections, budget) - pullsUntil(phase - 1, rejections, budget);
    const examples = arena.random.sample(arena.examples, Math.max(fewestExamples, count));
    yield* tally.pull(arena, survivors, examples);
    const worst = worstOf(tally, survivors);
    survivors = survivors.filter((arm) => arm !== worst);
    if (worst !== undefined) rejected.push(worst);
  }
  return rank(tally, survivors, rejected);
}

export async function* sampledRejects(arena: Arena, { budget, keep }: RejectSettings): Steps<Ranking> {
  const tally = new Tally(arena.arms);
  const rejections = Math.max(1, arena.arms - keep);
  const rejected: number[] = [];
  let survivors = allArms(arena);
  for (let phase = 1; phase <= rejections; phase += 1) {
    const looked = arena.random.sample(survivors, subset);
    const count = Math.ceil(budget / (rejections * subset));
    yield* tally.pull(arena, looked, arena.random.sample(arena.examples, count));
    const worst = worstOf(tally, looked);
    survivors = survivors.filter((arm) => arm !== worst);
    if (worst !== undefined) rejected.push(worst);
  }
  return rank(tally, survivors, rejected);
}
