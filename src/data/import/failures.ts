/** Failures of an import, in the person's words: the file, the place, what was expected, what to do. */
import { AppError } from '../../core/errors.ts';
import type { Place } from '../../core/errors.ts';
import type { RowProblem } from './raw-table.ts';

/** The file as a whole cannot be read. `message` goes on after the file's name: "is empty. …" */
export function unreadable(file: string, message: string, place: Place = {}, cause?: unknown): AppError {
  return new AppError('data-unreadable', `“${file}” ${message}`, { place: { file, ...place }, cause });
}

/** The file was read, but what it holds is no dataset. */
export function invalidData(file: string, message: string, place: Place = {}): AppError {
  return new AppError('invalid-data', `“${file}” ${message}`, { place: { file, ...place } });
}

/** One line for lists and messages: `row 12, column “target”: the cell is empty. Expected …`. */
export function describeProblem(problem: RowProblem): string {
  const column = problem.field === '' ? '' : `, column “${problem.field}”`;
  return `row ${problem.row}${column}: ${problem.message}`;
}

/** Stops at broken rows, naming the first one and how many there are. */
export function brokenRows(file: string, problems: readonly RowProblem[]): AppError {
  const first = problems[0];
  if (first === undefined) return invalidData(file, 'has rows that cannot be used.');
  const more = problems.length > 1 ? ` (${problems.length - 1} more rows have problems.)` : '';
  return new AppError(
    'invalid-data',
    `“${file}”, ${describeProblem(first)}${more} Correct the file, or import it without these rows.`,
    { place: { file, row: first.row, ...(first.field === '' ? {} : { field: first.field }) } },
  );
}
