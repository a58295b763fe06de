/** Values of a record as cells: what has parts becomes several columns, where the parts mean something alone. */
import { ALTERNATIVE_NAMES, OPTION_NAMES, TARGET_NAMES, normalizeName } from '../columns.ts';
import { lastPart } from '../match-name.ts';
import type { Cell } from '../raw-table.ts';
import { areTurns, transcript, turnOf } from './turns.ts';
import { isObject, own, textOf } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `answer.value` and `inputs.question` are useful columns; deeper things are kept as JSON text. */
const MAX_DEPTH = 3;
/** Fields of an object that hold the answer itself; without one the object as a whole is the answer. */
const ANSWER_FIELDS = [
  ...['answer', 'answers', 'output', 'text', 'value', 'target', 'expected', 'label', 'response', 'content'],
  ...['aliases', 'spans', 'ideal'],
];
/** Where an object in a list of options or answers has its text. */
const TEXT_FIELDS = ['text', 'content', 'value', 'answer', 'option', 'choice', 'input_text'];

/** The columns of a value: its own, or one for every part. */
export function* cellsOf(name: string, value: unknown, depth = 1): Generator<readonly [string, Cell]> {
  const parts = partsOf(name, value, depth);
  if (parts === null) yield [name, toCell(value)];
  else for (const [key, inner] of parts) yield* cellsOf(`${name}.${key}`, inner, depth + 1);
}

function partsOf(name: string, value: unknown, depth: number): (readonly [string, unknown])[] | null {
  if (depth >= MAX_DEPTH + 1) return null;
  if (Array.isArray(value)) return areTurns(value) ? null : columnsOf(name, value);
  if (depth >= MAX_DEPTH || !isObject(value) || isWholeAnswer(name, value)) return null;
  const entries = Object.entries(value);
  return entries.length === 0 ? null : entries;
}

/** `{"sentiment": …, "urgency": …}` is an answer in JSON; of `{"answer": …, "aliases": …}` only a part is. */
function isWholeAnswer(name: string, value: Fields): boolean {
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  const called = normalizeName(lastPart(name));
  // Hugging Face keeps both languages of a translation in one object.
  const isAnswer = TARGET_NAMES.includes(called) && called !== 'translation';
  return isAnswer && keys.length > 1 && !keys.some((key) => ANSWER_FIELDS.includes(key));
}

/** Options or answers that are objects, field by field: lists of texts, of letters, of places. */
function columnsOf(name: string, list: readonly unknown[]): (readonly [string, unknown])[] | null {
  const called = normalizeName(lastPart(name));
  const isKnown = [OPTION_NAMES, TARGET_NAMES, ALTERNATIVE_NAMES].some((names) => names.includes(called));
  const [first] = list;
  if (!isKnown || !isObject(first) || !list.every(isObject)) return null;
  const main = TEXT_FIELDS.find((field) => typeof own(first, field) === 'string');
  if (main === undefined) return null;
  const plain = Object.keys(first).filter((key) => typeof first[key] !== 'object' && key !== 'text');
  return [
    ['text', list.map((item) => own(item, main))],
    ...plain.filter((key) => key !== main).map((key) => [key, list.map((item) => own(item, key))] as const),
  ];
}

function toCell(value: unknown): Cell {
  if (areTurns(value)) return transcript(value.map(turnOf).filter((turn) => turn !== null));
  if (!Array.isArray(value)) return textOf(value);
  const items: readonly unknown[] = value;
  if (items.every((item) => typeof item !== 'object' || item === null)) return items.map(textOf);
  const lines = items.map((item) => (Array.isArray(item) ? item.flat(3) : [item]) as readonly unknown[]);
  const areTexts = lines.every((line) => line.every((part) => typeof part === 'string'));
  return areTexts ? lines.map((line) => line.join(' ')) : textOf(items);
}
