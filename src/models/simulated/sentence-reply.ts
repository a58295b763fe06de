/** One sentence from the simulated optimizer model: a rewrite of the marked one, or a new one when none is marked. */
import type { Random } from '../../core/random.ts';
import { nameFacet } from './naming.ts';
import { harmfulSentences, platitudes } from './phrases.ts';
import type { ShownText } from './shown-text.ts';
import type { Skill } from './skill.ts';
import { fitting, joined, reworded, statedIn } from './wording.ts';
import type { Facet, SimulatedWorld } from './world.ts';

/** Share of rewrites that keep an empty phrase beside what is new; and that only reword what was there. */
const keepsEmptyPhrase = 0.3;
const onlyRewords = 0.6;

function withFacet(
  { target, mostWords }: ShownText,
  facet: Facet,
  facets: readonly Facet[],
  care: number,
  random: Random,
): string {
  const statement = random.pick(facet.statements);
  if (target === null) return statement;
  const isEmptyPhrase = statedIn(target, facets).length === 0;
  const isKept = random.next() < (isEmptyPhrase ? keepsEmptyPhrase : care);
  return isKept ? joined(target, statement, mostWords) : statement;
}

/** Nothing new is said; a careless model also loses what the sentence stated. */
function withoutFacet(target: string | null, facets: readonly Facet[], care: number, random: Random): string {
  const phrase = random.pick([...platitudes.description, ...platitudes.steps, ...platitudes.tips]);
  if (target === null) return phrase;
  const isPrecious = statedIn(target, facets).length > 0;
  return random.next() < (isPrecious ? care : onlyRewords) ? reworded(target, facets, random) : phrase;
}

export function sentenceReply(shown: ShownText, world: SimulatedWorld, skill: Skill, random: Random): string {
  const { target, mostWords } = shown;
  if (random.next() < skill.harmful) return fitting(random.pick(harmfulSentences), null, mostWords);
  const facet = nameFacet(shown, world, skill, random);
  const text =
    facet === null
      ? withoutFacet(target, world.facets, skill.care, random)
      : withFacet(shown, facet, world.facets, skill.care, random);
  return fitting(text, facet, mostWords);
}
