/** A text of one column: a line per example, or quoted cells where all the quotation marks make sense. */
import Papa from 'papaparse';
import type { Cells } from './csv.ts';

/** The parser wants a separator; this one stands in no text that people have. */
const NOWHERE = '\u001e';

export function readLines(text: string): Cells {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: NOWHERE, skipEmptyLines: false });
  const isPlain = errors.some(({ type }) => type === 'Quotes');
  return { grid: isPlain ? text.split(/\r\n|\n|\r/).map((line) => [line]) : data, quotes: new Map() };
}

/** The first lines that are not blank, trimmed; of a long text no more than is needed is looked at. */
export function firstLines(text: string, count: number): string[] {
  const lines: string[] = [];
  let start = 0;
  while (lines.length < count && start < text.length) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end).trim();
    if (line !== '') lines.push(line);
    start = end + 1;
  }
  return lines;
}
