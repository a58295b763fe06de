/** One or two sentences about a cause, from the simulated optimizer model. */
import type { Random } from '../../core/random.ts';
import { isHarmful } from './coverage.ts';
import { nameFacet } from './naming.ts';
import { uselessReasons } from './phrases.ts';
import type { ShownText } from './shown-text.ts';
import type { Skill } from './skill.ts';
import { statedIn } from './wording.ts';
import type { Facet, SimulatedWorld } from './world.ts';

/** Share of the missing rules for which no sentence is blamed; otherwise it is one that says nothing. */
const blamesNone = 0.5;

/**
 * The sentence that is blamed, where sentences are numbered: one that does harm when it is seen, nothing or an empty
 * phrase for a rule that is missing, and any by lot when nothing was seen.
 */
function blamed(
  numbered: readonly string[],
  facet: Facet | null,
  world: SimulatedWorld,
  random: Random,
): number {
  if (facet === null) return 1 + random.below(numbered.length);
  const empty = numbered.flatMap((text, index) =>
    statedIn(text, world.facets).length === 0 ? [index + 1] : [],
  );
  return empty.length === 0 || random.next() < blamesNone ? 0 : random.pick(empty);
}

export function reasonReply(shown: ShownText, world: SimulatedWorld, skill: Skill, random: Random): string {
  const { numbered } = shown;
  const harmful = numbered.findIndex(isHarmful);
  if (harmful >= 0 && random.next() < skill.insight)
    return `The instruction gives advice that makes answers worse. [${harmful + 1}]`;
  const facet = nameFacet(shown, world, skill, random);
  const reason =
    facet === null
      ? random.pick(uselessReasons)
      : `The instruction leaves out a rule that these cases need. ${random.pick(facet.statements)}`;
  return numbered.length === 0 ? reason : `${reason} [${blamed(numbered, facet, world, random)}]`;
}
