import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import type { Metric } from '../../../src/core/types.ts';

const scoreOf = (metric: Metric, output: string, target: string, alternatives?: string[]): number =>
  scoreAnswer({ output, target, metric, ...(alternatives ? { alternatives } : {}) }).score;

describe('contains', () => {
  it('needs one of several answers, or with “all” every one of them', () => {
    const reply = 'We serve tea, and milk with it.';
    expect(scoreOf({ kind: 'contains' }, reply, 'tea', ['coffee'])).toBe(1);
    expect(scoreOf({ kind: 'contains', all: true }, reply, 'tea', ['coffee'])).toBe(0);
    expect(scoreOf({ kind: 'contains', all: true }, reply, 'tea', ['milk'])).toBe(1);
  });
});

describe('starts with', () => {
  it.each([
    ['Yes, it does.', 'Yes', 1],
    ['Let me think.\nAnswer: Yes, it does.', 'Yes', 1],
    ['Well, yes', 'Yes', 0],
    ['Nothing to see', 'No', 0],
    ['yes', 'Yes', 0],
  ])('%j with %j: %d', (output, target, score) => {
    expect(scoreOf({ kind: 'starts-with' }, output, target)).toBe(score);
  });

  it('may take capital and small letters for the same', () => {
    expect(scoreOf({ kind: 'starts-with', ignoreCase: true }, 'YES!', 'Yes')).toBe(1);
  });
});

describe('a pattern', () => {
  it('is the target, or one for all examples with the target in it', () => {
    expect(scoreOf({ kind: 'regex' }, 'Order 66 is ready', '\\border \\d+')).toBe(0);
    expect(scoreOf({ kind: 'regex', ignoreCase: true }, 'Order 66 is ready', '\\border \\d+')).toBe(1);
    const metric: Metric = { kind: 'regex', pattern: 'total: {{target}}$' };
    expect(scoreOf(metric, 'The total: 1.5', '1.5')).toBe(1);
    expect(scoreOf(metric, 'The total: 1x5', '1.5')).toBe(0);
  });

  it('that is none is compared as text and ends no run', () => {
    expect(scoreOf({ kind: 'regex' }, 'Answer: (', '(')).toBe(1);
  });
});

describe('token F1, as in SQuAD’s script', () => {
  it.each([
    ['Denver Broncos', 'Denver Broncos', 1],
    ['The Denver Broncos!', 'denver broncos', 1],
    ['Broncos', 'Denver Broncos', 2 / 3],
    ['the Carolina Panthers', 'Denver Broncos', 0],
    ['to be or not to be', 'to be', 0.5],
    ['a', 'the', 1],
  ])('%j for %j: %d', (output, target, score) => {
    expect(scoreOf({ kind: 'token-f1' }, output, target)).toBeCloseTo(score, 12);
  });

  it('takes the best of the accepted answers', () => {
    expect(
      scoreOf({ kind: 'token-f1' }, 'Santa Clara', 'Levi’s Stadium', ['Santa Clara, California']),
    ).toBeCloseTo(0.8);
  });
});

describe('ROUGE-L', () => {
  it.each([
    // Lin 2004, section 3.1, S1 to S3 with β = 1
    ['police kill the gunman', 'police killed the gunman', 0.75],
    ['the gunman kill police', 'police killed the gunman', 0.5],
    ['the gunman police killed', 'police killed the gunman', 0.5],
    // the example of Google's rouge-score: 5 words in order, of 8 and 9
    ['The quick brown dog jumps on the log.', 'The quick brown fox jumps over the lazy dog', 10 / 17],
  ])('%j for %j: %d', (output, target, score) => {
    expect(scoreOf({ kind: 'rouge-l' }, output, target)).toBeCloseTo(score, 12);
  });
});

describe('Levenshtein similarity', () => {
  it.each([
    ['sitting', 'kitten', 1 - 3 / 7],
    ['Saturday', 'Sunday', 1 - 3 / 8],
    ['abc', 'xyz', 0],
    ['Straße', 'strasse', 0.5 + 1 / 14],
  ])('%j for %j: %d', (output, target, score) => {
    expect(scoreOf({ kind: 'levenshtein' }, output, target)).toBeCloseTo(score, 12);
  });
});

describe('JSON', () => {
  const target = '{"name": "Ann", "age": 42, "address": {"city": "Bern"}, "tags": ["a", "b"]}';

  it('gives the share of the fields that are right, wherever the object stands', () => {
    const reply =
      'Here it is:\n```json\n{"age": "42", "name": " Ann ", "tags": ["b", "a"], "more": 1}\n```\nDone.';
    expect(scoreOf({ kind: 'json' }, reply, target)).toBe(0.5);
    expect(scoreOf({ kind: 'json' }, target, target)).toBe(1);
  });

  it('weighs fields by name, also those within others', () => {
    const metric: Metric = { kind: 'json', weights: { age: 3, 'address.city': 1, name: 0 } };
    expect(scoreOf(metric, '{"age": 41, "address": {"city": "Bern"}}', target)).toBe(0.25);
    expect(scoreOf(metric, '{"age": 42, "address": {"city": "Rome"}}', target)).toBe(0.75);
  });

  it('is not read from what is none', () => {
    const scored = scoreAnswer({ output: 'name: Ann', target, metric: { kind: 'json' } });
    expect(scored).toMatchObject({ score: 0, reason: 'format-fail' });
  });

  it('reaches no inherited fields', () => {
    expect(scoreOf({ kind: 'json', weights: { constructor: 1, a: 1 } }, '{"a": 2}', '{"a": 1}')).toBe(0);
  });
});

describe('a number', () => {
  it('that differs by the tolerance counts, for all that rounding does', () => {
    expect(scoreOf({ kind: 'number', tolerance: 0.1 }, '3.2', '3.1')).toBe(1);
    expect(scoreOf({ kind: 'number', tolerance: 0.1 }, '3.21', '3.1')).toBe(0);
    expect(scoreOf({ kind: 'number' }, '3.1000000001', '3.1')).toBe(0);
  });
});

const graded: readonly Metric[] = [
  { kind: 'token-f1' },
  { kind: 'rouge-l' },
  { kind: 'levenshtein' },
  { kind: 'levenshtein', ignoreCase: true },
];

describe('graded metrics', () => {
  const words = fc
    .array(
      fc.stringMatching(/^[b-z]{1,6}$/).filter((text) => text !== 'the'),
      { minLength: 1, maxLength: 8 },
    )
    .map((all) => all.join(' '));

  it('give 1 for the same text and a share otherwise, the same in both directions', () => {
    fc.assert(
      fc.property(words, words, fc.constantFrom(...graded), (a, b, metric) => {
        expect(scoreOf(metric, a, a)).toBe(1);
        const score = scoreOf(metric, a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(scoreOf(metric, b, a)).toBeCloseTo(score, 12);
      }),
    );
  });

  it('count an example as solved from the given score on', () => {
    const asked = { output: 'Broncos', target: 'Denver Broncos' };
    const low = scoreAnswer({ ...asked, metric: { kind: 'token-f1', solvedFrom: 0.6 } });
    expect(low).toMatchObject({ correct: true, reason: 'correct' });
    expect(low.score).toBeCloseTo(2 / 3);
    expect(scoreAnswer({ ...asked, metric: { kind: 'token-f1' } })).toMatchObject({
      correct: false,
      reason: 'partly',
    });
  });

  it('compare long texts by their beginning, without delay', () => {
    const long = 'word '.repeat(20_000);
    for (const metric of graded) expect(scoreOf(metric, long, long)).toBe(1);
  });
});
