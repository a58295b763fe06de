import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateJsonError } from '../../../../src/data/import/formats/json-error.ts';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, failureOf, fileOf, grid, importPairs, mappingOf } from '../help.ts';

const read = (value: unknown) => readTable(fileOf('data.json', JSON.stringify(value)));
const pairs = (value: unknown) => importPairs('data.json', JSON.stringify(value));
const expected = [
  ['1+1', '2'],
  ['2+2', '4'],
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('JSON', () => {
  it.each([
    [
      'a list of objects',
      [
        { question: '1+1', answer: 2 },
        { question: '2+2', answer: 4 },
      ],
    ],
    [
      'a list of pairs',
      [
        ['1+1', '2'],
        ['2+2', '4'],
      ],
    ],
    [
      'BBH',
      {
        canary: 'x',
        examples: [
          { input: '1+1', target: '2' },
          { input: '2+2', target: '4' },
        ],
      },
    ],
    [
      'a list under some key',
      {
        version: 1,
        data: [
          { x: '1+1', y: 2 },
          { x: '2+2', y: 4 },
        ],
      },
    ],
    ['columns', { input: ['1+1', '2+2'], output: [2, 4] }],
    ['columns as pandas writes them', { input: { 0: '1+1', 1: '2+2' }, output: { 0: 2, 1: 4 } }],
    ['objects by key', { q1: { question: '1+1', answer: '2' }, q2: { question: '2+2', answer: '4' } }],
    ['splits', { train: [{ question: '1+1', answer: '2' }], test: [{ question: '2+2', answer: '4' }] }],
    [
      'fields in groups',
      [
        { inputs: { question: '1+1' }, expectations: { answer: '2' } },
        { inputs: { question: '2+2' }, expectations: { answer: '4' } },
      ],
    ],
    [
      'rows of the Hugging Face API',
      {
        features: [],
        rows: [
          { row_idx: 0, row: { text: '1+1', label: '2' } },
          { row_idx: 1, row: { text: '2+2', label: '4' } },
        ],
      },
    ],
  ])('reads %s', async (_, value) => {
    expect(await pairs(value)).toEqual(expected);
  });

  it('keeps which split a row came from', async () => {
    const table = await read({ train: [{ x: 'a', y: 'b' }], test: [{ x: 'c', y: 'd' }] });
    expect(grid(table).map((cells) => cells.at(-1))).toEqual(['train', 'test']);
  });

  it('takes every answer of a list, the first as the target', async () => {
    const { dataset } = build(await read([{ question: 'Capital?', answers: ['Paris', 'paris, France'] }]));
    expect(dataset.examples).toMatchObject([{ target: 'Paris', alternatives: ['paris, France'] }]);
  });

  it('shows names for label numbers where the Hugging Face API tells them', async () => {
    const features = [{ name: 'label', type: { names: ['neg', 'pos'], _type: 'ClassLabel' } }];
    expect(await pairs({ features, rows: [{ row_idx: 0, row: { text: 'good', label: 1 } }] })).toEqual([
      ['good', 'pos'],
    ]);
  });

  it('treats the names of prototypes as names like any other', async () => {
    const text = '[{"__proto__": "a", "constructor": "b", "input": "x", "target": "y"}]';
    const table = await readTable(fileOf('data.json', text));
    expect(table.columns).toEqual(['proto', 'constructor', 'input', 'target']);
    const example = build(table).dataset.examples[0];
    expect(Object.entries(example?.fields ?? {})).toContainEqual(['proto', 'a']);
    expect(Object.getPrototypeOf(example?.fields)).toBe(Object.prototype);
  });
});

describe('broken JSON', () => {
  it('names file and line', async () => {
    const failure = await failureOf(
      readTable(fileOf('data.json', '[\n {"input": "a", "target": "b"},\n {"input": oops}\n]')),
    );
    expect(failure).toMatchObject({ code: 'data-unreadable', place: { file: 'data.json', row: 3 } });
    expect(failure.message).toMatch(
      /“data\.json” is not valid JSON in line 3, character 12: Expected a value, found “oops}”/,
    );
  });

  it('finds the place where any broken text stops being JSON', () => {
    const json = fc.json().filter((text) => text.length > 1);
    fc.assert(
      fc.property(json, fc.nat(), fc.constantFrom('', '}', ',', '"', 'x', '\\', ':'), (text, at, put) => {
        const cut = at % text.length;
        const broken = text.slice(0, cut) + put + text.slice(cut + 1);
        fc.pre(!isJson(broken));
        const { line, column } = locateJsonError(broken);
        const offset =
          broken
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length +
          (line > 1 ? 1 : 0) +
          column -
          1;
        expect(offset).toBeLessThanOrEqual(broken.length);
        expect(offset).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['{"a" 1}', 6, 'a colon'],
    ['{a: 1}', 2, 'a field name'],
    ['{"a": 1,}', 9, 'a field name'],
    ['[1 2]', 4, 'a comma'],
    ['[1, 2', 6, 'a comma'],
    ['{"a": "b', 9, 'double quotes'],
    ['["a\\x"]', 4, 'double quotes'],
    ['[1] [2]', 5, 'nothing after the end'],
    ['[01]', 2, 'a value'],
    ['[True]', 2, 'a value'],
  ])('points at the fault in %s', (text, column, expected) => {
    expect(locateJsonError(text)).toMatchObject({ line: 1, column });
    expect(locateJsonError(text).message).toContain(
      `Expected ${expected.startsWith('double') ? 'a text' : expected}`,
    );
  });

  it('names the element that is no example and the field that is empty', async () => {
    const table = await read([{ input: 'a', target: 'b' }, 7, { input: 'c', target: null }]);
    expect(build(table).skipped).toEqual([
      { row: 2, field: '', message: 'Expected an object with fields, found a number.' },
      { row: 3, field: 'target', message: 'The cell is empty. Expected the right answer.' },
    ]);
  });

  it('takes a list of texts for inputs without right answers', async () => {
    const { dataset } = build(await read(['Why?', 'How?']), 'stop');
    expect(dataset).toMatchObject({
      metric: { kind: 'self-consistency' },
      examples: [
        { input: 'Why?', target: '' },
        { input: 'How?', target: '' },
      ],
    });
  });

  it('names the column that is too short', async () => {
    const failure = await failureOf(read({ input: ['a', 'b'], target: ['c'] }));
    expect(failure).toMatchObject({ code: 'invalid-data', place: { row: 2, field: 'target' } });
  });

  it.each([[7], [null], ['text'], [[]], [['a', 7]], [{}], [{ name: 'x' }]])(
    'says what was expected instead of %j',
    async (value) => {
      const failure = await failureOf(readTable({ name: 'data.json', text: JSON.stringify(value) }));
      expect(failure.message).toMatch(/“data\.json” .*Expected/);
    },
  );

  it('does not fall over thousands of nested lists', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(
      (await failureOf(readTable({ name: 'deep.json', text: `[{"input": ${deep}, "target": "x"}]` }))).code,
    ).toBe('data-unreadable');
  });
});

describe('JSON lines', () => {
  it('reads one object per line and numbers them by line', async () => {
    const table = await readTable(
      fileOf('data.txt', '{"text": "a", "label": 0}\n\n{"text": "b", "label": 1}\n'),
    );
    expect(table.format).toBe('jsonl');
    expect(table.rows.map(({ number }) => number)).toEqual([1, 3]);
    expect(mappingOf(table)).toMatchObject({ input: '{{text}}', target: 'label' });
  });

  it('names the line that is broken and keeps the others', async () => {
    const table = await readTable(
      fileOf('liar.jsonl', '{"text": "a", "label": 0}\n{"text": "b", "label": \n{"text": "c", "label": 1}\n'),
    );
    expect(table.rows).toHaveLength(2);
    expect(() => build(table, 'stop')).toThrow(
      /“liar\.jsonl”, row 2: No JSON at character 24 of this line: Expected a value, found the end/,
    );
  });

  it('names line and field of an empty answer', async () => {
    const table = await readTable(fileOf('liar.jsonl', '{"text": "a", "label": 0}\n{"text": "b"}\n'));
    expect(() => build(table, 'stop')).toThrow(/“liar\.jsonl”, row 2, column “label”: The cell is empty/);
  });
});
