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

  it('is exact text for everything else', () => {
    const exact = { kind: 'exact', ignoreCase: true };
    expect(inferMetric(['unfortunate', 'local', 'nominal'])).toEqual(exact);
    expect(inferMetric(['The seeds pass through you.', 'Nothing happens, as far as we know.'])).toEqual(
      exact,
    );
    expect(inferMetric(['c', 'a', 'w'])).toEqual(exact);
    expect(inferMetric([])).toEqual(exact);
    expect(inferChoices(['unfortunate', 'local', 'nominal'])).toEqual([]);
  });
});

describe('the fixed text after an input', () => {
  it('says where the answer goes and gives no label away', () => {
    const suffix = answerSuffix({ kind: 'label' }, ['zorb', 'flim']);
    expect(suffix).toContain('"Answer:"');
    expect(suffix).not.toMatch(/zorb|flim/);
  });
});
