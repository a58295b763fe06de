/** JSON whose examples lie deeper, or whose answers have parts; all of it is made up. */
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, failureOf, fileOf, importPairs } from '../help.ts';

const read = (value: unknown) => readTable(fileOf('data.json', JSON.stringify(value)));
const pairs = (value: unknown) => importPairs('data.json', JSON.stringify(value));
const twice = <T>(make: (n: number) => T): T[] => [make(1), make(2)];

describe('examples within other things', () => {
  it('are questions within paragraphs within articles', async () => {
    const { dataset, skipped } = build(
      await read({
        version: '2',
        data: twice((n) => ({
          title: `T${n}`,
          paragraphs: [
            {
              context: `Town ${n} has a mayor.`,
              qas: [
                {
                  question: 'Who?',
                  id: `a${n}`,
                  answers: [
                    { text: 'Ann', answer_start: 1 },
                    { text: 'An', answer_start: 1 },
                  ],
                },
                { question: 'Since when?', id: `b${n}`, answers: [], is_impossible: true },
              ],
            },
          ],
        })),
      }),
    );
    expect(dataset.examples).toMatchObject([
      {
        id: 'a1',
        input: 'context: Town 1 has a mayor.\nquestion: Who?',
        target: 'Ann',
        alternatives: ['An'],
      },
      { id: 'a2' },
    ]);
    expect(skipped).toMatchObject([{ row: 2, field: 'answers.text' }, { row: 4 }]);
  });

  it('are instances of instructions, in a list or line by line', async () => {
    const tasks = twice((n) => ({
      id: `t${n}`,
      instruction: `Spell ${n}`,
      instances: twice((m) => ({ input: `${n}${m}`, output: `word ${n}${m}` })),
      is_classification: false,
    }));
    const expected = ['11', '12', '21', '22'].map((digits) => [
      `instruction: Spell ${digits.charAt(0)}\ninput: ${digits}`,
      `word ${digits}`,
    ]);
    expect(await pairs(tasks)).toEqual(expected);
    expect(await importPairs('t', tasks.map((task) => JSON.stringify(task)).join('\n'))).toEqual(expected);
  });

  it('are left alone where the record has a question and an answer of its own', async () => {
    const shots = [{ question: 'a demo', answer: 'not data' }];
    expect(await pairs(twice((n) => ({ question: `q${n}`, answer: `a${n}`, shots })))).toEqual([
      ['q1', 'a1'],
      ['q2', 'a2'],
    ]);
  });

  it('are the demonstrations of a saved program', async () => {
    const saved = {
      predict: {
        train: [],
        demos: twice((n) => ({ question: `q${n}`, answer: `a${n}` })),
        signature: { fields: [] },
      },
      metadata: { versions: { python: '3' } },
    };
    expect(await pairs(saved)).toEqual([
      ['q1', 'a1'],
      ['q2', 'a2'],
    ]);
  });

  it('are pairs by split', async () => {
    const { dataset } = build(
      await read({
        val: [['a', 'x']],
        train: [
          ['b', 'y'],
          ['c', 'x'],
        ],
        oos_val: [['d', 'oos']],
      }),
    );
    expect(dataset.examples.map(({ input, target }) => `${input}${target}`)).toEqual([
      'ax',
      'by',
      'cx',
      'doos',
    ]);
  });

  it('are the larger list, not examples and counterexamples beside it', async () => {
    const { dataset } = build(
      await read({
        Definition: ['Say the opposite.'],
        'Positive Examples': [{ input: 'p', output: 'q', explanation: 'good' }],
        'Negative Examples': [{ input: 'p', output: 'wrong', explanation: 'bad' }],
        Instances: twice((n) => ({ id: `i${n}`, input: `hot ${n}`, output: [`cold ${n}`] })),
      }),
    );
    expect(dataset.description).toBe('Say the opposite.');
    expect(dataset.examples.map(({ input, target }) => [input, target])).toEqual([
      ['hot 1', 'cold 1'],
      ['hot 2', 'cold 2'],
    ]);
  });

  it('are the entries of a dictionary, but a configuration has none', async () => {
    expect(await pairs({ 'What is 1+1?': 2, 'What is 2+2?': 4, 'What is 3+3?': 6 })).toHaveLength(3);
    const failure = await failureOf(read({ model: { name: 'x' }, options: { heat: 1 }, tags: ['a'] }));
    expect(failure.message).toMatch(/without a list of examples/);
  });

  it('are tasks with the answers of those who labelled them', async () => {
    const task = (n: number) => ({
      id: n,
      data: { text: `t${n}` },
      annotations: [{ result: [{ value: { choices: ['good'] }, from_name: 'mood', type: 'choices' }] }],
      created_at: '2024-01-01',
      project: 7,
    });
    const { dataset } = build(await read(twice(task)));
    expect(dataset.examples).toMatchObject([{ id: '1', input: 't1', target: 'good' }, { id: '2' }]);
  });

  it('are not the cells of a notebook', async () => {
    const failure = await failureOf(read({ cells: [{ source: ['x'] }], nbformat: 4 }));
    expect(failure.message).toMatch(/is a notebook/);
  });
});

describe('values with parts', () => {
  it('are options with letters, as objects', async () => {
    const choices = [
      { label: 'A', text: 'red' },
      { label: 'B', text: 'blue' },
    ];
    expect(await pairs(twice((n) => ({ question: { stem: `q${n}`, choices }, answerKey: 'B' })))).toEqual([
      ['q1\nOptions:\n(A) red\n(B) blue', '(B)'],
      ['q2\nOptions:\n(A) red\n(B) blue', '(B)'],
    ]);
  });

  it('are one answer in JSON, unless a part of it is the answer', async () => {
    const output = { mood: 'good', urgency: 'low' };
    expect((await pairs(twice((n) => ({ text: `t${n}`, output }))))[0]).toEqual([
      't1',
      JSON.stringify(output),
    ]);
    const answer = { value: 'so', aliases: ['thus'], type: 'x' };
    const { dataset } = build(await read(twice((n) => ({ question: `q${n}`, answer }))));
    expect(dataset.examples[0]).toMatchObject({ target: 'so', alternatives: ['thus'] });
  });

  it('are two languages', async () => {
    expect(await pairs(twice((n) => ({ translation: { de: `Satz ${n}`, en: `Clause ${n}` } })))).toEqual([
      ['Satz 1', 'Clause 1'],
      ['Satz 2', 'Clause 2'],
    ]);
  });

  it('are paragraphs of sentences, as lines', async () => {
    const context = [
      ['Town', ['It is old.', 'It is small.']],
      ['River', ['It is long.']],
    ];
    const [first] = await pairs(twice((n) => ({ question: `q${n}`, answer: 'a', context })));
    expect(first?.[0]).toBe('context: Town It is old. It is small.\nRiver It is long.\nquestion: q1');
  });
});
