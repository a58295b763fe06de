/** No input may do more harm than an error that was foreseen. */
import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { previewImport } from '../../../src/data/import/preview.ts';
import { readTable } from '../../../src/data/import/read-table.ts';
import type { ImportFile } from '../../../src/data/import/read-table.ts';
import { fuzzTimeout as timeout, numRuns } from '../../fixtures/fuzz.ts';
import { build } from './help.ts';
import { workbook } from './formats/workbook.ts';

/** The whole way from file to dataset; whatever is thrown must be an `AppError` with words and the file's name. */
async function importWithoutHarm(file: ImportFile): Promise<void> {
  try {
    const table = await readTable(file);
    if (previewImport(table).mapping !== null) build(table, 'skip');
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    if (!thrown.message.includes(file.name))
      throw new Error(`names no file: ${thrown.message}`, { cause: thrown });
  }
}

/** A good file with some of it cut out, doubled, or replaced by what parsers dislike. */
function damaged(good: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 12 }),
    put: fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '\n',
        '\r',
        '\t',
        '\0',
        '\\',
        '&a ',
        '*a',
        '<',
        '>',
        '- ',
        '#',
        '__proto__',
        'null',
        '\uFEFF',
        '\uD800',
      ),
      fc.string({ maxLength: 5, unit: 'binary' }),
    ),
  });
  return fc.tuple(fc.constantFrom(...good), fc.array(edit, { maxLength: 6 })).map(([text, edits]) =>
    edits.reduce((now, { at, cut, put }) => {
      const start = Math.floor(at * now.length);
      return now.slice(0, start) + put + now.slice(start + cut);
    }, text),
  );
}

function damagedBytes(good: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat({ max: 255 }) });
  const length = fc.double({ min: 0, max: 1.5, noNaN: true });
  return fc
    .tuple(fc.constantFrom(...good), fc.array(edit, { maxLength: 8 }), length)
    .map(([bytes, edits, share]) => {
      const copy = bytes.slice(0, Math.ceil(bytes.length * share));
      for (const { at, byte } of edits) copy[Math.floor(at * copy.length)] = byte;
      return copy;
    });
}

const records = [
  { question: 'a', answer: ['b', 'c'] },
  { question: 'd', answer: 'e', extra: { f: [1, null] } },
];
const messages = {
  messages: [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b' },
  ],
};
const tests = [{ vars: { q: 'a' }, assert: [{ type: 'contains-any', value: ['b', 'c'] }] }];
const lines = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join('\n');

const goodTexts: Readonly<Record<string, readonly string[]>> = {
  CSV: [
    'question,answer\n"a, ""b""",1\nc,2\n',
    'text\tlabel\na\t0\nb\t1\n',
    'q,__expected1,__expected2\na,contains-any: b,is-json\n',
  ],
  JSON: [
    JSON.stringify(records),
    JSON.stringify({ input: ['a', 'b'], target: ['c', 'd'] }),
    JSON.stringify({ train: records, test: records }),
  ],
  'JSON lines': [lines(records), lines([messages, messages]), lines(tests)],
  BBH: [JSON.stringify({ canary: 'x', examples: [{ input: 'a', target: '(A)' }] })],
  'BIG-bench': [
    JSON.stringify({
      task_prefix: 'p',
      examples: [{ input: 'a', target: ['b'], target_scores: { b: 1, c: 0 } }],
    }),
  ],
  'instruction induction': [
    JSON.stringify({ examples: { '1': { input: 'a', output: 'b', possible_outputs: ['b', 'c'] } } }),
  ],
  promptfoo: [
    JSON.stringify(tests),
    JSON.stringify({ prompts: ['x'], tests, defaultTest: { vars: { z: 'y' } } }),
  ],
  YAML: [
    'tests:\n  - vars: {q: a}\n    assert:\n      - type: equals\n        value: b\n',
    '- question: &q a\n  answer: *q\n- question: c\n  answer: |\n    d\n',
  ],
  'Hugging Face rows': [
    JSON.stringify({
      features: [{ name: 'y', type: { names: ['a', 'b'] } }],
      rows: [{ row_idx: 0, row: { x: 'c', y: 1 } }],
    }),
  ],
};

const csv = strToU8('question,answer\na,b\nc,d\n');
const cells =
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="str"><v>x</v></c><c r="B2" s="1"><v>45352</v></c></row>';
const columnData = [
  { name: 'question', data: ['a', 'b'], type: 'STRING' as const },
  { name: 'answer', data: [1.5, 2], type: 'DOUBLE' as const },
];
const goodBytes: Readonly<Record<string, readonly Uint8Array[]>> = {
  XLSX: [workbook({ Data: cells })],
  Parquet: [new Uint8Array(parquetWriteBuffer({ columnData }))],
  ZIP: [zipSync({ 'a.csv': csv, 'b/c.json': strToU8(JSON.stringify(records)) })],
  gzip: [gzipSync(csv)],
};

describe(
  'whatever a file holds, the import ends with a dataset or an error that names the file',
  { timeout },
  () => {
    it.each(Object.entries(goodTexts))('%s with damage', async (_, good) => {
      await fc.assert(
        fc.asyncProperty(damaged(good), (text) => importWithoutHarm({ name: 'a file', text })),
        { numRuns },
      );
    });

    it.each(Object.entries(goodBytes))('%s with damage', async (_, good) => {
      await fc.assert(
        fc.asyncProperty(damagedBytes(good), (bytes) => importWithoutHarm({ name: 'a file', bytes })),
        { numRuns },
      );
    });

    it('any XML in a workbook', async () => {
      const sheet = damaged([cells]).map((xml) => workbook({ Data: xml }));
      await fc.assert(
        fc.asyncProperty(sheet, (bytes) => importWithoutHarm({ name: 'a file', bytes })),
        { numRuns },
      );
    });

    it('any JSON value', async () => {
      const key = fc.constantFrom(
        'input',
        'target',
        'examples',
        'tests',
        'vars',
        'assert',
        'messages',
        'rows',
        'row',
        'type',
        'value',
        'target_scores',
        '__proto__',
        'constructor',
        '1',
      );
      const { value } = fc.letrec((tie) => ({
        value: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom(null, '', 'text', 0, 1, true, 'file://x'),
          fc.array(tie('value'), { maxLength: 4 }),
          fc
            .array(fc.tuple(key, tie('value')), { maxLength: 4 })
            .map((entries) => Object.fromEntries(entries) as unknown),
        ),
      }));
      await fc.assert(
        fc.asyncProperty(value, (json) => importWithoutHarm({ name: 'a file', text: JSON.stringify(json) })),
        { numRuns },
      );
    });

    it('any text, any bytes', async () => {
      const text = fc.string({ unit: 'binary', maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(text, (any) => importWithoutHarm({ name: 'a file', text: any })),
        { numRuns },
      );
      await fc.assert(
        fc.asyncProperty(fc.uint8Array(), (bytes) => importWithoutHarm({ name: 'a file', bytes })),
        { numRuns },
      );
    });
  },
);
