import { describe, expect, it } from 'vitest';
import { frontCounts } from '../../../src/core/stats/pareto.ts';

describe('Pareto selection', () => {
  it('counts the examples on which no other prompt does better, traced by hand', () => {
    // Example 1: A and C; example 2: B and C; example 3: B; example 4: all three.
    const [a, b, c] = [
      [1, 0, 0, 1],
      [0, 1, 1, 1],
      [1, 1, 0, 1],
    ];
    // A has the worst mean and C is in each of its fronts: A goes. B and C each have a front without the other.
    expect(frontCounts([a, b, c])).toEqual([0, 3, 3]);
  });

  it('keeps a prompt that alone solves one example', () => {
    expect(
      frontCounts([
        [1, 1, 1, 0],
        [0, 0, 0, 1],
      ]),
    ).toEqual([3, 1]);
  });

  it('keeps one of several equal prompts', () => {
    expect(
      frontCounts([
        [1, 0],
        [1, 0],
      ]).filter((count) => count > 0),
    ).toHaveLength(1);
  });
});
