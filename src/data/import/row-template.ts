/** `{{column}}` templates over the cells of a row. */
import { doubleBraces } from '../../core/prompt/placeholders.ts';
import { invalidData } from './failures.ts';
import { cellText } from './raw-table.ts';
import type { RawRow, RawTable } from './raw-table.ts';

/** A line of a template: texts at even places, column positions at odd ones. */
type Line = readonly (string | number)[];

/**
 * A renderer for the rows of a table. A line whose columns are all empty is left out, so that an optional column
 * leaves no label without a value.
 * @throws `invalid-data` when the template names no column, or one that is not there
 */
export function compileTemplate(table: RawTable, template: string): (row: RawRow) => string {
  const lines = template.split('\n').map((line) => compileLine(table, line));
  if (!lines.some((line) => line.length > 1)) {
    throw invalidData(table.file, 'needs an input: choose at least one column that the model is shown.', {
      field: 'input',
    });
  }
  const [only] = lines;
  if (only?.length === 3 && lines.length === 1 && only[0] === '' && only[2] === '') {
    const position = Number(only[1]);
    return (row) => cellText(row.cells[position]);
  }
  return (row) => {
    const texts = lines.map((line) => renderLine(line, row)).filter((text) => text !== null);
    return texts.join('\n');
  };
}

/** Where a column stands. @throws `invalid-data` */
export function columnPosition(table: RawTable, name: string): number {
  const position = table.columns.indexOf(name);
  if (position >= 0) return position;
  throw invalidData(
    table.file,
    `has no column “${name}”. Choose one of: ${table.columns.slice(0, 20).join(', ')}.`,
    { field: name },
  );
}

function compileLine(table: RawTable, line: string): Line {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of line.matchAll(doubleBraces)) {
    parts.push(line.slice(end, match.index), columnPosition(table, match[0].slice(2, -2).trim()));
    end = match.index + match[0].length;
  }
  return [...parts, line.slice(end)];
}

/** Null for a line of which all columns are empty. */
function renderLine(line: Line, row: RawRow): string | null {
  let text = '';
  let filled = line.length === 1;
  for (const part of line) {
    const piece = typeof part === 'string' ? part : cellText(row.cells[part]);
    filled ||= typeof part === 'number' && piece.trim() !== '';
    text += piece;
  }
  return filled ? text : null;
}
