/**
 * All parameters of the simulated model. They were set once, by the accuracy of ordinary prompts on the built-in
 * tasks (0.3 to 0.7) and by the rates of useless and broken replies that small models show (algorithms.md 5).
 * They are the same for every optimization method.
 */
import type { SimulatedSpec } from '../spec.ts';
import type { Facet } from './world.ts';

export interface Skill {
  /** Chance of a right answer when every needed facet is covered. */
  readonly base: number;
  /** Chance that a needed facet does no harm although the prompt does not cover it. */
  readonly luck: number;
  /** Share of draws that a change of wording throws anew: irrelevant rewrites flip some answers both ways. */
  readonly noise: number;
  /** Chance to see what shown failures have in common, when there are enough of them. */
  readonly insight: number;
  /** Chance to see from right answers alone that a facet matters. */
  readonly foresight: Readonly<Record<Facet['kind'], number>>;
  /** Chance that a rewrite keeps what the text stated before. */
  readonly care: number;
  /** Shares of proposals that do harm, and of replies that are broken. */
  readonly harmful: number;
  readonly broken: number;
}

export const skills: Readonly<Record<SimulatedSpec['skill'], Skill>> = {
  weak: {
    base: 0.84,
    luck: 0.1,
    noise: 0.4,
    insight: 0.35,
    foresight: { format: 0.6, step: 0.35, convention: 0.02 },
    care: 0.78,
    harmful: 0.12,
    broken: 0.22,
  },
  middling: {
    base: 0.94,
    luck: 0.12,
    noise: 0.35,
    insight: 0.55,
    foresight: { format: 0.8, step: 0.55, convention: 0.06 },
    care: 0.9,
    harmful: 0.07,
    broken: 0.12,
  },
  strong: {
    base: 0.98,
    luck: 0.2,
    noise: 0.3,
    insight: 0.75,
    foresight: { format: 0.9, step: 0.7, convention: 0.15 },
    care: 0.96,
    harmful: 0.03,
    broken: 0.05,
  },
};
