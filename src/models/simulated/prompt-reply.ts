/** A whole prompt from the simulated optimizer model: a first draft from shown cases, or a rewrite of a shown prompt. */
import type { Random } from '../../core/random.ts';
import { sentencesOf } from './coverage.ts';
import { nameFacet, nameFacets } from './naming.ts';
import type { PromptPart } from './phrases.ts';
import { harmfulSentences, platitudes } from './phrases.ts';
import type { ShownText } from './shown-text.ts';
import type { Skill } from './skill.ts';
import { reworded, statedIn } from './wording.ts';
import type { Facet, SimulatedWorld } from './world.ts';

/** Sentences of a draft, part by part, before the facets are added. */
const draftParts: readonly (readonly [PromptPart, number])[] = [
  ['type', 1],
  ['description', 2],
  ['format', 1],
  ['steps', 2],
  ['tips', 1],
];

const partOfKind: Readonly<Record<Facet['kind'], PromptPart>> = {
  format: 'format',
  step: 'steps',
  convention: 'description',
};

/** Chance that a whole rewrite adds a second facet after a first, and that it rewords a sentence. */
const addsSecond = 0.4;
const rewords = 0.25;

function part(name: PromptPart, count: number, facets: readonly Facet[], random: Random): string {
  const own = facets
    .filter(({ kind }) => partOfKind[kind] === name)
    .map(({ statements }) => random.pick(statements));
  const filling = random.sample(platitudes[name], Math.max(own.length > 0 ? 0 : 1, count - own.length));
  return [...filling, ...own].join(' ');
}

/** Under the headings that were asked for, in their order; as one paragraph when none were. */
function draft(shown: ShownText, facets: readonly Facet[], random: Random): string {
  const bodies = draftParts.map(([name, count]) => part(name, count, facets, random));
  if (shown.headings.length === 0) return bodies.join(' ');
  return bodies.map((body, index) => [shown.headings[index], body].filter(Boolean).join('\n')).join('\n');
}

function rewrittenLine(line: string, facets: readonly Facet[], care: number, random: Random): string | null {
  if (line.startsWith('#')) return line;
  const sentences = sentencesOf(line).map((sentence) => {
    const isEmptyPhrase = statedIn(sentence, facets).length === 0;
    if (random.next() >= (isEmptyPhrase ? Math.max(care, 0.9) : care)) return '';
    return random.next() < rewords ? reworded(sentence, facets, random) : sentence;
  });
  const kept = sentences.filter((sentence) => sentence !== '').join(' ');
  return kept === '' ? null : kept;
}

/** Most sentences stay; some are reworded or lost; what the model sees is added at the end. */
function rewrite(shown: ShownText, world: SimulatedWorld, skill: Skill, random: Random): string {
  const lines = shown.current
    .map((line) => rewrittenLine(line, world.facets, skill.care, random))
    .filter((line) => line !== null);
  const first = nameFacet(shown, world, skill, random);
  const second = first && random.next() < addsSecond ? nameFacet(shown, world, skill, random) : null;
  const named = [...new Set([first, second])].filter((facet) => facet !== null);
  const harm = random.next() < skill.harmful ? [random.pick(harmfulSentences)] : [];
  return [...lines, ...named.map(({ statements }) => random.pick(statements)), ...harm].join('\n');
}

export function promptReply(shown: ShownText, world: SimulatedWorld, skill: Skill, random: Random): string {
  if (shown.current.length > 0) return rewrite(shown, world, skill, random);
  const text = draft(shown, nameFacets(shown, world, skill, random), random);
  return random.next() < skill.harmful ? `${text} ${random.pick(harmfulSentences)}` : text;
}
