/**
 * Merges without a model (algorithms.md 3.4): two rewrites of different sentences of the same prompt that were each
 * better, and neither by enough, may be enough together. The same gates decide on the merged prompt.
 */
import type { RunEvent } from '../events.ts';
import { mergeEdits } from '../prompt/merge.ts';
import type { RunContext } from '../run-context.ts';
import type { ScoredRewrite } from './attempt.ts';
import type { Search } from './search.ts';

interface Merged {
  readonly candidate: ScoredRewrite['candidate'];
  /** Failures that the better of the two solved: the merged prompt must solve more. */
  readonly wins: number;
}

/**
 * @param miss a rewrite that validation found better, but not by enough
 * @returns it together with the latest such rewrite that it fits with; null when there is none
 */
export function* mergeWithEarlier(
  context: RunContext,
  search: Search,
  miss: ScoredRewrite,
): Generator<RunEvent, Merged | null> {
  if (!search.options.merge) return null;
  const { sentences, id } = search.incumbent;
  const earlier = search.nearMisses.toReversed();
  search.nearMisses.push(miss);
  for (const other of earlier) {
    const merged = mergeEdits(sentences, other.candidate.sentences, miss.candidate.sentences);
    if (merged === null) continue;
    const note = `${other.candidate.id} and ${miss.candidate.id} together`;
    const candidate = yield* context.create(merged, id, { operation: 'merge', note });
    return { candidate, wins: Math.max(other.wins, miss.wins) };
  }
  return null;
}
