/** How the simulated optimizer model puts sentences together. */
import type { Random } from '../../core/random.ts';
import { cuesIn, states } from './coverage.ts';
import { fillers } from './phrases.ts';
import type { Facet } from './world.ts';

/** Words that a joined sentence may have where the request says nothing of it. */
const usualWords = 40;

const countWords = (text: string): number => text.split(/\s+/).length;

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** One sentence that says both; the addition alone when both would be too long. */
export function joined(sentence: string, addition: string, mostWords: number | null = usualWords): string {
  const both = `${sentence.replace(/[.!?;:,\s]+$/, '')}, and ${lowerFirst(addition)}`;
  return countWords(both) <= (mostWords ?? usualWords) ? both : addition;
}

/** The same content in other words: another statement of its facet, or an opening that says nothing. */
export function reworded(sentence: string, facets: readonly Facet[], random: Random): string {
  const facet = facets.find((one) => one.statements.includes(sentence));
  const others = facet?.statements.filter((statement) => statement !== sentence) ?? [];
  if (others.length > 0) return random.pick(others);
  const filler = fillers.find((opening) => sentence.startsWith(opening));
  const plain = filler === undefined ? sentence : sentence.slice(filler.length);
  return random.pick(fillers.filter((opening) => opening !== filler)) + lowerFirst(plain);
}

/** Facets that a sentence states. */
export function statedIn(sentence: string, facets: readonly Facet[]): Facet[] {
  return facets.filter((facet) => states(sentence, facet));
}

/** Of a text that is longer than a part of a sentence may be, the words in a row that say most of the facet; the first of equals. */
export function fitting(text: string, facet: Facet | null, mostWords: number | null): string {
  const all = text.split(/\s+/);
  if (mostWords === null || mostWords >= usualWords || all.length <= mostWords) return text;
  const windows = all.slice(mostWords - 1).map((_, start) => all.slice(start, start + mostWords).join(' '));
  const said = (window: string): number => (facet === null ? 0 : cuesIn(window, facet));
  return windows.reduce((best, window) => (said(window) > said(best) ? window : best));
}
