/** Lines of prose whose commas, semicolons or colons look like separators of cells. */

type Row = readonly string[];

/** Marks that stand in sentences, with a space behind them. */
const MARKS = [',', ';', ':'];

/**
 * Whether these rows are sentences that were split by mistake. Where every mark has a space behind it, cells show
 * themselves as such: by labels that come again, by questions that end before the mark, or by single words.
 * @param consistent share of the rows that have as many cells as the first one
 */
export function isProse(rows: readonly Row[], delimiter: string, consistent: number): boolean {
  if (!MARKS.includes(delimiter) || !areSpaced(rows)) return false;
  if (consistent < 0.9 || share(rows, (cells) => endsSentence(cells.at(-1))) >= 0.8) return true;
  if (share(rows, ([first]) => endsSentence(first)) >= 0.5 || haveLabels(rows)) return false;
  const isGlossary = delimiter === ':' && meanWords(rows.map(([first = '']) => first)) <= 2;
  return !isGlossary && meanWords(rows.flatMap((cells) => cells.slice(1))) >= 2;
}

function areSpaced(rows: readonly Row[]): boolean {
  const inner = rows.flatMap((cells) => cells.slice(1)).filter((cell) => cell !== '');
  return inner.length > 0 && inner.every((cell) => /^\s+[^\s"]/.test(cell));
}

function endsSentence(text = ''): boolean {
  return /[.?!…]["'”’]?\s*$/.test(text);
}

/** Whether the last cells are words that come again. */
export function haveLabels(rows: readonly Row[]): boolean {
  const last = rows.map((cells) => cells.at(-1)?.trim() ?? '');
  return rows.length >= 4 && new Set(last).size * 2 <= rows.length && meanWords(last) <= 2;
}

function meanWords(texts: readonly string[]): number {
  const words = texts.reduce((sum, text) => sum + text.trim().split(/\s+/).length, 0);
  return words / Math.max(texts.length, 1);
}

function share(rows: readonly Row[], test: (cells: Row) => boolean): number {
  return rows.filter(test).length / rows.length;
}
