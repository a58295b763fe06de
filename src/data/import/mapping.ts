/** Which columns are what. Guessed from names and contents; the person has the last word. */
import {
  ALTERNATIVE_NAMES,
  ID_NAMES,
  INPUT_GROUPS,
  INPUT_NAMES,
  OPTION_NAMES,
  TARGET_NAMES,
  normalizeName,
} from './columns.ts';
import { profileColumns } from './profile.ts';
import type { ColumnProfile } from './profile.ts';
import type { RawTable } from './raw-table.ts';

export interface Mapping {
  /** What the model is shown: a text with `{{column}}` where a column's cell goes. */
  readonly input: string;
  /** The column with the right answer; of a list the first one, the others count as well. Null: there are none. */
  readonly target: string | null;
  /** A column with further right answers, as a list or separated by semicolons. */
  readonly alternatives: string | null;
  /** Columns with the options of a question: one with a list, or one per option. They are added with letters. */
  readonly options: readonly string[];
  readonly id: string | null;
  /** The answer is what follows the last of this text in the target ("####" after GSM8K's reasoning). */
  readonly targetAfter: string | null;
}

const REASONING_MARK = '####';

/**
 * Names decide where they are known; otherwise the target is what is short and comes again, the input what is long.
 * Without a column for right answers there are none: one column, or one besides ids. Null when nothing fits.
 */
export function guessMapping(table: RawTable): Mapping | null {
  const columns = profileColumns(table).filter(({ filled }) => filled > 0);
  // A conversation without a reply is all of the input; what stands beside it (a model, an address) is no answer.
  const alone =
    table.format === 'chat' ? columns.filter(({ name }) => name === 'input') : withoutIds(columns);
  if (alone.length === 1 && byName(table.format === 'chat' ? columns : alone, TARGET_NAMES) === undefined)
    return withoutAnswers(columns, alone);
  const target = byName(columns, TARGET_NAMES) ?? targetByContent(columns);
  const free = without(columns, [target]);
  const inputs = inputColumns(table, free, target);
  if (target === undefined || inputs.length === 0) return withoutAnswers(columns, columns);
  const others = without(free, inputs);
  const options = optionColumns(others, target);
  return {
    input: templateOf(inputs),
    target: target.name,
    alternatives: byName(without(others, options), ALTERNATIVE_NAMES)?.name ?? null,
    options: options.map(({ name }) => name),
    id: others.find((column) => column.unique && ID_NAMES.includes(normalizeName(column.name)))?.name ?? null,
    targetAfter: target.marked >= 0.9 ? REASONING_MARK : null,
  };
}

/** Only when there is one column to choose from. */
function withoutAnswers(columns: readonly ColumnProfile[], choice: readonly ColumnProfile[]): Mapping | null {
  if (choice.length !== 1) return null;
  return {
    input: templateOf(choice),
    target: null,
    alternatives: null,
    options: [],
    id: without(columns, choice).find(({ unique }) => unique)?.name ?? null,
    targetAfter: null,
  };
}

/** Without columns called "id" or "question_id"; "number" and "key" may be what the model is asked about. */
function withoutIds(columns: readonly ColumnProfile[]): ColumnProfile[] {
  return columns.filter(
    ({ name }) => !/id$/.test(normalizeName(name)) || !ID_NAMES.includes(normalizeName(name)),
  );
}

/** One column stands alone; several are labelled by their names. */
function templateOf(inputs: readonly ColumnProfile[]): string {
  const [only] = inputs;
  if (only !== undefined && inputs.length === 1) return `{{${only.name}}}`;
  return inputs.map(({ name }) => `${name}: {{${name}}}`).join('\n');
}

function inputColumns(
  table: RawTable,
  free: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile[] {
  if (table.format === 'promptfoo') {
    return free.filter(
      (column) =>
        column.name !== 'alternatives' && !column.name.startsWith('__') && !isAnswer(table, column, target),
    );
  }
  for (const names of INPUT_GROUPS) {
    const group = names.map((name) => byName(free, [name])).filter((column) => column !== undefined);
    if (group.length === names.length) return group;
  }
  const named = byName(free, INPUT_NAMES) ?? inputByContent(free, target);
  return named === undefined ? [] : [named];
}

/** A variable that the assertion only repeats is no part of the input. */
function isAnswer(
  { rows }: RawTable,
  { position }: ColumnProfile,
  target: ColumnProfile | undefined,
): boolean {
  return target !== undefined && rows.every(({ cells }) => cells[position] === cells[target.position]);
}

/** The whole name first, then its last part ("inputs.question"); columns with lists of things are no match for texts. */
function byName(columns: readonly ColumnProfile[], names: readonly string[]): ColumnProfile | undefined {
  const keys = [(name: string) => name, (name: string) => name.slice(name.lastIndexOf('.') + 1)];
  for (const key of keys) {
    for (const name of names) {
      const found = columns.find((column) => normalizeName(key(column.name)) === name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Answers are shorter than questions, and come again; between equals the last column. */
function targetByContent(columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  const inputName = byName(columns, INPUT_NAMES);
  const candidates = columns.filter((column) => column !== inputName && !isId(column));
  return candidates.toSorted((a, b) => answerLike(b) - answerLike(a) || b.position - a.position)[0];
}

/** Steps rather than exact lengths, so that columns of like texts keep their order. */
function answerLike({ distinct, length }: ColumnProfile): number {
  return (distinct < 0.5 ? 1 : 0) - Math.round(Math.log2(length + 1) / 2);
}

function inputByContent(
  columns: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile | undefined {
  const candidates = columns.filter((column) => !isId(column));
  const texts = candidates.length > 0 ? candidates : columns;
  const alternatives = target === undefined ? [] : ALTERNATIVE_NAMES;
  const eligible = texts.filter(({ name }) => !alternatives.includes(normalizeName(name)));
  return eligible.toSorted((a, b) => b.length - a.length || a.position - b.position)[0];
}

function isId(column: ColumnProfile): boolean {
  return ID_NAMES.includes(normalizeName(column.name)) || normalizeName(column.name) === 'split';
}

/** A column of lists with a known name, or columns A, B, C … beside answers that are letters. */
function optionColumns(columns: readonly ColumnProfile[], target: ColumnProfile): ColumnProfile[] {
  const list = byName(columns, OPTION_NAMES);
  if (list !== undefined && list.lists >= 0.5) return [list];
  if (!target.letters) return [];
  const lettered: ColumnProfile[] = [];
  for (const letter of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const column = byName(columns, [letter, `option${letter}`, `choice${letter}`]);
    if (column === undefined) break;
    lettered.push(column);
  }
  return lettered.length >= 2 ? lettered : [];
}

function without(
  columns: readonly ColumnProfile[],
  taken: readonly (ColumnProfile | undefined)[],
): ColumnProfile[] {
  return columns.filter((column) => !taken.includes(column));
}
