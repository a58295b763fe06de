/** Which columns are what. Guessed from names and contents; the person has the last word. */
import { ID_NAMES, INPUT_GROUPS, INPUT_NAMES, TARGET_WORDS, normalizeName } from './columns.ts';
import { guessAlternatives } from './guess-alternatives.ts';
import { guessInputs, isUnnamed } from './guess-inputs.ts';
import { guessOptions } from './guess-options.ts';
import { guessTarget, targetByName } from './guess-target.ts';
import { allByName, lastWord } from './match-name.ts';
import { profileColumns } from './profile.ts';
import type { ColumnProfile } from './profile.ts';
import type { RawTable } from './raw-table.ts';
import { reasoningMark } from './reasoning-mark.ts';

export interface Mapping {
  /** What the model is shown: a text with `{{column}}` where a column's cell goes. */
  readonly input: string;
  /**
   * The column with the right answer; of a list the first one, the others count as well, except of labels and tags,
   * which are all asked for. Null: there are none.
   */
  readonly target: string | null;
  /** A column with further right answers, as a list or separated by semicolons. */
  readonly alternatives: string | null;
  /** Columns with the options of a question: one with a list, or one per option. They are added with letters. */
  readonly options: readonly string[];
  readonly id: string | null;
  /** The answer is what follows the last of this text in the target ("####" after GSM8K's reasoning). */
  readonly targetAfter: string | null;
}

/**
 * Names decide where they are known; otherwise the target is what is short and comes again, the input what is long.
 * Without a column for right answers there are none: one column, or one besides ids. Null when nothing fits.
 */
export function guessMapping(table: RawTable): Mapping | null {
  const columns = profileColumns(table).filter(({ filled }) => filled > 0);
  const alone = inputsAlone(table, columns);
  if (alone !== null) return withoutAnswers(columns, alone);
  const target = guessTarget(table, columns);
  const free = without(columns, [target]);
  const inputs = guessInputs(table, free, target);
  const others = without(free, inputs);
  const options = guessOptions(table, others, inputs, target);
  if (inputs.length === 0 || (target === undefined && !areKnown(table, inputs))) return null;
  return {
    input: templateOf(table, inputs),
    target: target?.name ?? null,
    alternatives: guessAlternatives(table, without(others, options), target)?.name ?? null,
    options: options.map(({ name }) => name),
    id: others.find((column) => column.unique && isId(column))?.name ?? null,
    targetAfter: target === undefined ? null : reasoningMark(table, target),
  };
}

/** Whether the inputs are called so: without an answer beside them nothing else shows that they are inputs. */
function areKnown({ format }: RawTable, inputs: readonly ColumnProfile[]): boolean {
  const names = [...INPUT_NAMES, ...INPUT_GROUPS.flat()];
  return format === 'promptfoo' || allByName(inputs, names).length > 0;
}

/** The one column there is to choose from; null when there are more, or one is called an answer. */
function inputsAlone(
  { format }: RawTable,
  columns: readonly ColumnProfile[],
): readonly ColumnProfile[] | null {
  // A conversation without a reply is all of the input; what stands beside it (a model, an address) is no answer.
  const isChat = format === 'chat';
  const alone = isChat ? columns.filter(({ name }) => name === 'input') : withoutIds(columns);
  if (alone.length !== 1) return null;
  const answer = targetByName(isChat ? columns : alone, isChat ? ['category'] : TARGET_WORDS);
  return answer === undefined || (isChat && answer.filled < 0.5) ? alone : null;
}

function withoutAnswers(columns: readonly ColumnProfile[], choice: readonly ColumnProfile[]): Mapping {
  return {
    input: choice.map(({ name }) => `{{${name}}}`).join('\n'),
    target: null,
    alternatives: null,
    options: [],
    id: without(columns, choice).find(({ unique }) => unique)?.name ?? null,
    targetAfter: null,
  };
}

function isId({ name }: ColumnProfile): boolean {
  return ID_NAMES.includes(normalizeName(name));
}

/** Without columns called "id" or "question_id"; "number" and "key" may be what the model is asked about. */
function withoutIds(columns: readonly ColumnProfile[]): ColumnProfile[] {
  return columns.filter(({ name }) => lastWord(name) !== 'id' && !/^\w+id$/.test(idName(name)));
}

/** "qid" and "uuid" are one word. */
function idName(name: string): string {
  return ID_NAMES.find((known) => known === normalizeName(name)) ?? '';
}

/** One column stands alone; several are labelled by their names, where they have any. */
function templateOf(table: RawTable, inputs: readonly ColumnProfile[]): string {
  const isPlain = inputs.length === 1 || isUnnamed(table);
  return inputs.map(({ name }) => (isPlain ? `{{${name}}}` : `${name}: {{${name}}}`)).join('\n');
}

function without(
  columns: readonly ColumnProfile[],
  taken: readonly (ColumnProfile | undefined)[],
): ColumnProfile[] {
  return columns.filter((column) => !taken.includes(column));
}
