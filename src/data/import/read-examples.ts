/** The rows of a table as examples, by a mapping; rows that lack something become problems. */
import { countsFromZero, letterOf, optionsOf } from './answer-options.ts';
import { splitAnswers, parseList } from './list-text.ts';
import type { Mapping } from './mapping.ts';
import { lastWord } from './match-name.ts';
import { cellText } from './raw-table.ts';
import type { Cell, RawRow, RawTable, RowProblem } from './raw-table.ts';
import { afterMark } from './reasoning-mark.ts';
import { columnPosition, compileTemplate } from './row-template.ts';

/** An example before it has its final id; `id` is the file's own, or ''. */
export interface ReadExample {
  readonly row: number;
  readonly id: string;
  readonly input: string;
  readonly target: string;
  readonly alternatives?: readonly string[];
  readonly fields?: Readonly<Record<string, string>>;
}

export interface ReadExamples {
  readonly examples: readonly ReadExample[];
  readonly problems: readonly RowProblem[];
}

/** @throws `invalid-data` when the mapping names a column that the table does not have */
export function readExamples(table: RawTable, mapping: Mapping): ReadExamples {
  const read = compileMapping(table, mapping);
  const examples: ReadExample[] = [];
  const problems: RowProblem[] = [];
  for (const row of table.rows) {
    const result = read(row);
    if ('message' in result) problems.push(result);
    else examples.push(result);
  }
  return { examples, problems };
}

type ReadRow = (row: RawRow) => ReadExample | RowProblem;

function compileMapping(table: RawTable, mapping: Mapping): ReadRow {
  const render = compileTemplate(table, mapping.input);
  const answers = compileAnswers(table, mapping);
  const withOptions = compileOptions(table, mapping, answers);
  const fieldsOf = compileFields(table, mapping);
  const id = mapping.id === null ? -1 : columnPosition(table, mapping.id);
  return (row) => {
    const input = render(row);
    const [target, ...alternatives] = answers(row);
    if (input.trim() === '')
      return problem(
        row,
        inputColumnOf(mapping),
        'The input is empty. Expected what the model is to answer.',
      );
    if (target === undefined)
      return problem(row, mapping.target ?? '', 'The cell is empty. Expected the right answer.');
    const example = withOptions(row, input, target);
    if (example === null)
      return problem(
        row,
        mapping.target ?? '',
        `“${target.slice(0, 60)}” is none of the options. Expected one of them, its letter or its number.`,
      );
    const fields = fieldsOf(row);
    const known = { row: row.number, id: cellText(row.cells[id]).trim(), ...example };
    if (fields === null && alternatives.length === 0) return known; // nearly all: not copied again
    return {
      ...known,
      ...(alternatives.length > 0 ? { alternatives } : {}),
      ...(fields === null ? {} : { fields }),
    };
  };
}

function problem(row: RawRow, field: string, message: string): RowProblem {
  return { row: row.number, field, message };
}

/** The column to look at when the input is empty: the last one of the template. */
function inputColumnOf(mapping: Mapping): string {
  return [...mapping.input.matchAll(/\{\{([^{}]*)\}\}/g)].at(-1)?.[1]?.trim() ?? '';
}

/** Lists of these are one answer: all that holds for the example, not one of several right answers. */
const SETS: ReadonlySet<string> = new Set([
  'labels',
  'intents',
  'tags',
  'topics',
  'genres',
  'emotions',
  'categories',
]);
/** What some files for training put at the end of an answer. */
const END = /\s*(?:<\|(?:endoftext|im_end|eot_id|end)\|>|<\/s>)\s*$/;

/** The right answers of a row: the target first, no two equal. */
function compileAnswers(table: RawTable, mapping: Mapping): (row: RawRow) => string[] {
  if (mapping.target === null) return () => ['']; // nobody has said what is right
  const target = columnPosition(table, mapping.target);
  const alternatives = mapping.alternatives === null ? -1 : columnPosition(table, mapping.alternatives);
  const isSet = SETS.has(lastWord(mapping.target));
  return (row) => {
    const found = answersOf(row.cells[target] ?? '').map((answer) => afterMark(answer, mapping.targetAfter));
    const main = isSet && found.length > 1 ? [found.join(', ')] : found;
    if (main.length === 0 || alternatives < 0) return main.length > 1 ? [...new Set(main)] : main;
    const more = row.cells[alternatives] ?? '';
    const others = typeof more === 'string' ? splitAnswers(more) : more.map((answer) => answer.trim());
    return main.length === 1 && others.length === 0
      ? main
      : [...new Set([...main, ...others])].filter((answer) => answer !== '');
  };
}

function answersOf(cell: Cell): string[] {
  const answers = typeof cell === 'string' ? (cell.includes('[') ? listOfTexts(cell) : [cell]) : cell;
  return answers.map(withoutEnd).filter((answer) => answer !== '');
}

/** Every end has a sign that few answers have. */
function withoutEnd(answer: string): string {
  return (answer.includes('<') ? answer.replace(END, '') : answer).trim();
}

/** `["a", "b"]` printed into a cell; lists of numbers and brackets stay the text they are, they may be the answer itself. */
function listOfTexts(cell: string): readonly string[] {
  const quoted = /^\s*\[\s*['"]/.test(cell) ? parseList(cell) : null;
  return quoted ?? [cell];
}

type WithOptions = (row: RawRow, input: string, target: string) => { input: string; target: string } | null;

/** Adds the options to the input and turns the target into a letter; null when it is none of them. */
function compileOptions(table: RawTable, mapping: Mapping, answers: (row: RawRow) => string[]): WithOptions {
  const positions = mapping.options.map((name) => columnPosition(table, name));
  if (positions.length === 0) return (_, input, target) => ({ input, target });
  const answer = mapping.target === null ? -1 : columnPosition(table, mapping.target);
  const targets = table.rows.map((row) => answers(row)[0] ?? '');
  const first = countsFromZero(
    targets,
    table.rows.map((row) => optionsOf(row, positions)),
  )
    ? 0
    : 1;
  return (row, input, target) => {
    const options = optionsOf(row, positions, answer);
    if (options === null) return { input, target };
    if (mapping.target === null) return { input: input + options.listing, target };
    const letter = letterOf(target, options, first);
    return letter === null ? null : { input: input + options.listing, target: letter };
  };
}

/**
 * The columns that a prompt may name in its own placeholders: never those that hold the answer.
 * Null when there are none besides the input itself.
 */
function compileFields(table: RawTable, mapping: Mapping): (row: RawRow) => Record<string, string> | null {
  const hidden = new Set([mapping.target, mapping.alternatives, mapping.id]);
  const named = table.columns.flatMap((name, position) => (hidden.has(name) ? [] : [{ name, position }]));
  if (named.length === 1 && mapping.input === `{{${named[0]?.name ?? ''}}}`) return () => null;
  return (row) => {
    const fields: Record<string, string> = {};
    for (const { name, position } of named) fields[name] = cellText(row.cells[position]);
    return fields;
  };
}
