import { describe, expect, it } from 'vitest';
import { guessMapping } from '../../../src/data/import/mapping.ts';
import { makeTable } from '../../../src/data/import/raw-table.ts';
import type { Cell } from '../../../src/data/import/raw-table.ts';
import { build, mappingOf } from './help.ts';

const tableOf = (columns: readonly string[], ...rows: readonly (readonly Cell[])[]) =>
  makeTable({ file: 'f', format: 'csv', columns, rows: rows.map((cells, i) => ({ number: i + 2, cells })) });

/** A table with these names and nothing telling in its cells. */
const named = (...columns: string[]) =>
  tableOf(
    columns,
    columns.map((_, i) => `a${i}`),
    columns.map((_, i) => `b${i}`),
  );

describe('the guess of the mapping', () => {
  it.each([
    [['question', 'answer'], '{{question}}', 'answer'],
    [['answer', 'question'], '{{question}}', 'answer'],
    [['label', 'text'], '{{text}}', 'label'],
    [['idx', 'sentence', 'label'], '{{sentence}}', 'label'],
    [['Query', 'Expected'], '{{Query}}', 'Expected'],
    [['x', 'y'], '{{x}}', 'y'],
    [['input', 'output', 'x', 'y'], '{{input}}', 'output'],
    [['prompt', 'completion'], '{{prompt}}', 'completion'],
    [['Statement', 'Label'], '{{Statement}}', 'Label'],
    [['text', 'label', 'label_text'], '{{text}}', 'label_text'],
    [['question', 'prediction', 'target'], '{{question}}', 'target'],
    [['Type', 'Category', 'Question', 'Best Answer', 'Source'], '{{Question}}', 'Best Answer'],
    [['inputs.question', 'expectations.answer'], '{{inputs.question}}', 'expectations.answer'],
    [['premise', 'hypothesis', 'label'], 'premise: {{premise}}\nhypothesis: {{hypothesis}}', 'label'],
    [['question', 'context', 'answer'], 'context: {{context}}\nquestion: {{question}}', 'answer'],
    [['instruction', 'input', 'output'], 'instruction: {{instruction}}\ninput: {{input}}', 'output'],
  ])('of %j', (columns, input, target) => {
    expect(mappingOf(named(...columns))).toMatchObject({ input, target });
  });

  it('looks at the contents when the names say nothing', () => {
    const rows = ['pos', 'neg', 'pos', 'neg'].map((label, i) => [label, `A rather long review, number ${i}`]);
    expect(mappingOf(tableOf(['column 1', 'column 2'], ...rows))).toMatchObject({
      input: '{{column 2}}',
      target: 'column 1',
    });
  });

  it('takes the first of two like columns as the input', () => {
    const table = tableOf(['informal', 'formal'], ['Hi there!', 'Good day.'], ['No way!', 'I disagree.']);
    expect(mappingOf(table)).toMatchObject({ input: '{{informal}}', target: 'formal' });
  });

  it('takes an id column only when no two ids are equal', () => {
    expect(mappingOf(tableOf(['id', 'q', 'a'], ['1', 'x', 'y'], ['2', 'z', 'w']))).toMatchObject({
      id: 'id',
    });
    expect(mappingOf(tableOf(['id', 'q', 'a'], ['1', 'x', 'y'], ['1', 'z', 'w']))).toMatchObject({
      id: null,
    });
  });

  it('takes a column that stands alone for the input, without right answers', () => {
    const expected = { input: '{{text}}', target: null };
    expect(guessMapping(named('text'))).toMatchObject({ ...expected, id: null });
    expect(guessMapping(named('id', 'text'))).toMatchObject({ ...expected, id: 'id' });
    expect(guessMapping(named('Comments by guests', 'id'))).toMatchObject({ target: null, id: 'id' });
  });

  it('keeps a number as a question that has an answer', () => {
    expect(guessMapping(named('number', 'spelling'))).toMatchObject({ target: 'spelling' });
  });

  it('makes no guess of nothing', () => {
    expect(guessMapping(makeTable({ file: 'f', format: 'csv', columns: [], rows: [] }))).toBeNull();
  });
});

describe('common forms of questions and answers', () => {
  const examplesOf = (table: ReturnType<typeof tableOf>) => build(table, 'stop').dataset.examples;

  it('finds the answer after the reasoning of GSM8K', () => {
    const table = tableOf(['question', 'answer'], ['Q1', '2+3=5\n#### 5'], ['Q2', 'so 1,000\n#### 1,000']);
    expect(examplesOf(table).map(({ target }) => target)).toEqual(['5', '1,000']);
  });

  it('lists the choices of MMLU, whose answers count from 0', () => {
    const choices = ['red', 'blue', 'green'];
    const table = tableOf(
      ['question', 'choices', 'answer'],
      ['Sky?', choices, '1'],
      ['Blood?', choices, '0'],
    );
    expect(examplesOf(table)).toMatchObject([
      { input: 'Sky?\nOptions:\n(A) red\n(B) blue\n(C) green', target: '(B)' },
      { target: '(A)' },
    ]);
  });

  it('lists the choices of ARC, whose answers are letters', () => {
    const table = tableOf(
      ['question', 'choices.text', 'choices.label', 'answerKey'],
      ['Sky?', ['red', 'blue'], ['A', 'B'], 'B'],
    );
    expect(examplesOf(table)).toMatchObject([{ input: 'Sky?\nOptions:\n(A) red\n(B) blue', target: '(B)' }]);
  });

  it('lists options that have a column each', () => {
    const table = tableOf(
      ['Question', 'A', 'B', 'C', 'Answer'],
      ['Sky?', 'red', 'blue', 'green', 'B'],
      ['Sea?', 'red', 'blue', 'green', 'B'],
    );
    expect(examplesOf(table)[0]).toMatchObject({
      input: 'Sky?\nOptions:\n(A) red\n(B) blue\n(C) green',
      target: '(B)',
    });
  });

  it('reads lists that were printed into cells', () => {
    const table = tableOf(
      ['question', 'answers'],
      ['Who?', `["Ann", "Ann O\\"Hara"]`],
      ['What?', `['a', 'b']`],
    );
    expect(examplesOf(table)).toMatchObject([
      { target: 'Ann', alternatives: ['Ann O"Hara'] },
      { target: 'a', alternatives: ['b'] },
    ]);
  });
});
