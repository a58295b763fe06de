/** Which columns hold the options of a question: a list, one per option, or the right answer beside wrong ones. */
import { countsFromZero, letterOf, optionsOf } from './answer-options.ts';
import type { Options } from './answer-options.ts';
import { OPTION_NAMES } from './columns.ts';
import { isUnnamed } from './guess-inputs.ts';
import { byName, lastPart, wordsOf } from './match-name.ts';
import { SAMPLE } from './profile.ts';
import type { ColumnProfile } from './profile.ts';
import { cellText } from './raw-table.ts';
import type { RawTable } from './raw-table.ts';

/** What options are called before their letter or number: "option1", "answerA", "ending0", "sol2", or nothing. */
const STEMS = /^(?:|options?|choice|answer|ans|ending|sol|solution|op|opt|candidate|alternative|c|o)$/;
const MEMBER = /^(.*?)[\s_.-]*([a-z]|\d)$/i;
const WRONG = /^(?:incorrect|wrong|false|distractor)s?(?: ?(?:answer|option|choice|ending))? ?\d*$/;

/** @param others the columns that are neither input nor answer */
export function guessOptions(
  table: RawTable,
  others: readonly ColumnProfile[],
  inputs: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): readonly ColumnProfile[] {
  const list = byName(others, OPTION_NAMES);
  const candidates = [
    list === undefined ? [] : [list],
    ...series(others),
    isUnnamed(table) ? between(others, inputs, target) : [],
    target === undefined ? [] : besideWrong(others, target),
  ];
  return candidates.find((columns) => fits(table, columns, target)) ?? [];
}

/** Columns that are called alike and counted by letters or numbers, from the first on. */
function series(columns: readonly ColumnProfile[]): ColumnProfile[][] {
  const found = new Map<string, ColumnProfile[]>();
  for (const column of columns) {
    const [, stem = '', mark = ''] = MEMBER.exec(lastPart(column.name)) ?? [];
    if (mark === '' || !STEMS.test(stem.toLowerCase())) continue;
    const members = found.get(stem.toLowerCase()) ?? [];
    found.set(stem.toLowerCase(), members);
    if (isNext(mark, members.length, members[0])) members.push(column);
  }
  return [...found.values()].filter((members) => members.length >= 2);
}

function isNext(mark: string, count: number, first: ColumnProfile | undefined): boolean {
  if (/\d/.test(mark)) {
    const start = first === undefined ? Number(mark) : Number(first.name.at(-1));
    return start <= 1 && Number(mark) === start + count;
  }
  return mark.toLowerCase().charCodeAt(0) === 97 + count;
}

/** Without names: question, options and letter in this order, as MMLU has them. */
function between(
  others: readonly ColumnProfile[],
  [input]: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile[] {
  if (input === undefined || target === undefined || target.length > 1) return [];
  return others.filter(({ position }) => position > input.position && position < target.position);
}

/** The right answer and the wrong ones, each in a column of its own: together they are the options. */
function besideWrong(others: readonly ColumnProfile[], target: ColumnProfile): ColumnProfile[] {
  const wrong = others.filter(
    (column) => WRONG.test(wordsOf(lastPart(column.name)).join(' ')) && column.lists < 0.5,
  );
  return wrong.length >= 2 ? [target, ...wrong] : [];
}

/** Whether the columns are options throughout, and the answers are among them where there are any. */
function fits(
  table: RawTable,
  columns: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): boolean {
  const rows = table.rows.slice(0, SAMPLE);
  const positions = columns.map(({ position }) => position);
  const options = rows.map((row) => optionsOf(row, positions));
  if (columns.length === 0 || options.filter((one) => one !== null).length * 2 < rows.length) return false;
  if (target === undefined) return true;
  const answers = rows.map(({ cells }) => {
    const cell = cells[target.position] ?? '';
    return (typeof cell === 'string' ? cell : cellText(cell[0])).trim();
  });
  return areAmong(answers, options, columns.includes(target) ? 1 : 0.5);
}

function areAmong(answers: readonly string[], options: readonly (Options | null)[], share: number): boolean {
  const first = countsFromZero(answers, options) ? 0 : 1;
  const known = answers.filter((answer) => answer !== '').length;
  const among = answers.filter((answer, index) => {
    const one = options[index] ?? null;
    return answer !== '' && one !== null && letterOf(answer, one, first) !== null;
  });
  return known > 0 && among.length >= known * share * 0.95;
}
