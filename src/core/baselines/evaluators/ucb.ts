/** UCB and UCB-E as used by APE and ProTeGi: a few arms per round, all on the same fresh examples. */
import type { Steps } from '../../run-context.ts';
import { allArms, Tally, type Arena, type Ranking } from './arena.ts';

export interface UcbSettings {
  readonly rounds: number;
  readonly promptsPerRound: number;
  readonly examplesPerPull: number;
  /** c */
  readonly exploration: number;
}

/** Keeps the bonus of an arm that was never pulled finite, and far above all others. */
const almostNone = 1e-3;

/**
 * c √(ln t / n). t is the number of all pulls so far, as in APE; ProTeGi's code uses the round's index from 0, so
 * that ln t is 0 in its second round, which then replays the arms of the first.
 */
function ucbBonus(tally: Tally, arm: number, c: number): number {
  return c * Math.sqrt(Math.log(Math.max(1, tally.total)) / (tally.count(arm) + almostNone));
}

/** c √(c / n) */
function ucbEBonus(tally: Tally, arm: number, c: number): number {
  return c * Math.sqrt(c / (tally.count(arm) + almostNone));
}

function createUcb(bonus: typeof ucbBonus) {
  return async function* (arena: Arena, settings: UcbSettings): Steps<Ranking> {
    const { rounds, promptsPerRound, examplesPerPull, exploration } = settings;
    const tally = new Tally(arena.arms);
    for (let round = 0; round < rounds; round += 1) {
      const upper = new Map(
        allArms(arena).map((arm) => [arm, tally.mean(arm) + bonus(tally, arm, exploration)]),
      );
      const arms =
        round === 0
          ? arena.random.sample(allArms(arena), promptsPerRound)
          : allArms(arena)
              .sort((a, b) => (upper.get(b) ?? 0) - (upper.get(a) ?? 0) || a - b)
              .slice(0, promptsPerRound);
      yield* tally.pull(arena, arms, arena.random.sample(arena.examples, examplesPerPull));
    }
    return tally.ranked(allArms(arena));
  };
}

export const ucb = createUcb(ucbBonus);
export const ucbE = createUcb(ucbEBonus);
