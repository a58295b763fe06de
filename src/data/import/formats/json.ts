/** JSON in the shapes people have; which one it is shows in its structure, never in the file's name. */
import { isKnownName } from '../columns.ts';
import { unreadable } from '../failures.ts';
import type { Format, RawTable } from '../raw-table.ts';
import { isBigBench, readBigBench } from './bigbench.ts';
import { isChat, readChat } from './chat.ts';
import { readColumns, readSplit } from './columns-object.ts';
import { isHuggingFaceRows, readHuggingFaceRows } from './hugging-face-rows.ts';
import { locateJsonError } from './json-error.ts';
import { isInstructionInduction, readInstructionInduction } from './instruction-induction.ts';
import { testsOf } from './promptfoo-tests.ts';
import { isPromptfooConfig, isPromptfooTests, readPromptfooTests } from './promptfoo.ts';
import { labelledTasks } from './label-studio.ts';
import { exchangesIn, unwrapped } from './messages.ts';
import { isPair, unnested } from './nested-records.ts';
import { descriptionOf, readParts } from './parts.ts';
import { TableBuilder, numbered, tableFromRecords } from './records.ts';
import { isObject, own, ownList, textOf } from './values.ts';

const EXPECTED = 'Expected a list of examples, such as [{"input": "…", "target": "…"}].';

/** @throws `data-unreadable` when it is no JSON, or has no examples in a known shape */
export function readJson(file: string, text: string): RawTable {
  return readValue(file, parseJson(file, text), 'json');
}

/** A parsed value as a table. `format`: what to call it when it has no more special name. */
export function readValue(file: string, value: unknown, format: Format): RawTable {
  if (Array.isArray(value)) return readList(file, value, format);
  if (isObject(value)) return readObject(file, value, format);
  throw unreadable(file, `holds a single ${value === null ? 'null' : typeof value}. ${EXPECTED}`);
}

function readList(file: string, list: readonly unknown[], format: Format): RawTable {
  if (list.length === 0) throw unreadable(file, `holds an empty list. ${EXPECTED}`);
  if (list.some(isObject)) return readRecords(file, list, format);
  if (list.every((item) => Array.isArray(item) && item.length >= 2)) return readPairs(file, list, format);
  if (list.every((item) => typeof item === 'string')) return readTexts(file, list, format);
  throw unreadable(file, `holds a list, but not of examples. ${EXPECTED}`);
}

/** A list of objects, at least one. */
function readRecords(file: string, list: readonly unknown[], format: Format): RawTable {
  if (isPromptfooTests(list)) return readPromptfooTests(file, list);
  const tasks = labelledTasks(list);
  if (tasks !== null) return tableFromRecords(file, format, numbered(tasks));
  const chat = unwrapped(numbered(exchangesIn(list) ?? list));
  if (isChat(chat.map(({ value }) => value))) return readChat(file, chat, 'chat');
  return tableFromRecords(file, format, unnested(numbered(list)));
}

/** `["first input", …]`: inputs without right answers. */
function readTexts(file: string, texts: readonly string[], format: Format): RawTable {
  const builder = new TableBuilder(file);
  texts.forEach((text, index) => {
    builder.add(index + 1, [['text', text]]);
  });
  return builder.table(format, {});
}

/** `[["input", "answer"], …]`; the first may name the columns. */
function readPairs(file: string, list: readonly unknown[], format: Format): RawTable {
  const builder = new TableBuilder(file);
  const first: readonly unknown[] = Array.isArray(list[0]) ? list[0] : [];
  const names = first.every((cell) => typeof cell === 'string' && isKnownName(cell)) ? first : [];
  for (const { number, value } of numbered(list).slice(names.length === 0 ? 0 : 1)) {
    const cells: readonly unknown[] = Array.isArray(value) ? value : [];
    builder.add(
      number,
      cells.map((cell, index) => [textOf(names[index]) || `column ${index + 1}`, cell] as const),
    );
  }
  return builder.table(format, {});
}

function readObject(file: string, object: Readonly<Record<string, unknown>>, format: Format): RawTable {
  rejectOthers(file, object);
  const examples = ownList(object, 'examples');
  if (examples !== null && isBigBench(object, examples)) return readBigBench(file, object, examples);
  if (isInstructionInduction(object)) return readInstructionInduction(file, object);
  if (isPromptfooConfig(object)) return readPromptfooTests(file, testsOf(object), object);
  if (isHuggingFaceRows(object)) return readHuggingFaceRows(file, object);
  if (examples !== null && isBbh(object, examples)) {
    return tableFromRecords(file, 'bbh', numbered(examples), { description: descriptionOf(object) });
  }
  const table =
    readSplit(file, object, format) ??
    readParts(file, object, format, readRecords) ??
    readColumns(file, object, format) ??
    readKeyed(file, object, format) ??
    readDictionary(file, object, format) ??
    readWithin(file, object, format);
  if (table !== null) return table;
  if (isExample(object)) return readRecords(file, [object], format);
  throw unreadable(file, `holds an object without a list of examples. ${EXPECTED}`);
}

/** BIG-Bench Hard: a canary and examples of `input` and `target`. */
function isBbh(object: Readonly<Record<string, unknown>>, examples: readonly unknown[]): boolean {
  const pairs = examples.every(
    (example) => isObject(example) && Object.keys(example).sort().join() === 'input,target',
  );
  return examples.some(isObject) && (pairs || Object.hasOwn(object, 'canary'));
}

function rejectOthers(file: string, object: Readonly<Record<string, unknown>>): void {
  if (own(object, 'format') === 'sentential-run')
    throw unreadable(file, 'is a run, not a dataset. Open it on the History page.');
  if (Object.hasOwn(object, 'nbformat'))
    throw unreadable(file, 'is a notebook. Import the data that it reads or writes.');
}

/** `{"q1": {"question": …, "answer": …}, …}`: objects that have fields in common. */
function readKeyed(file: string, object: Readonly<Record<string, unknown>>, format: Format): RawTable | null {
  const entries = Object.entries(object);
  const values = entries.map(([, value]) => value).filter(isObject);
  if (entries.length < 2 || values.length < entries.length) return null;
  const names = new Set(Object.keys(values[0] ?? {}));
  const alike = values.filter((value) => Object.keys(value).some((name) => names.has(name)));
  if (alike.length * 2 <= values.length) return null;
  return readRecords(
    file,
    entries.map(([key, value]) => ({ key, ...(isObject(value) ? value : {}) })),
    format,
  );
}

/** `{"first question": "its answer", …}`: many entries, or such whose names are no words of a configuration. */
function readDictionary(
  file: string,
  object: Readonly<Record<string, unknown>>,
  format: Format,
): RawTable | null {
  const entries = Object.entries(object);
  const spoken = entries.filter(([key]) => /\s/.test(key.trim())).length;
  const isMany = entries.length >= 20 || (entries.length >= 3 && spoken * 2 > entries.length);
  if (!isMany || entries.some(([, value]) => typeof value === 'object')) return null;
  return tableFromRecords(file, format, numbered(entries.map(([input, target]) => ({ input, target }))));
}

/** Levels of objects that are searched. */
const DEEPEST = 4;

/** Examples somewhere within, such as the demonstrations of a saved DSPy program. */
function readWithin(
  file: string,
  object: Readonly<Record<string, unknown>>,
  format: Format,
): RawTable | null {
  let level: readonly unknown[] = [object];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    level = level.flatMap((value) => (isObject(value) ? Object.values(value) : []));
    const found = level.find((value): value is unknown[] => Array.isArray(value) && value.some(isPair));
    if (found !== undefined) return readRecords(file, found, format);
  }
  return null;
}

function isExample(object: Readonly<Record<string, unknown>>): boolean {
  const values = Object.values(object);
  return (
    ownList(object, 'messages') !== null ||
    (values.length >= 2 && values.every((value) => typeof value !== 'object'))
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column, message } = locateJsonError(text);
    const place = `in line ${line}, character ${column}`;
    throw unreadable(
      file,
      `is not valid JSON ${place}: ${message}. Correct the file there.`,
      { row: line },
      cause,
    );
  }
}
