/** Which sentence an attempt works on: drawn by Eq. 5, within limits that keep a step from going round in circles. */
import type { Random } from '../random.ts';
import type { Sentence } from '../types.ts';
import type { Search } from './search.ts';

export interface Chosen {
  readonly target: Sentence;
  /** By sentence id; what the draw was made with. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** How the attempt ended, once it has. */
  readonly verdict?: 'accepted' | 'useless' | 'rejected';
}

/** nfa stays on a sentence until its rewrite passes Eq. 7, and draws anew from the 4th attempt on. */
const publishedPatience = 3;

function uniform(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.map((id) => [id, 1 / ids.length]));
}

/** Published behaviour: the same sentence again after a useless rewrite, another one after a rejected rewrite. */
function stayOn(history: readonly Chosen[]): Sentence | null {
  const last = history.at(-1);
  if (!last || last.verdict !== 'useless') return null;
  const run = history.length - history.findLastIndex(({ target }) => target.id !== last.target.id) - 1;
  return run < publishedPatience ? last.target : null;
}

/** Sentences the step may still work on. */
function open(search: Search, history: readonly Chosen[]): readonly Sentence[] {
  const tries = (id: string): number => history.filter(({ target }) => target.id === id).length;
  const left = search.optimizable.filter(({ id }) => tries(id) < search.options.triesPerSentence);
  const last = history.at(-1);
  const isPublished = search.options.weights === 'paper' && last?.verdict === 'rejected';
  const others = left.filter(({ id }) => id !== last?.target.id);
  return isPublished && others.length > 0 ? others : left; // a single optimizable sentence must not loop for ever
}

/** Null when no sentence is left to work on in this step. */
export function chooseSentence(search: Search, history: readonly Chosen[], random: Random): Chosen | null {
  const candidates = open(search, history);
  if (candidates.length === 0) return null;
  const all = search.optimizable.map(({ id }) => id);
  const probabilities =
    search.options.sampling === 'uniform'
      ? uniform(all)
      : search.weights.probabilities(search.incumbent.sentences);
  const stay = search.options.weights === 'paper' ? stayOn(history) : null;
  const drawn = candidates[random.weighted(candidates.map(({ id }) => probabilities[id] ?? 0))];
  const target = stay ?? drawn;
  return target ? { target, probabilities } : null;
}
