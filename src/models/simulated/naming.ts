/**
 * What the simulated optimizer model sees: facets that the shown cases need and the shown prompt does not state.
 * Wrong answers tell more than right ones, several cases more than one, and a remark that names the facet most.
 */
import type { Random } from '../../core/random.ts';
import { coveredBy, sentencesOf, states } from './coverage.ts';
import type { ShownText } from './shown-text.ts';
import type { Skill } from './skill.ts';
import type { Facet, SimulatedWorld } from './world.ts';

/** Share of the insight that one, two and more telling cases allow. */
const insightByCases = [0, 0.65, 0.85, 1] as const;
/** Weight of a case whose wrong answer is just what the missing facet leads to. */
const plainCase = 3;
/** A facet that an earlier attempt stated without success is seldom named again. */
const triedWeight = 0.3;
/** What insight becomes when a remark already names the facet. */
const withRemark = (insight: number): number => insight + (1 - insight) * 0.7;

interface Lead {
  readonly facet: Facet;
  readonly weight: number;
  /** Chance that the model sees it once it looks there. */
  readonly chance: number;
}

function showsSlip(got: string, slip: string | undefined, facet: Facet): boolean {
  if (slip === undefined) return facet.kind === 'format' && !/answer/i.test(got);
  return got
    .toLowerCase()
    .replace(/[.\s]+$/, '')
    .endsWith(slip.toLowerCase());
}

function leadOn(facet: Facet, shown: ShownText, skill: Skill): Lead {
  const telling = shown.cases.filter(({ example }) => example.needs.includes(facet.id));
  const failures = telling.filter(({ got }) => got !== null);
  const plain = failures.filter(({ got, example }) => showsSlip(got ?? '', example.slips[facet.id], facet));
  const isRemarked = shown.remarks.flatMap(sentencesOf).some((sentence) => states(sentence, facet));
  const wasTried = shown.tried.flatMap(sentencesOf).some((sentence) => states(sentence, facet));
  const seen =
    failures.length > 0
      ? skill.insight * (insightByCases[Math.min(3, failures.length)] ?? 1)
      : telling.length > 0
        ? skill.foresight[facet.kind]
        : 0;
  const evidence = telling.length + (plainCase - 1) * plain.length + (isRemarked ? 2 * plainCase : 0);
  return {
    facet,
    weight: evidence * (wasTried ? triedWeight : 1),
    chance: isRemarked ? withRemark(seen) : seen,
  };
}

/** Facets that are to be gained, with what speaks for each. */
function leads(shown: ShownText, world: SimulatedWorld, skill: Skill): Lead[] {
  const prompt = [...shown.current, ...(shown.target === null ? [] : [shown.target])].flatMap(sentencesOf);
  const covered = coveredBy(prompt, world.facets);
  return world.facets
    .filter(({ id }) => !covered.has(id))
    .map((facet) => leadOn(facet, shown, skill))
    .filter(({ weight }) => weight > 0);
}

/** The facet that the model looks at and sees; null when it sees none. */
export function nameFacet(
  shown: ShownText,
  world: SimulatedWorld,
  skill: Skill,
  random: Random,
): Facet | null {
  const all = leads(shown, world, skill);
  if (all.length === 0) return null;
  const lead = all[random.weighted(all.map(({ weight }) => weight))];
  return lead && random.next() < lead.chance ? lead.facet : null;
}

/** Every facet that the model sees, for a text with room for several. */
export function nameFacets(shown: ShownText, world: SimulatedWorld, skill: Skill, random: Random): Facet[] {
  return leads(shown, world, skill)
    .filter(({ chance }) => random.next() < chance)
    .map(({ facet }) => facet);
}
