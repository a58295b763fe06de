/** What a built-in task consists of, and the loop that turns its draws into a balanced set without duplicates. */
import type { Random } from '../../core/random.ts';
import type { Metric } from '../../core/types.ts';
import type { Facet } from '../../models/simulated/world.ts';
import type { ExampleNeeds } from '../dataset.ts';

export interface DrawnExample extends ExampleNeeds {
  readonly input: string;
  readonly target: string;
}

export interface BuiltInTask {
  readonly metric: Metric;
  readonly choices: readonly string[];
  readonly facets: readonly Facet[];
  /**
   * One example. `turn` counts the examples that were kept so far: tasks balance their labels by it. Null when the
   * draw does not fit the label that is due; the caller draws again.
   */
  draw(random: Random, turn: number): DrawnExample | null;
}

/** Far above what any task needs (the rarest label fits one draw in about a hundred). */
const maxDrawsPerExample = 2000;

/**
 * Examples in random order, each input once.
 * @throws RangeError when a task's knobs leave too few different examples
 */
export function drawExamples(task: BuiltInTask, size: number, random: Random): DrawnExample[] {
  const kept = new Map<string, DrawnExample>();
  for (let draws = 0; kept.size < size; draws += 1) {
    if (draws > size * maxDrawsPerExample)
      throw new RangeError(`Only ${kept.size} different examples found.`);
    const drawn = task.draw(random, kept.size);
    if (drawn !== null && !kept.has(drawn.input)) kept.set(drawn.input, withNeededSlips(drawn));
  }
  return random.shuffle([...kept.values()]);
}

/** Tasks compute the slips of every facet; those of a facet that the example does not need mean nothing. */
function withNeededSlips(drawn: DrawnExample): DrawnExample {
  const needed = Object.entries(drawn.slips).filter(([id]) => id === '' || drawn.needs.includes(id));
  return { ...drawn, slips: Object.fromEntries(needed) };
}

/** The ids whose condition holds, in the order given: what an example needs. */
export function needsOf(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(conditions).filter((id) => conditions[id]);
}

/** Whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + random.below(max - min + 1);
}

export function chance(random: Random, share: number): boolean {
  return random.next() < share;
}

/** "(A) first\n(B) second …", as multiple-choice questions show their options. */
export function optionLines(options: readonly string[]): string {
  return options.map((option, index) => `${optionLabel(index)} ${option}`).join('\n');
}

export function optionLabel(index: number): string {
  return `(${String.fromCharCode(65 + index)})`;
}

/** Options in random order with the right one at `rightIndex`, so that the right letters can be balanced. */
export function placeRight(
  random: Random,
  right: string,
  others: readonly string[],
  rightIndex: number,
): string[] {
  const options = random.shuffle(others);
  options.splice(rightIndex, 0, right);
  return options;
}

/** "a, b and c". */
export function enumerate(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${String(parts.at(-1))}`;
}
