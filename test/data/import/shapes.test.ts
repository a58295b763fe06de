/** The same two examples in the shapes in which programs write them: none needs a touch of the mapping. */
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/data/import/read-table.ts';
import { build, fileOf, grid, importPairs } from './help.ts';
import { workbook } from './formats/workbook.ts';

const pairs = [
  ['Why?', 'so'],
  ['How?', 'thus'],
] as const;
const json = JSON.stringify;
const records = pairs.map(([question, answer]) => ({ question, answer }));
const csv = 'question,answer\nWhy?,so\nHow?,thus\n';
const lines = (values: readonly unknown[]): string => values.map((value) => json(value)).join('\n');
const chat = ([question, answer]: readonly [string, string]) => [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: question },
  { role: 'assistant', content: answer },
];

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}

const cell = (text: string, at: string): string => `<c r="${at}" t="str"><v>${text}</v></c>`;
const sheet = (first: number): string =>
  [['question', 'answer'], ...pairs]
    .map(([a = '', b = ''], index) => {
      const row = first + index;
      return `<row r="${row}">${cell(a, `B${row}`)}${cell(b, `C${row}`)}</row>`;
    })
    .join('');

const shapes: Readonly<Record<string, string | Uint8Array>> = {
  'CSV of Excel in UTF-16': utf16('\uFEFFquestion;answer\r\nWhy?;so\r\nHow?;thus\r\n', true),
  'UTF-16 without a mark': utf16('question;answer\r\nWhy?;so\r\nHow?;thus\r\n', true),
  'UTF-16 without a mark, big endian': utf16('question;answer\r\nWhy?;so\r\nHow?;thus\r\n', false),
  'CSV with a column of numbers in front': ',question,answer\n0,Why?,so\n1,How?,thus\n',
  'CSV with old line ends': 'question,answer\rWhy?,so\rHow?,thus\r',
  'a Markdown table': '| question | answer |\n|:---|---:|\n| Why? | so |\n| How? | thus |\n',
  'a Markdown table without outer bars': 'question | answer\n--- | ---\nWhy? | so\nHow? | thus\n',
  'records of pandas': json(records),
  'pandas, orient=dict': json({ question: { 0: 'Why?', 1: 'How?' }, answer: { 0: 'so', 1: 'thus' } }),
  'pandas, orient=dict with names of rows': json({
    question: { r1: 'Why?', r2: 'How?' },
    answer: { r1: 'so', r2: 'thus' },
  }),
  'pandas, orient=list': json({ question: ['Why?', 'How?'], answer: ['so', 'thus'] }),
  'pandas, orient=split': json({ columns: ['question', 'answer'], index: [0, 1], data: pairs }),
  'pandas, orient=index': json({ 0: records[0], 1: records[1] }),
  'pandas, orient=table': json({
    schema: { fields: [] },
    data: records.map((one, index) => ({ index, ...one })),
  }),
  'a list of lists under its names': json([['question', 'answer'], ...pairs]),
  'lines cut out of a list': records.map((one) => `${json(one)},`).join('\n'),
  'JSON lines with conversations': lines(pairs.map((pair) => ({ messages: chat(pair) }))),
  'JSON lines with conversations one level down': lines(
    pairs.map((pair, n) => ({ id: n, body: { model: 'm', messages: chat(pair) } })),
  ),
  'conversations in a list, one level down': json(pairs.map((pair) => ({ data: { messages: chat(pair) } }))),
  'a workbook whose first rows are empty': workbook({ Data: sheet(4) }),
  'a workbook with a merged title': workbook({ Data: `<row r="1">${cell('Quiz', 'A1')}</row>${sheet(3)}` }),
  'a ZIP of folders': zipSync({
    '__MACOSX/data/._train.csv': strToU8('junk'),
    'data/.DS_Store': strToU8('junk'),
    'data/README.md': strToU8('# The data'),
    'data/dataset_info.json': strToU8(json({ name: 'quiz', version: 1 })),
    'data/test.csv': strToU8('question,answer\nOther?,else\n'),
    'data/train.csv': strToU8(csv),
  }),
  'instruction induction with a list of outputs alone': json({
    examples: {
      1: { input: 'Why?', possible_outputs: ['so', 'thus'] },
      2: { input: 'How?', possible_outputs: ['thus'] },
    },
  }),
  'a BIG-bench task with lists of targets': json({
    keywords: [],
    examples: [
      { input: 'Why?', target: ['so', 'because'] },
      { input: 'How?', target: ['thus'] },
    ],
  }),
  'promptfoo with the assertion in the defaults': `prompts: [x]
defaultTest:
  assert:
    - type: equals
      value: '{{ right }}'
tests:
  - vars: { q: 'Why?', right: so }
  - vars: { q: 'How?', right: thus }
`,
};

describe('a guess is right without a touch', () => {
  it.each(Object.entries(shapes))('for %s', async (_, content) => {
    expect(await importPairs('a file', content)).toEqual(pairs);
  });

  it('for Parquet with a list of options', async () => {
    const columnData = [
      { name: 'question', data: ['Why?', 'How?'], type: 'STRING' as const },
      {
        name: 'choices',
        data: [
          ['so', 'thus'],
          ['so', 'thus'],
        ],
        type: 'JSON' as const,
      },
      { name: 'answer', data: [0, 1], type: 'INT32' as const },
    ];
    expect(await importPairs('p', new Uint8Array(parquetWriteBuffer({ columnData })))).toEqual([
      ['Why?\nOptions:\n(A) so\n(B) thus', '(A)'],
      ['How?\nOptions:\n(A) so\n(B) thus', '(B)'],
    ]);
  });

  it.each([
    ['messages alone', { messages: [{ role: 'user', content: 'Why?' }] }],
    [
      'requests of a batch',
      { custom_id: '1', url: '/x', body: { model: 'm', messages: [{ role: 'user', content: 'Why?' }] } },
    ],
  ])('for conversations without a reply, which have no right answers: %s', async (_, record) => {
    const { dataset } = build(await readTable(fileOf('c.jsonl', lines([record, record]))));
    expect(dataset).toMatchObject({
      metric: { kind: 'self-consistency' },
      examples: [{ input: 'Why?', target: '' }],
    });
  });

  it('for conversations with a label beside them', async () => {
    const messages = [{ role: 'user', content: 'Why?' }];
    expect(
      await importPairs(
        'c',
        lines([
          { messages, label: 'a' },
          { messages, label: 'b' },
        ]),
      ),
    ).toEqual([
      ['Why?', 'a'],
      ['Why?', 'b'],
    ]);
  });
});

describe('tabs without any quoting', () => {
  it('keep quotation marks as letters when that makes rows of one width', async () => {
    const text = 'text\tlabel\nHe said "hi"\tpos\n"Quoted" start\tneg\n5\' 6" tall\tpos\n';
    expect(await importPairs('t', text)).toEqual([
      ['He said "hi"', 'pos'],
      ['"Quoted" start', 'neg'],
      ['5\' 6" tall', 'pos'],
    ]);
  });

  it('give back any cells', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', "'", ' ', ','), minLength: 1, maxLength: 8 });
    const cell = text.map((inner) => `w${inner}`); // a mark in front would make it quoted
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        const written = [['question', 'answer'], ...rows].map((cells) => cells.join('\t')).join('\n');
        expect(grid(await readTable({ name: 't', text: written }))).toEqual(rows);
      }),
    );
  });
});

describe('a Markdown table', () => {
  it('gives back any cells', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '|', '"', ',', '-', ':', 'é'),
      minLength: 1,
      maxLength: 8,
    });
    const cell = text.map((inner) => `w${inner}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        const line = (cells: readonly string[]): string =>
          `| ${cells.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`;
        const written = [line(['question', 'answer']), '|---|---|', ...rows.map(line)].join('\n');
        expect(grid(await readTable({ name: 't', text: written }))).toEqual(rows);
      }),
    );
  });
});

describe('promptfoo tests that point to files', () => {
  it('are named, and the others are kept', async () => {
    const text = `prompts: [x]
tests:
  - { vars: { q: 'file://a.txt' }, assert: [{ type: equals, value: x }] }
  - { vars: { q: plain }, assert: [{ type: equals, value: y }] }
`;
    const { dataset, skipped } = build(await readTable(fileOf('c.yaml', text)));
    expect(dataset.examples).toMatchObject([{ input: 'plain', target: 'y' }]);
    expect(skipped).toMatchObject([{ row: 1, field: 'vars.q' }]);
    expect(skipped[0]?.message).toMatch(/in another file, “file:\/\/a\.txt”/);
  });
});
