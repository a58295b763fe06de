import { sum } from '../arithmetic.ts';
/** GEPA's Pareto selection: a prompt counts for every example on which no other does better. */

/**
 * In how many examples' fronts each prompt is, after dominated prompts were dropped: worst mean first, a prompt goes
 * when in each of its fronts another one is left.
 * @param scores per prompt, its score on every example
 * @returns per prompt; 0 for the dropped
 */
export function frontCounts(scores: readonly (readonly number[])[]): number[] {
  const examples = scores[0]?.length ?? 0;
  const fronts = Array.from({ length: examples }, (_, example) => frontOf(scores, example));
  const left = new Set(scores.map((_, prompt) => prompt));
  for (const prompt of worstFirst(scores)) {
    const isDominated = fronts
      .filter((front) => front.has(prompt))
      .every((front) => [...front].some((other) => other !== prompt && left.has(other)));
    if (isDominated) left.delete(prompt);
  }
  return scores.map((_, prompt) =>
    left.has(prompt) ? fronts.filter((front) => front.has(prompt)).length : 0,
  );
}

function frontOf(scores: readonly (readonly number[])[], example: number): Set<number> {
  const top = Math.max(...scores.map((row) => row[example] ?? 0));
  return new Set(scores.flatMap((row, prompt) => ((row[example] ?? 0) === top ? [prompt] : [])));
}

function worstFirst(scores: readonly (readonly number[])[]): number[] {
  const sums = scores.map(sum);
  return scores.map((_, prompt) => prompt).sort((a, b) => (sums[a] ?? 0) - (sums[b] ?? 0) || b - a);
}
