/** Rows that cannot be used, put together by what is wrong with them: a list of a thousand like lines tells nothing. */
import type { RowProblem } from './raw-table.ts';

/** Rows of a group that are named. */
const NAMED = 3;

export interface ProblemGroup {
  /** As in `RowProblem`. */
  readonly field: string;
  readonly message: string;
  /** The first rows with this problem, in their order. */
  readonly rows: readonly number[];
  /** All rows with it. */
  readonly count: number;
}

/** In the order in which each problem first appears. Every row is in the count of one group. */
export function groupProblems(problems: readonly RowProblem[]): ProblemGroup[] {
  const groups = new Map<string, { field: string; message: string; rows: number[]; count: number }>();
  for (const { row, field, message } of problems) {
    const key = `${field}\u0000${message}`;
    const group = groups.get(key) ?? { field, message, rows: [], count: 0 };
    groups.set(key, group);
    group.count += 1;
    if (group.rows.length < NAMED) group.rows.push(row);
  }
  return [...groups.values()];
}
