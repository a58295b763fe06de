/** Which columns the model is shown. */
import { ALTERNATIVE_NAMES, INPUT_NAMES, OPTION_NAMES, normalizeName } from './columns.ts';
import { isAbout } from './guess-target.ts';
import { inputGroup } from './input-groups.ts';
import { allByName, byName, isWrongAnswer } from './match-name.ts';
import { SAMPLE } from './profile.ts';
import type { ColumnProfile } from './profile.ts';
import { cellText } from './raw-table.ts';
import type { RawTable } from './raw-table.ts';

export function guessInputs(
  table: RawTable,
  free: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile[] {
  if (table.format === 'promptfoo') return free.filter((column) => isVariable(table, column, target));
  if (table.format === 'chat') return ['system', 'input'].flatMap((name) => byName(free, [name]) ?? []);
  const shown = free.filter((column) => byName([column], OPTION_NAMES) === undefined && column.objects < 0.5);
  const group = groupOf(table, shown);
  if (group !== null) return group;
  const [named] = allByName(shown, INPUT_NAMES);
  if (named !== undefined) return [named];
  const choice = shown.length > 0 ? shown : free;
  if (!isUnnamed(table)) return featuresOf(choice, target) ?? inputByContent(choice);
  return withTextsBeside(free, inputByContent(beforeAnswer(choice, target)), target);
}

/** Whether nobody has named the columns. */
export function isUnnamed({ columns }: RawTable): boolean {
  return columns.every((name, position) => name === `column ${position + 1}`);
}

/** A variable that the assertion only repeats is no part of the input. */
function isVariable(
  { rows }: RawTable,
  { name, position }: ColumnProfile,
  target: ColumnProfile | undefined,
): boolean {
  if (name === 'alternatives' || name.startsWith('__')) return false;
  const given = rows.filter(({ cells }) => cellText(cells[position]) !== '');
  return target === undefined || given.some(({ cells }) => cells[position] !== cells[target.position]);
}

/** Columns that belong together, without those whose text the last of them repeats. */
function groupOf(table: RawTable, columns: readonly ColumnProfile[]): ColumnProfile[] | null {
  const group = inputGroup(columns);
  const last = group.at(-1);
  if (last === undefined) return null;
  return group.filter((column) => column === last || !repeats(table, last, column));
}

function repeats({ rows }: RawTable, whole: ColumnProfile, part: ColumnProfile): boolean {
  const filled = rows.slice(0, SAMPLE).filter(({ cells }) => cellText(cells[part.position]).trim() !== '');
  const repeated = filled.filter(({ cells }) =>
    cellText(cells[whole.position]).includes(cellText(cells[part.position]).trim()),
  );
  return repeated.length >= filled.length * 0.8;
}

/** Columns beyond these would make a prompt of nothing else. */
const MOST_FEATURES = 30;

/** Where no column is a text and the answer is a label, all of them tell about the case; null for other tables. */
function featuresOf(
  columns: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile[] | null {
  const features = columns.filter((column) => !isAbout(column) && column.filled >= 0.5);
  const areShort = features.every(({ words, length }) => words < 3 && length < 30);
  const isCase = features.length >= 3 && features.length <= MOST_FEATURES && areShort;
  return isCase && target !== undefined && target.distinct < 0.5 ? features : null;
}

/** Texts stand before their answer, where anything does but codes: what comes after it may be its reasons. */
function beforeAnswer(
  columns: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): readonly ColumnProfile[] {
  if (target === undefined) return columns;
  const before = columns.filter(({ position }) => position < target.position);
  const texts = before.filter(({ words }) => words >= 3);
  if (texts.length > 0) return texts;
  return before.length > 0 && target.distinct >= 0.5 ? before : columns;
}

/** The first long text, if any. */
function inputByContent(columns: readonly ColumnProfile[]): ColumnProfile[] {
  const candidates = columns.filter((column) => !isAbout(column));
  const texts = candidates.length > 0 ? candidates : columns.filter((column) => !isWrongAnswer(column));
  const eligible = texts.filter(({ name }) => !ALTERNATIVE_NAMES.includes(normalizeName(name)));
  const longest = Math.max(...eligible.map(({ length }) => length));
  return eligible.filter(({ length }) => length * 2 >= longest).slice(0, 1);
}

/**
 * Without names: the texts on the same side of the answer as the main one, such as the title before an article. What
 * is on its other side may tell the answer.
 */
function withTextsBeside(
  free: readonly ColumnProfile[],
  [main]: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile[] {
  if (main === undefined) return [];
  if (target === undefined) return [main];
  const isBefore = main.position < target.position;
  return free.filter(
    (column) =>
      column === main ||
      (column.position < target.position === isBefore &&
        column.words >= 3 &&
        column.distinct >= 0.5 &&
        column.length * 8 >= main.length &&
        !isAbout(column)),
  );
}
