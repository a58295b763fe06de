/** Which column holds the right answer: by its name where that is known, else by what is in it. */
import {
  ABOUT_WORDS,
  ASIDE_WORDS,
  ID_NAMES,
  INPUT_NAMES,
  OPTION_NAMES,
  TARGET_NAMES,
  TARGET_WORDS,
  normalizeName,
} from './columns.ts';
import { inputGroup } from './input-groups.ts';
import { allByName, byName, isWrongAnswer, lastWord, wordsOf } from './match-name.ts';
import type { ColumnProfile } from './profile.ts';
import type { RawTable } from './raw-table.ts';

const CONTEXTS: ReadonlySet<string> = new Set([
  'context',
  'passage',
  'paragraph',
  'article',
  'document',
  'story',
]);

/** Mean characters of labels. */
const LONGEST_LABEL = 60;
/** Words for kinds of things, which stand beside an answer as often as they are it. */
const KINDS: ReadonlySet<string> = new Set(['class', 'category', 'intent', 'sentiment', 'rating', 'score']);
/** First words of names that tell more about the answer: "answer_matching_behavior". */
const FIRST_WORDS: ReadonlySet<string> = new Set([
  'answer',
  'target',
  'label',
  'expected',
  'gold',
  'correct',
]);

export function guessTarget(
  { format }: RawTable,
  columns: readonly ColumnProfile[],
): ColumnProfile | undefined {
  // The other columns of promptfoo's tests are variables, whatever they are called.
  if (format === 'promptfoo') return columns.find(({ name }) => name === '__expected');
  const expected = columns.find(({ name }) => wordsOf(name)[0] === 'expected');
  const named = targetByName(columns);
  if (expected !== undefined && (named === undefined || KINDS.has(lastWord(named.name)))) return expected;
  return named ?? targetByFirstWord(columns) ?? targetByContent(columns);
}

/** @param unless names that do not count here */
export function targetByName(
  columns: readonly ColumnProfile[],
  unless: readonly string[] = [],
): ColumnProfile | undefined {
  const names = [...TARGET_NAMES, ...TARGET_WORDS].filter((name) => !unless.includes(name));
  const named = allByName(
    columns.filter((column) => !isWrongAnswer(column) && !isOfOptions(column)),
    names,
  );
  return named.find(({ filled, constant }) => filled >= 0.5 && !constant) ?? named[0];
}

function targetByFirstWord(columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  return columns.find((column) => {
    const [first = ''] = wordsOf(column.name);
    return FIRST_WORDS.has(first.replace(/1$/, '')) && !isAbout(column) && column.objects < 0.5;
  });
}

/** The letters of options in a list: "choices.label". */
function isOfOptions({ name }: ColumnProfile): boolean {
  const around = name.split('.').slice(0, -1);
  return around.some((part) => OPTION_NAMES.includes(normalizeName(part)));
}

/** What a question is about is not its answer. */
function isContext({ name }: ColumnProfile): boolean {
  return CONTEXTS.has(normalizeName(name));
}

/** An id, a date, an address, a remark: what stands beside a question and its answer. */
export function isAbout(column: ColumnProfile): boolean {
  const isId = ID_NAMES.includes(normalizeName(column.name));
  const isCount = column.counting || column.dates >= 0.5;
  return isId || isCount || ABOUT_WORDS.has(lastWord(column.name)) || isWrongAnswer(column);
}

/**
 * Answers are shorter than questions, and come again; between equals the last column. Beside an input that is known by
 * its name, one of several columns has to come again to be the answer: else there may be none, as there is none beside
 * options where no column is called the answer.
 */
function targetByContent(columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  const group = inputGroup(columns);
  const input = group.at(-1) ?? allByName(columns, INPUT_NAMES)[0];
  const eligible = columns.filter(
    (column) =>
      column !== input &&
      !group.includes(column) &&
      !isAbout(column) &&
      !isContext(column) &&
      column.lists < 0.5 &&
      column.objects < 0.5,
  );
  const main = eligible.filter(({ name }) => !ASIDE_WORDS.has(lastWord(name)));
  const candidates = main.length > 0 ? main : eligible;
  const hasOptions = byName(columns, OPTION_NAMES) !== undefined;
  if (input === undefined ? columns.length < 2 : hasOptions) return undefined;
  const sure = candidates.filter((column) => isLabel(column) && column.filled >= 0.9);
  const choice = sure.length > 0 ? sure : input === undefined || candidates.length === 1 ? candidates : [];
  const shortest = Math.min(...choice.map(({ length }) => length));
  const answerLike = (column: ColumnProfile): number =>
    (isLabel(column) ? 1 : 0) - steps(column.length, shortest);
  return choice.toSorted((a, b) => answerLike(b) - answerLike(a) || b.position - a.position)[0];
}

/** Doublings rather than exact lengths, so that columns of like texts keep their order. */
function steps(length: number, shortest: number): number {
  return Math.floor(Math.log2((length + 1) / (shortest + 1)) / 2 + 0.5);
}

/** Short texts that come again; a long one that does is rather asked about several times. */
function isLabel({ distinct, constant, length }: ColumnProfile): boolean {
  return distinct < 0.5 && !constant && length <= LONGEST_LABEL;
}
