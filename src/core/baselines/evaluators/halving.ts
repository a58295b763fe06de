/** Successive halving in two forms: ProTeGi's, which drops what is below the mean, and fixed rungs (8, 16, 32 examples). */
import { mean } from '../../arithmetic.ts';
import type { Steps } from '../../run-context.ts';
import { allArms, Tally, type Arena, type Ranking } from './arena.ts';

/** ⌈log₂ n⌉ rounds with B / (survivors · rounds) examples each; after each, those below the survivors' mean go. */
export async function* dropBelowMean(arena: Arena, { budget }: { readonly budget: number }): Steps<Ranking> {
  const tally = new Tally(arena.arms);
  const rounds = Math.max(1, Math.ceil(Math.log2(arena.arms)));
  const dropped: number[] = [];
  let survivors = allArms(arena);
  for (let round = 0; round < rounds && survivors.length > 1; round += 1) {
    const count = Math.max(1, Math.floor(budget / (survivors.length * rounds)));
    yield* tally.pull(arena, survivors, arena.random.sample(arena.examples, count));
    const average = mean(survivors.map((arm) => tally.mean(arm)));
    const below = survivors.filter((arm) => tally.mean(arm) < average);
    survivors = survivors.filter((arm) => !below.includes(arm));
    dropped.unshift(...tally.ranked(below));
  }
  return [...tally.ranked(survivors), ...dropped];
}

export interface RungSettings {
  /** Examples on the first rung; every next one has twice as many, the earlier ones included. */
  readonly firstRung: number;
  readonly rungs: number;
}

/** The better half goes on to the next rung. All arms of a rung see the same examples. */
export async function* halvingRungs(arena: Arena, { firstRung, rungs }: RungSettings): Steps<Ranking> {
  const tally = new Tally(arena.arms);
  const examples = arena.random.shuffle(arena.examples);
  const dropped: number[] = [];
  let survivors = allArms(arena);
  for (let rung = 0; rung < rungs; rung += 1) {
    const from = rung === 0 ? 0 : firstRung * 2 ** (rung - 1);
    yield* tally.pull(arena, survivors, examples.slice(from, firstRung * 2 ** rung));
    const ranked = tally.ranked(survivors);
    const isLast = rung === rungs - 1;
    survivors = isLast ? ranked : ranked.slice(0, Math.ceil(ranked.length / 2));
    dropped.unshift(...ranked.slice(survivors.length));
  }
  return [...survivors, ...dropped];
}
