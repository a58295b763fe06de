/** Which facets a text states, sentence by sentence, and how much the rest of the text does harm. */
import { hashText } from '../../core/hash.ts';
import type { Facet, SimulatedWorld } from './world.ts';

/** Sentences of instruction text: by line, then by end marks. Coarser than the app's splitter, on purpose: models do not split. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

const cuePatterns = new Map<string, RegExp>();

/** A word of the text starts with the cue: "count" is found in "Counting", not in "account". */
function holdsCue(text: string, cue: string): boolean {
  let pattern = cuePatterns.get(cue);
  if (!pattern) {
    pattern = new RegExp(`(?<![\\p{L}\\p{N}])${cue.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'iu');
    cuePatterns.set(cue, pattern);
  }
  return pattern.test(text);
}

const holdsAny = (text: string, group: readonly string[]): boolean =>
  group.some((cue) => holdsCue(text, cue));

/** How many groups of the facet's cues the text holds. */
export function cuesIn(text: string, { cues }: Facet): number {
  return cues.filter((group) => holdsAny(text, group)).length;
}

export function states(sentence: string, facet: Facet): boolean {
  return !isHarmful(sentence) && facet.cues.every((group) => holdsAny(sentence, group));
}

/** The facets that at least one sentence states, by id. */
export function coveredBy(sentences: readonly string[], facets: readonly Facet[]): ReadonlySet<string> {
  const covered = facets.filter((facet) => sentences.some((sentence) => states(sentence, facet)));
  return new Set(covered.map(({ id }) => id));
}

/** Advice that makes any model worse: to guess, to hurry, to look away. "Do not guess" is no such advice. */
const harmfulAdvice = [
  /\b(?:at random|randomly)\b/i,
  /(?<!\b(?:not|never|without|n't) )\bguess/i,
  /\bfirst (?:thought|impression|idea|answer that)\b/i,
  /\b(?:skip|avoid|do not waste time on|without any) (?:reasoning|thinking)\b/i,
  /\bignore (?:the|small|any|all) (?:details?|question|input|rest)\b/i,
  /\balways (?:give|choose|answer with) the same\b/i,
  /\b(?:details|accuracy|correctness) (?:do|does) not matter\b/i,
];

export function isHarmful(sentence: string): boolean {
  return harmfulAdvice.some((pattern) => pattern.test(sentence));
}

const harmPerSentence = 0.25;
/** Words up to which a prompt costs nothing; what each further hundred costs, and the most it can cost. */
const freeWords = 250;
const costPerHundredWords = 0.06;
const mostForLength = 0.3;

/** Share of otherwise right answers that the text leaves right. */
function soundness(text: string, sentences: readonly string[]): number {
  const harmful = sentences.filter(isHarmful).length;
  const words = text.split(/\s+/).length;
  const forLength = Math.min(mostForLength, (Math.max(0, words - freeWords) / 100) * costPerHundredWords);
  return (1 - harmPerSentence) ** harmful * (1 - forLength);
}

/** Worked examples teach too: the format from this many on, another facet from that many on which it matters. */
const examplesForFormat = 2;
const examplesForFacet = 3;

function taughtByExamples(text: string, { facets, examples }: SimulatedWorld): string[] {
  const shown = examples.filter(({ input }) => text.includes(input));
  if (shown.length < examplesForFormat) return [];
  return facets
    .filter(({ id, kind }) => {
      const telling = shown.filter(({ needs }) => needs.includes(id)).length;
      return kind === 'format' || telling >= examplesForFacet;
    })
    .map(({ id }) => id);
}

/** What the task model makes of an instruction. */
export interface Understanding {
  readonly covered: ReadonlySet<string>;
  /** In [0, 1]; 1 when nothing in the text does harm. */
  readonly soundness: number;
  /** Hash of the instruction: what draws that depend on the wording are keyed by. */
  readonly wording: string;
}

export function understand(instruction: string, world: SimulatedWorld): Understanding {
  const sentences = sentencesOf(instruction);
  const covered = new Set([...coveredBy(sentences, world.facets), ...taughtByExamples(instruction, world)]);
  return { covered, soundness: soundness(instruction, sentences), wording: hashText(instruction) };
}
