/** The table of speed in the README, from bench/results.json: written by the benchmark, checked by a test. */
const begin = '<!-- speed:begin, written by npm run bench -->';
const end = '<!-- speed:end -->';

const mark = (isMet) => (isMet === null ? '–' : isMet ? 'yes' : 'no');
const cell = (text) => String(text).replaceAll('|', '\\|');

/** @param {readonly { figure: string, wanted: string, measured: string, isMet: boolean | null, how: string }[]} rows */
function speedTable(rows) {
  const lines = rows.map((row) =>
    [row.figure, row.wanted, row.measured, mark(row.isMet), row.how].map(cell).join(' | '),
  );
  return [
    '| figure | wanted | measured | met | how |',
    '| --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

/** The README with the table between its two marks. @throws Error when a mark is missing */
export function withSpeedTable(readme, rows) {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md needs the lines "${begin}" and "${end}".`);
  return `${readme.slice(0, from + begin.length)}\n\n${speedTable(rows)}\n\n${readme.slice(to)}`;
}
