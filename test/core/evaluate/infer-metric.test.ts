import { describe, expect, it } from 'vitest';
import { answerSuffix } from '../../../src/core/evaluate/answer-suffix.ts';
import { inferChoices, inferMetric } from '../../../src/core/evaluate/infer-metric.ts';

const repeat = (values: readonly string[], times: number): string[] =>
  Array.from({ length: times }, () => values).flat();

describe('the metric inferred from targets', () => {
  it.each([
    ['(A)', '(B)', '(C)'],
    ['A', 'B', 'C', 'D'],
    ['A.', 'B.'],
    ['(a)', '(b)'],
  ])('is multiple choice for letters like %s', (...letters) => {
    expect(inferMetric(repeat(letters, 5))).toEqual({ kind: 'multiple-choice' });
  });

  it('survives two dirty labels among the letters', () => {
    const targets = [
      ...repeat(['(A)', '(B)', '(C)', '(D)'], 20),
      'rita, sue and bob poo',
      'dearth, wind, & fire',
    ];
    expect(inferMetric(targets)).toEqual({ kind: 'multiple-choice' });
    expect(inferChoices(targets)).toEqual(['(A)', '(B)', '(C)', '(D)']);
  });

  it('survives one dirty label among eight or more', () => {
    const letters = [...repeat(['(A)', '(B)', '(C)'], 3), 'the long way home'];
    expect(inferMetric(letters)).toEqual({ kind: 'multiple-choice' });
    expect(inferMetric([...repeat(['] )', '}'], 4), 'none'])).toMatchObject({ brackets: true });
    expect(inferMetric(['(A)', '(B)', 'the long way home'])).toMatchObject({ kind: 'exact' });
  });

  it('is multiple choice where the options’ texts stand with their letters', () => {
    const targets = ['(A) a kettle', '(B) a long spoon', '(A) the tide', '(C) Tuesday'];
    expect(inferMetric(targets)).toEqual({ kind: 'multiple-choice' });
    expect(inferChoices(targets)).toEqual(['(A)', '(B)', '(C)']);
  });

  it.each([
    [
      ['No', 'Yes'],
      ['Yes', 'No'],
    ],
    [
      ['no', 'yes'],
      ['yes', 'no'],
    ],
    [
      ['False', 'True'],
      ['True', 'False'],
    ],
    [
      ['invalid', 'valid'],
      ['valid', 'invalid'],
    ],
  ])('knows %j as a pair of opposites', (labels, pair) => {
    expect(inferMetric(repeat(labels, 10))).toEqual({ kind: 'yes-no', labels: pair });
    expect(inferChoices(repeat(labels, 10))).toEqual(pair);
  });

  it('knows the pair when only one label of it was seen', () => {
    expect(inferMetric(['Yes', 'Yes'])).toEqual({ kind: 'yes-no', labels: ['Yes', 'No'] });
  });

  it('keeps the pair when one label of many is dirty', () => {
    expect(inferMetric([...repeat(['Yes', 'No'], 30), 'unknown'])).toMatchObject({ kind: 'yes-no' });
  });

  it('is a number for whole, negative, decimal and currency amounts, however often they repeat', () => {
    expect(inferMetric(repeat(['8', '9', '12', '3'], 20))).toEqual({ kind: 'number' });
    expect(inferMetric(['-16', '123', '-1,204'])).toEqual({ kind: 'number' });
    expect(inferMetric(['$3.50', '0.5', '.25'])).toEqual({ kind: 'number' });
    expect(inferChoices(repeat(['8', '9', '12', '3'], 20))).toEqual([]);
  });

  it('is a label for the codes of classes', () => {
    expect(inferMetric(repeat(['0', '1'], 20))).toEqual({ kind: 'label' });
    expect(inferChoices(repeat(['1', '0'], 20))).toEqual(['0', '1']);
  });

  it('is a label for a few names that repeat', () => {
    const targets = repeat(['positive', 'negative', 'neutral'], 4);
    expect(inferMetric(targets)).toEqual({ kind: 'label' });
    expect(inferChoices(targets)).toEqual(['negative', 'neutral', 'positive']);
  });

  it('is an ordered list for sorted words and for brackets', () => {
    const words = ['apple banana cherry', "can't condiment it&t", 'ham jam', 'a b c d'];
    expect(inferMetric(words)).toEqual({ kind: 'list', ordered: true });
    expect(inferMetric(['] ) }', '>', '} ]'])).toEqual({ kind: 'list', ordered: true, brackets: true });
  });

  it('is a set for short items between commas that are in no order', () => {
    expect(inferMetric(['red, blue', 'tea, coffee, milk', 'b, a'])).toEqual({ kind: 'list', ordered: false });
  });

  it.each([
    ['dates', ['March 1, 1950', 'Dec 24, 2001', 'May 5th, 1999']],
    ['dates with their day first', ['Monday, 1 March, 1950', 'Friday, 2 June, 2001']],
    ['queries', ['SELECT a, b FROM t', 'SELECT name, age FROM people']],
    ['calls', ['max(a, b)', 'sum(1, 2)', 'min(x, y)']],
    ['amounts', ['1,200 km', '12,500 km', '$3,400 a year']],
  ])('is no list for the commas of %s', (_, targets) => {
    expect(inferMetric(targets)).toEqual({ kind: 'exact', ignoreCase: true });
    expect(inferMetric(repeat(targets, 30)).kind).not.toBe('list');
  });

  it('is exact text for everything else', () => {
    const exact = { kind: 'exact', ignoreCase: true };
    expect(inferMetric(['unfortunate', 'local', 'nominal'])).toEqual(exact);
    expect(inferMetric(['c', 'a', 'w'])).toEqual(exact);
    expect(inferMetric([])).toEqual(exact);
    expect(inferChoices(['unfortunate', 'local', 'nominal'])).toEqual([]);
  });
});

describe('the metric inferred from targets and their inputs', () => {
  const exact = { kind: 'exact', ignoreCase: true };
  const numbers = Array.from({ length: 60 }, (_, n) => n);

  it('is JSON for objects', () => {
    expect(inferMetric(['{"a": 1, "b": "x"}', '{"a": 2, "b": "y"}'])).toEqual({ kind: 'json' });
    expect(inferMetric(repeat(['{"kind": "a"}', '{"kind": "b"}'], 30))).toEqual({ kind: 'json' });
    expect(inferMetric(['{\n  "a": [1, 2]\n}', '{"a": {"b": null}}'])).toEqual({ kind: 'json' });
    expect(inferChoices(repeat(['{"kind": "a"}', '{"kind": "b"}'], 30))).toEqual([]);
    expect(inferMetric(['{a, b}', '{c}', 'd'])).toEqual(exact);
  });

  it('is a label for codes that count from 1, and for up to ten of which each is frequent', () => {
    expect(inferMetric(repeat(['1', '2', '3', '4'], 5))).toEqual({ kind: 'label' });
    expect(inferMetric(repeat(['0', '1', '2', '3', '4', '5'], 20))).toEqual({ kind: 'label' });
    expect(inferMetric(repeat(['0', '1', '2', '3', '4', '5'], 5))).toEqual({ kind: 'number' });
  });

  it('is a label for many names when each comes often', () => {
    const names = Array.from({ length: 60 }, (_, n) => `kind_${n}`);
    expect(inferMetric(repeat(names, 10))).toEqual({ kind: 'label' });
    expect(inferChoices(repeat(names, 10))).toHaveLength(60);
    expect(inferMetric(repeat(names, 3))).toEqual(exact);
  });

  it('is no label for letters, nor for what is picked out of the input', () => {
    expect(inferMetric(repeat(['p', 'q', 'r', 's', 't', 'u', 'v'], 10))).toEqual(exact);
    const beasts = ['cat', 'whale', 'ant', 'cow', 'bee', 'dog'];
    const targets = numbers.map((n) => beasts[n % 6] ?? '');
    const pairs = numbers.map((n) => `${beasts[n % 6] ?? ''}, ${beasts[(n + 1) % 6] ?? ''}`);
    expect(inferMetric(targets, pairs)).toEqual(exact);
    const offered = numbers.map((n) => `Text ${n}. Options: ${beasts.join(', ')}`);
    expect(inferMetric(targets, offered)).toEqual({ kind: 'label' });
  });

  it('is a set for labels that come together in different ways', () => {
    const lists = ['a', 'b', 'a; b', 'c', 'b; c', 'a; c'];
    expect(inferMetric(repeat(lists, 4))).toEqual({ kind: 'list', ordered: false });
    expect(inferMetric(repeat(['Sport', 'Sea, sky'], 4))).toEqual({ kind: 'label' });
  });

  it('counts the options up to the last letter, although some are never right', () => {
    expect(inferChoices(repeat(['(B)', '(D)'], 5))).toEqual(['(A)', '(B)', '(C)', '(D)']);
    expect(inferChoices(repeat(['A', 'C'], 5))).toEqual(['A', 'B', 'C']);
  });

  const words = (n: number, count: number): string =>
    Array.from({ length: count }, (_, i) => `word${(n * 7 + i * 13) % 97}`).join(' ');

  it('goes by shared words for sentences, and by their order for texts', () => {
    const sentences = numbers.map((n) => words(n, 8));
    expect(inferMetric(sentences)).toEqual({ kind: 'token-f1', solvedFrom: 0.8 });
    const texts = numbers.map((n) => words(n, 30));
    expect(inferMetric(texts)).toEqual({ kind: 'rouge-l', solvedFrom: 0.5 });
  });

  it('stays exact for sentences that are the input in another form', () => {
    const inputs = numbers.map((n) => words(n, 8));
    const turned = inputs.map((input) => `not ${input.split(' ').toReversed().join(' ')}`);
    expect(inferMetric(turned, inputs)).toEqual(exact);
  });

  it.each([
    ['letters apart', (n: number) => words(n, 2).split('').join(' ')],
    [
      'few words over and over',
      (n: number) => `five thousand and ${['one', 'two', 'ten'][n % 3] ?? ''} hundred`,
    ],
    ['code', (n: number) => `select a${n} from b${n} where c${n} = d${n} and e${n}`],
  ])('stays exact for what only looks like sentences: %s', (_, make) => {
    expect(inferMetric(numbers.map(make))).toMatchObject({
      kind: expect.stringMatching(/exact|label/) as string,
    });
  });
});

describe('the fixed text after an input', () => {
  it('says where the answer goes and gives no label away', () => {
    const suffix = answerSuffix({ kind: 'label' }, ['zorb', 'flim']);
    expect(suffix).toContain('"Answer:"');
    expect(suffix).not.toMatch(/zorb|flim/);
  });
});
