/** What kind of delimited text it is: the separator, and whether the first row names the columns. */
import Papa from 'papaparse';
import { isKnownName } from '../columns.ts';
import { haveLabels, isProse } from './prose.ts';
import { tableStart } from './table-start.ts';

const DELIMITERS = [',', '\t', ';', '|', '^', '~', '\u001f', '::', ':', ' | ', '@'];
/** Characters of the file that are looked at; enough for the rows that decide. */
const SAMPLE = 65_536;
const SAMPLE_ROWS = 50;

/** Excel's first line `sep=;`, which says what separates the cells. */
export function statedDelimiter(text: string): string | null {
  return /^"?sep=([^\r\n"])"?\r?$/m.exec(text.slice(0, 12))?.[1] ?? null;
}

/**
 * The separator under which most rows have as many cells as the first one; null when none makes two columns.
 * Known column names outweigh the count: a TSV of prose has many commas, but no "text<TAB>label" by accident. Where
 * no name is known and half the rows differ, or the text reads like prose, its commas separate nothing.
 */
export function findDelimiter(text: string): string | null {
  const sample = text.slice(0, SAMPLE);
  let best: { delimiter: string; score: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const score = fit(sample, delimiter, text.length > SAMPLE);
    if (score > 0 && (best === null || score > best.score + 1e-9)) best = { delimiter, score };
  }
  return best?.delimiter ?? null;
}

function fit(sample: string, delimiter: string, cut: boolean): number {
  if (!sample.includes(delimiter)) return 0;
  const { data } = Papa.parse<string[]>(sample, { delimiter, preview: SAMPLE_ROWS });
  const complete = cut && data.length > 1 && data.length < SAMPLE_ROWS ? data.slice(0, -1) : data;
  const rows = complete.filter((cells) => cells.length > 1 || (cells[0] ?? '').trim() !== '');
  const start = tableStart(rows);
  const header = rows[start] ?? [];
  if (header.length < 2) return 0;
  const known = namesIn(header);
  const table = known > 0 ? rows.slice(start) : rows; // without a name, what is above the table may be a part of it
  const consistent = table.filter((cells) => cells.length === header.length).length / table.length;
  if (known === 0 && (consistent <= 0.5 || isProse(rows, delimiter, consistent))) return 0;
  const isRare = DELIMITERS.indexOf(delimiter) > 3 && known < 2;
  if (isRare && (table.length < 2 || (delimiter === '@' && !haveLabels(table)))) return 0;
  const score = consistent + (known >= 2 ? 2 : known) + Math.min(header.length, 20) / 1000;
  // Tabs stand in texts by design, commas by accident.
  return (delimiter === '\t' ? score + 0.05 : score) * (isRare ? 0.5 : 1);
}

/** Known names that are words of any text. */
const COMMON = /^(?:no|number|key|index|correct|word|post|user|title)$/i;

/** Known names; one alone counts only among cells that could be names as well. */
function namesIn(header: readonly string[]): number {
  const known = header.filter((name) => isKnownName(name)).length;
  const couldBe = (cell: string): boolean => cell.trim().split(/\s+/).length <= 4;
  if (known > 1) return known;
  return header.every(couldBe) && !header.some((cell) => COMMON.test(cell.trim())) ? known : 0;
}

/** Whether the first of these rows names the columns. */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...rest] = rows;
  const names = first.map((cell) => cell.trim());
  if (names.some((name) => isKnownName(name) && name.length > 1))
    return !names.some((name) => name.length > 80);
  if (rest.length === 0) return false;
  if (first.length === 1) return isTitle(names[0] ?? '', rest);
  if (names.some((name) => name.length > 60 || /[.?!]$/.test(name) || isNumber(name))) return false;
  return !rest.some((cells) => names.some((name, column) => name !== '' && cells[column]?.trim() === name));
}

/** One column, no known name: a title is a word or three, much shorter than what is below it. */
function isTitle(name: string, rest: readonly (readonly string[])[]): boolean {
  const lengths = rest.map((cells) => cells[0]?.trim().length ?? 0).filter((length) => length > 0);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return name.split(/\s+/).length <= 3 && !/[.?!]$/.test(name) && name.length * 2 <= mean;
}

function isNumber(text: string): boolean {
  return text !== '' && Number.isFinite(Number(text));
}
