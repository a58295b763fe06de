/**
 * How long a search still takes that ends as soon as nothing more can be shown to help. Its last step is all in vain;
 * how many are kept before it nobody knows, but how much is wrong is a hint: while it is more than the gain that is
 * asked for, another step is expected to be kept.
 */
import type { GainTest } from '../../../core/stats/gate-rule.ts';
import { fewestWins } from '../../../core/stats/gate-rule.ts';
import type { RunView } from './run-view.ts';

interface Known {
  /** Validation examples there are, and those the incumbent was not asked yet: it will be. */
  readonly planned: number;
  readonly unasked: number;
  /** Share of them that the incumbent gets wrong; by the rule of succession while not all are asked. */
  readonly wrong: number;
}

function knownOf({ points, sizes }: RunView): Known | null {
  const last = points.at(-1);
  if (!last || !sizes) return null;
  const { asked, correct } = last;
  const unasked = Math.max(0, sizes.validation - asked);
  const missed = asked - correct;
  const wrong = unasked === 0 ? missed / asked : (missed + 1) / (asked + 2);
  return { planned: sizes.validation, unasked, wrong };
}

/** What is left of the step under way, by the steps before it. */
export function restOfStepMs({ clock, spent }: RunView): number {
  if (clock.stepFrom === null) return 0;
  return Math.max(0, clock.stepMs / clock.steps - (spent.modelMs - clock.stepFrom));
}

/** A step in vain takes all its attempts, each of which ends with little asked on validation. */
function inVainMs({ clock }: RunView, attempts: number): number {
  return (attempts * clock.writingMs) / Math.max(1, clock.attempts);
}

function restInVainMs(view: RunView): number {
  const { attemptsPlanned, attemptsTaken, writingNowMs, stepFrom } = view.clock;
  if (stepFrom === null) return inVainMs(view, attemptsPlanned);
  return Math.max(0, inVainMs(view, attemptsPlanned - attemptsTaken) - writingNowMs);
}

/** @param test what a gain has to show on validation; null where nothing is tested */
export function searchLeftMs(view: RunView, test: GainTest | null): number {
  const { clock } = view;
  const known = knownOf(view);
  if (known === null) return restOfStepMs(view);
  const look = clock.answers === 0 ? 0 : (known.unasked * clock.answerMs) / clock.answers;
  if (test && known.wrong * known.planned < fewestWins(test.level)) return look; // nothing can pass any more
  if (test && known.wrong < test.minGain) return look + restInVainMs(view);
  return restOfStepMs(view) + look + inVainMs(view, clock.attemptsPlanned);
}
