import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupProblems } from '../../../src/data/import/problem-groups.ts';

const empty = (row: number) => ({ row, field: 'answer', message: 'The cell is empty.' });

describe('rows that cannot be used', () => {
  it('are told once for each thing that is wrong, with the first rows and how many there are', () => {
    const broken = { row: 4, field: '', message: 'Expected 2 cells, found 3.' };
    expect(groupProblems([empty(3), broken, empty(7), empty(9), empty(12), empty(13)])).toEqual([
      { field: 'answer', message: 'The cell is empty.', rows: [3, 7, 9], count: 5 },
      { field: '', message: 'Expected 2 cells, found 3.', rows: [4], count: 1 },
    ]);
  });

  it('are all counted, and no two groups say the same', () => {
    const problem = fc.record({
      row: fc.nat(),
      field: fc.constantFrom('', 'a', 'b'),
      message: fc.constantFrom('x', 'y', 'ay'),
    });
    fc.assert(
      fc.property(fc.array(problem), (problems) => {
        const groups = groupProblems(problems);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(problems.length);
        expect(new Set(groups.map(({ field, message }) => `${field} ${message}`)).size).toBe(groups.length);
        for (const { rows, count } of groups) expect(rows.length).toBe(Math.min(count, 3));
      }),
    );
  });
});
