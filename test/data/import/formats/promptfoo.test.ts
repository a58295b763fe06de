import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, failureOf, fileOf, mappingOf } from '../help.ts';

const read = (text: string) => readTable(fileOf('tests', text));

const config = `
description: Capitals
prompts: ['{{country}}']
defaultTest:
  vars: { unit: one word }
tests:
  - vars: { country: France }
    assert:
      - type: latency
        threshold: 500
      - type: contains-any
        value: [Paris, paris]
  - vars: { country: Spain }
    assert:
      - type: contains
        value: Madrid
`;

describe('promptfoo tests', () => {
  it('reads a YAML config: variables, defaults, assertions, description', async () => {
    const table = await read(config);
    const { dataset } = build(table);
    expect(table.format).toBe('promptfoo');
    expect(dataset).toMatchObject({ description: 'Capitals', metric: { kind: 'contains' } });
    expect(dataset.examples).toMatchObject([
      { input: 'unit: one word\ncountry: France', target: 'Paris', alternatives: ['paris'] },
      { target: 'Madrid' },
    ]);
    expect(table.notes.join()).toMatch(/1 further assertions are not used/);
  });

  it('reads a list of tests in YAML, JSON and JSON lines alike', async () => {
    const test = { vars: { q: '1+1' }, assert: [{ type: 'equals', value: 2 }] };
    const texts = [
      '- vars:\n    q: 1+1\n  assert:\n    - type: equals\n      value: 2\n',
      JSON.stringify([test]),
      `${JSON.stringify(test)}\n${JSON.stringify({ ...test, vars: { q: '2' } })}\n`,
    ];
    for (const text of texts) {
      const table = await read(text);
      expect(table.format).toBe('promptfoo');
      expect(build(table).dataset.examples[0]).toMatchObject({ input: '1+1', target: '2' });
    }
  });

  it.each([
    ['4', '4', []],
    ['equals: 4', '4', []],
    ['contains: the answer', 'the answer', []],
    ['icontains: x: y', 'x: y', []],
    ['contains-any: a,"b, c", d', 'a', ['b, c', 'd']],
    ['similar(0.8): hello', 'hello', []],
    ['Note: this is no assertion', 'Note: this is no assertion', []],
  ])('understands the cell %j', async (cell, target, alternatives) => {
    const quoted = `"${cell.replaceAll('"', '""')}"`;
    const { dataset } = build(await read(`question,__expected\nx,${quoted}\n`));
    expect(dataset.examples).toMatchObject([
      { input: 'x', target, ...(alternatives.length > 0 ? { alternatives } : {}) },
    ]);
  });

  it('scores by the first of several __expected columns and drops the other special columns', async () => {
    const table = await read('question,__expected1,__expected2,__description\nx,is-json,contains: y,note\n');
    expect(mappingOf(table)).toMatchObject({ input: '{{question}}', target: '__expected' });
    expect(build(table).dataset.examples).toMatchObject([{ input: 'x', target: 'y' }]);
  });
});

describe('promptfoo tests that are not written out', () => {
  const inputs = async (text: string): Promise<string[]> =>
    build(await read(text)).dataset.examples.map(({ input, target }) => `${input} → ${target}`);

  it('are every test of a scenario with every one of its configurations', async () => {
    const text = `
scenarios:
  - config:
      - vars: { language: Spanish, hi: hola, bye: adiós }
      - vars: { language: French, hi: salut, bye: adieu }
    tests:
      - vars: { text: hi }
        assert: [{ type: similar, value: '{{hi}}' }]
      - vars: { text: bye }
        assert: [{ type: similar, value: '{{ bye }}' }]
  - config:
      - vars: { language: German }
    tests:
      - vars: { text: thanks }
        assert: [{ type: equals, value: danke }]
`;
    expect(await inputs(text)).toEqual([
      'language: Spanish\ntext: hi → hola',
      'language: Spanish\ntext: bye → adiós',
      'language: French\ntext: hi → salut',
      'language: French\ntext: bye → adieu',
      'language: German\ntext: thanks → danke',
    ]);
  });

  it('take their assertions from where they refer to', async () => {
    const text = `
assertionTemplates:
  rome: { type: equals, value: Rome }
tests:
  - vars: { q: a }
    assert: [{ $ref: '#/assertionTemplates/rome' }]
`;
    expect(await inputs(text)).toEqual(['a → Rome']);
  });

  it('are every combination of the values of their variables', async () => {
    const text = `
- vars: { a: [x, y], b: [1, 2] }
  assert: [{ type: contains, value: z }]
`;
    expect(await inputs(text)).toEqual(
      ['a: x\nb: 1', 'a: x\nb: 2', 'a: y\nb: 1', 'a: y\nb: 2'].map((one) => `${one} → z`),
    );
  });
});

describe('promptfoo tests without right answers', () => {
  it.each([
    [
      'a config',
      'defaultTest:\n  assert: [{ type: llm-rubric, value: is polite }]\ntests:\n  - vars: { q: a }\n  - vars: { q: b }\n',
    ],
    ['a table', 'q,__expected\na,llm-rubric: is polite\nb,llm-rubric: is polite\n'],
    ['an older table', 'q,__expected\na,grade:is polite\nb,grade:is polite\n'],
  ])('are judged by the rubric they share: %s', async (_, text) => {
    const { dataset, skipped } = build(await read(text));
    expect(skipped).toEqual([]);
    expect(dataset.metric).toEqual({ kind: 'judge', rubric: 'is polite' });
    expect(dataset.examples).toMatchObject([{ input: 'a', target: '' }, { input: 'b' }]);
  });

  it.each([
    ['rubrics that differ', 'q,__expected\na,llm-rubric: is polite\nb,llm-rubric: is short\n'],
    [
      'a program',
      'tests:\n  - vars: { q: a }\n    assert: [{ type: javascript, value: output.length > 3 }]\n  - vars: { q: b }\n',
    ],
    ['nothing', '__description,q,__metadata:level\none,a,high\ntwo,b,low\n'],
  ])('are inputs alone: %s', async (_, text) => {
    const table = await read(text);
    expect(build(table).dataset).toMatchObject({
      metric: { kind: 'self-consistency' },
      examples: [{ input: 'a', target: '' }, { input: 'b' }],
    });
    expect(table.notes.join()).toMatch(/No test names a right answer/);
  });
});

describe('broken promptfoo tests', () => {
  it('names row and column of an assertion that holds no answer', async () => {
    const table = await read('question,__expected\nx,1\ny,llm-rubric: is polite\n');
    expect(() => build(table, 'stop')).toThrow(
      /“tests”, row 3, column “__expected”: The assertion llm-rubric names no expected answer/,
    );
  });

  it('names the test without assertions', async () => {
    const table = await read(
      'tests:\n  - vars: {q: a}\n    assert: [{type: equals, value: b}]\n  - vars: {q: c}\n',
    );
    expect(() => build(table, 'stop')).toThrow(/“tests”, row 2, column “assert”: No expected answer/);
  });

  it('says which file holds the tests when they are elsewhere', async () => {
    const failure = await failureOf(read('prompts: [x]\ntests: file://cases.csv\n'));
    expect(failure.message).toMatch(/keeps its tests in another file, “file:\/\/cases\.csv”/);
  });

  it('names the line of broken YAML', async () => {
    const failure = await failureOf(read('tests:\n  - vars: {q: [}\n'));
    expect(failure).toMatchObject({ code: 'data-unreadable', place: { file: 'tests', row: 2 } });
  });

  it('refuses YAML that expands without end', async () => {
    const bomb = [
      'tests:',
      '- &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map(
        (name, i) =>
          `- &${name} [${Array(9)
            .fill(`*${'abcdefgh'.charAt(i)}`)
            .join()}]`,
      ),
    ].join('\n');
    expect((await failureOf(read(bomb))).code).toBe('data-unreadable');
  });
});
