/** Guesses on columns as the well-known kinds of tasks have them; all rows are made up. */
import { describe, expect, it } from 'vitest';
import { guessMapping } from '../../../src/data/import/mapping.ts';
import { makeTable } from '../../../src/data/import/raw-table.ts';
import type { Cell, RawTable } from '../../../src/data/import/raw-table.ts';
import { build, mappingOf } from './help.ts';

const tableOf = (columns: readonly string[], rows: readonly (readonly Cell[])[]): RawTable =>
  makeTable({ file: 'f', format: 'json', columns, rows: rows.map((cells, i) => ({ number: i + 1, cells })) });

/** Eight rows; what differs from row to row is made from its number. */
const eight = (columns: readonly string[], row: (n: number) => readonly Cell[]): RawTable =>
  tableOf(
    columns,
    Array.from({ length: 8 }, (_, n) => row(n)),
  );

const unnamed = (count: number): string[] => Array.from({ length: count }, (_, n) => `column ${n + 1}`);
const firstOf = (table: RawTable) => build(table, 'stop').dataset.examples[0];
const listed = '\nOptions:\n(A) red\n(B) blue';

describe('options are a part of the input', () => {
  it.each<[string, readonly string[], (n: number) => readonly Cell[]]>([
    ['numbered from 1', ['goal', 'sol1', 'sol2', 'label'], (n) => [`Q${n}`, 'red', 'blue', `${n % 2}`]],
    [
      'numbered from 0',
      ['question', 'ans0', 'ans1', 'label'],
      (n) => [`Q${n}`, ['red', 'x'], ['blue', 'y'], `${n % 2}`],
    ],
    [
      'counted from 1',
      ['sentence', 'option1', 'option2', 'answer'],
      (n) => [`Q${n}`, 'red', 'blue', `${(n % 2) + 1}`],
    ],
    ['lettered', ['question', 'opa', 'opb', 'cop'], (n) => [`Q${n}`, 'red', 'blue', `${(n % 2) + 1}`]],
    [
      'in an object',
      ['question', 'options.A', 'options.B', 'answer'],
      (n) => [`Q${n}`, 'red', 'blue', n % 2 ? 'blue' : 'red'],
    ],
    [
      'in a list one level down',
      ['question.stem', 'question.choices.text', 'answerKey'],
      (n) => [`Q${n}`, ['red', 'blue'], n % 2 ? 'B' : 'A'],
    ],
    [
      'that the answer names by their columns',
      ['narrative', 'option1', 'option2', 'correctanswer'],
      (n) => [`Q${n}`, 'red', 'blue', n % 2 ? 'option2' : 'option1'],
    ],
    ['without names', unnamed(4), (n) => [`Which of ${n}?`, 'red', 'blue', n % 2 ? 'B' : 'A']],
  ])('%s', (_, columns, row) => {
    const table = eight(columns, row);
    const question = columns.length === 4 && columns[0] === 'column 1' ? 'Which of 0?' : 'Q0';
    expect(firstOf(table)).toMatchObject({ input: question + listed, target: '(A)' });
    expect(build(table).dataset.metric).toEqual({ kind: 'multiple-choice' });
  });

  it.each<[string, Cell]>([
    ['brackets around the letter', ['(A)red', '(B)blue']],
    ['a bracket after it', ['A)red', 'B)blue']],
    ['spaces around the bracket', ['A ) red', 'B ) blue']],
    ['a dot', ['A. red', 'B. blue']],
    ['nothing but a space', ['A red', 'B blue']],
    ['all options in one text', 'a ) red , b ) blue'],
  ])('with the letters that they bring along taken off: %s', (_, options) => {
    const table = eight(['question', 'options', 'correct'], (n) => [`Q${n}`, options, n % 2 ? 'b' : 'a']);
    expect(firstOf(table)).toMatchObject({ input: `Q0${listed}`, target: '(A)' });
  });

  it('of the right answer among wrong ones, sorted so that its place tells nothing', () => {
    const table = eight(['Question', 'Correct Answer', 'Incorrect Answer 1', 'Incorrect Answer 2'], (n) =>
      n % 2 ? [`Q${n}`, 'red', 'Blue', 'tan'] : [`Q${n}`, 'tan', 'red', 'Blue'],
    );
    const { examples } = build(table, 'stop').dataset;
    expect(examples.slice(0, 2)).toMatchObject([
      { input: 'Q0\nOptions:\n(A) Blue\n(B) red\n(C) tan', target: '(C)' },
      { target: '(B)' },
    ]);
  });

  it('of the first right answer among wrong ones that are counted', () => {
    const columns = ['conversation', 'correct1', 'correct2', 'incorrect1', 'incorrect1_rule', 'incorrect2'];
    const table = eight(columns, (n) => [`Q${n}`, 'b', 'z', 'a', 'Rule 1', 'c']);
    expect(firstOf(table)).toMatchObject({ input: 'Q0\nOptions:\n(A) a\n(B) b\n(C) c', target: '(B)' });
  });

  it('also without answers', () => {
    const table = eight(['id', 'question', 'choices'], (n) => [`${n}`, `Q${n}`, ['red', 'blue']]);
    expect(firstOf(table)).toMatchObject({ input: `Q0${listed}`, target: '' });
    expect(build(table).dataset.metric).toMatchObject({ answers: { kind: 'multiple-choice' } });
  });

  it('and pairs of sentences are none', () => {
    const table = eight(['sentence1', 'sentence2', 'label'], (n) => [`a${n}`, `b${n}`, `${n % 2}`]);
    expect(mappingOf(table).options).toEqual([]);
  });
});

describe('the input is complete', () => {
  it.each([
    [['premise', 'choice1', 'choice2', 'question', 'label'], 'premise: {{premise}}\nquestion: {{question}}'],
    [
      ['word', 'sentence1', 'sentence2', 'label'],
      'sentence1: {{sentence1}}\nsentence2: {{sentence2}}\nword: {{word}}',
    ],
    [['Body', 'Question', 'Answer'], 'Body: {{Body}}\nQuestion: {{Question}}'],
    [['Class Index', 'Title', 'Description'], 'Title: {{Title}}\nDescription: {{Description}}'],
    [['instruction', 'context', 'response'], 'instruction: {{instruction}}\ncontext: {{context}}'],
    [['text', 'question', 'answer'], 'text: {{text}}\nquestion: {{question}}'],
    [['customer_message', 'ideal'], '{{customer_message}}'],
    [['sQuestion', 'lSolutions'], '{{sQuestion}}'],
  ])('of %j', (columns, input) => {
    const table = eight(columns, (n) => columns.map((name) => `${name} ${n}`));
    expect(mappingOf(table).input).toBe(input);
  });

  it('and says nothing twice', () => {
    const table = eight(['Body', 'Question', 'Answer'], (n) => [`b${n}`, `b${n} How many?`, `${n}`]);
    expect(mappingOf(table).input).toBe('{{Question}}');
  });

  it('of cases without a text: all that is told about them', () => {
    const table = eight(['id', 'age', 'job', 'town', 'class'], (n) => [
      `${n}`,
      `${20 + n * 3}`,
      n % 3 ? 'cook' : 'clerk',
      `T${n}`,
      n % 2 ? 'yes' : 'no',
    ]);
    expect(mappingOf(table)).toMatchObject({
      input: 'age: {{age}}\njob: {{job}}\ntown: {{town}}',
      target: 'class',
    });
  });

  it('and is never what a model has said', () => {
    expect(guessMapping(eight(['groundtruth', 'prediction'], (n) => [`a${n}`, `b${n}`]))).toBeNull();
  });

  it('without names: texts on one side of the label', () => {
    const news = eight(unnamed(3), (n) => [
      `${(n % 2) + 1}`,
      `The title number ${n}`,
      `A long text of ${n} words`,
    ]);
    expect(mappingOf(news)).toMatchObject({ input: '{{column 2}}\n{{column 3}}', target: 'column 1' });
    const pairs = eight(unnamed(3), (n) => [`One text ${n}`, `Another text ${n}`, n % 2 ? 'same' : 'other']);
    expect(mappingOf(pairs)).toMatchObject({ input: '{{column 1}}\n{{column 2}}', target: 'column 3' });
  });

  it('without names: never what is written beside the answer', () => {
    const reasoned = eight(unnamed(3), (n) => [
      `How much is ${n} and 1?`,
      `${n % 3}`,
      `If you add one to ${n} you get it, so it must be so, says everyone who can count`,
    ]);
    expect(mappingOf(reasoned)).toMatchObject({ input: '{{column 1}}', target: 'column 2' });
    const tweets = eight(unnamed(4), (n) => [
      n % 2 ? '4' : '0',
      `Mon Apr 06 22:19:1${n} 2009`,
      `user${n}`,
      `oh what a day it was for all of us, number ${n}`,
    ]);
    expect(mappingOf(tweets)).toMatchObject({ input: '{{column 4}}', target: 'column 1' });
  });
});

describe('the answer', () => {
  it.each([
    [['question', 'right_answer', 'generated_answer', 'hallucinated_answer'], 'right_answer'],
    [['input', 'actual_output', 'expected_output'], 'expected_output'],
    [['user_message', 'bot_response', 'timestamp', 'model'], 'bot_response'],
    [['gold_label', 'sentence1', 'sentence2', 'sentence2_parse'], 'gold_label'],
    [['text', 'is_duplicate'], 'is_duplicate'],
    [['question', 'answer_not_matching_rule', 'answer_matching_rule', 'note'], 'answer_matching_rule'],
    [['src', 'tgt'], 'tgt'],
    [['input', 'category', 'expected_outcome'], 'expected_outcome'],
    [['prompt', 'entry_point', 'canonical_solution', 'test'], 'canonical_solution'],
  ])('of %j', (columns, target) => {
    const table = eight(columns, (n) => columns.map((name) => `${name} ${n}`));
    expect(mappingOf(table).target).toBe(target);
  });

  it('is no column that always says the same, where another has the name of one', () => {
    const table = eight(['text', 'label', 'answer'], (n) => [`t${n}`, n % 2 ? 'a' : 'b', 'accept']);
    expect(mappingOf(table).target).toBe('label');
  });

  it('is nothing rather than an address, a date or a list of settings', () => {
    const table = eight(['prompt', 'kwargs', 'url', 'created'], (n) => [
      `p${n}`,
      '[{}]',
      `https://a.org/${n}`,
      `2024-01-0${n + 1}`,
    ]);
    expect(mappingOf(table)).toMatchObject({ input: '{{prompt}}', target: null });
  });

  it('is the score of a pair, although the pair comes again', () => {
    const table = eight(['question_1', 'question_2', 'similar'], (n) => [
      'How long is it?',
      `q${n}`,
      `0.${n}`,
    ]);
    expect(mappingOf(table)).toMatchObject({
      input: 'question_1: {{question_1}}\nquestion_2: {{question_2}}',
      target: 'similar',
    });
  });

  it('is none beside a single text with an id', () => {
    const table = eight(['doc_id', 'doc'], (n) => [`d${n}`, `A text of ${n} words`]);
    expect(mappingOf(table)).toMatchObject({ input: '{{doc}}', target: null, id: 'doc_id' });
  });

  it('is left to the person where neither input nor answer can be told', () => {
    expect(guessMapping(eight(['alpha', 'beta', 'gamma'], () => [['x'], ['y'], ['z']]))).toBeNull();
  });

  it.each([
    ['The sum is it. The answer is 12.', '12'],
    ['We add.\nA: 12', '12'],
    ['Reasons.\nAnswer: 12', '12'],
    ['So $x = \\boxed{\\frac{1}{2}}$.', '\\frac{1}{2}'],
  ])('comes after the reasoning: %j', (text, target) => {
    const table = eight(['question', 'solution'], (n) => [`q${n}`, text]);
    expect(firstOf(table)).toMatchObject({ target });
  });

  it.each([
    ['what an option is about', ['stem', 'choices', 'concept'], ['Q', ['red', 'blue'], 'c']],
    ['the letters of options', ['stem', 'choices.text', 'choices.label'], ['Q', ['red', 'blue'], ['A', 'B']]],
    ['the number of the row', ['column 1', 'prompt', 'source'], ['', 'p', 's']],
  ] as [string, string[], Cell[]][])('is not %s', (_, columns, cells) => {
    const table = eight(columns, (n) =>
      cells.map((cell, at) =>
        cell === '' ? `${n}` : at === 1 ? cell : typeof cell === 'string' ? `${cell}${n}` : cell,
      ),
    );
    expect(mappingOf(table).target).toBeNull();
  });

  it('is all of a list of labels or tags, but one of a list of answers', () => {
    const rows = (name: string) => eight(['text', name], (n) => [`t${n}`, n % 2 ? ['a', 'b'] : ['a']]);
    const targets = (name: string) => build(rows(name)).dataset.examples.slice(0, 2);
    expect(targets('intents').map(({ target }) => target)).toEqual(['a', 'a, b']);
    expect(targets('answers')).toMatchObject([{ target: 'a' }, { target: 'a', alternatives: ['b'] }]);
  });

  it('loses the mark of its end', () => {
    const table = eight(['prompt', 'completion'], (n) => [`p${n}`, ` c${n}<|endoftext|>`]);
    expect(firstOf(table)).toMatchObject({ target: 'c0' });
  });

  it('is a number when one of its forms is', () => {
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
    const table = eight(['input', 'target', 'alternatives'], (n) => [`q${n}`, words[n] ?? '', [`${n + 1}`]]);
    expect(build(table).dataset.metric).toEqual({ kind: 'number' });
  });

  it('has further ones beside it, when they are of its kind', () => {
    const rhymes = eight(['input', 'output', 'other_rhymes'], (n) => [`w${n}`, `r${n}`, [`s${n}`, `t${n}`]]);
    expect(mappingOf(rhymes).alternatives).toBe('other_rhymes');
    const animals = eight(['input', 'output', 'other_kinds'], (n) => [
      `w${n}`,
      'a cat, a dog, a cow',
      ['food'],
    ]);
    expect(mappingOf(animals).alternatives).toBeNull();
    const graded = eight(['input', 'expected', 'metadata.answers'], (n) => [`q${n}`, '1', [`a${n}`]]);
    expect(mappingOf(graded).alternatives).toBeNull();
  });
});
