import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractAnswer } from '../../../src/core/evaluate/extract-answer.ts';
import { inferChoices, inferMetric } from '../../../src/core/evaluate/infer-metric.ts';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import type { Metric } from '../../../src/core/types.ts';

describe('a score', () => {
  it('tells a wrong answer from one that could not be read', () => {
    const task = { target: '(B)', metric: 'multiple-choice' } as const;
    expect(scoreAnswer({ output: 'Answer: (A)', ...task }).reason).toBe('wrong');
    expect(scoreAnswer({ output: 'Both look fine to me.', ...task })).toEqual({
      score: 0,
      correct: false,
      extracted: null,
      reason: 'format-fail',
    });
  });

  it.each([
    ['yes-no', 'Answer: no', 'No'],
    ['yes-no', 'So the answer is invalid.', 'invalid'],
    ['yes-no', 'False', 'False'],
    ['number', 'The answer is eight.', '8'],
    ['number', 'It costs 3.50 dollars', '$3.50'],
    ['number', 'So the answer is -16.', '-16'],
    ['list', 'Sorted: apple, banana, and cherry', 'apple banana cherry'],
    ['list', '"apple" < "banana" < "cherry"', 'apple banana cherry'],
    ['list', "['Apple', 'banana']", 'apple banana'],
    ['list', '])}', '] ) }'],
    ['label', 'Answer: Positive.', 'positive'],
    ['exact', 'The answer is Paris. It is the capital of France.', 'paris'],
    ['contains', 'I would say that it is in Paris, France.', 'Paris'],
    ['multiple-choice', 'B', '(B)'],
    ['multiple-choice', 'Answer: Monsters, Inc', 'Monsters, Inc'],
    ['multiple-choice', 'Answer: (b)', '(B) a red kite'],
    ['label', 'I would call the tone positive.', 'positive'],
    ['label', 'Positive\n\nThe guest praises the soup, the bread, the music and the view.', 'positive'],
    ['number', 'The answer is 3/4.', '0.75'],
    ['number', 'I give it 9/10.', '9'],
    ['number', '1,234', '1234'],
    ['number', 'Answer: 1234', '1,234'],
    ['list', 'Answer: apple banana. The first letters decide.', 'apple banana'],
  ] as const)('by %s counts %j as %j', (metric, output, target) => {
    expect(scoreAnswer({ output, target, metric })).toMatchObject({
      score: 1,
      correct: true,
      reason: 'correct',
    });
  });

  it.each([
    ['yes-no', 'invalid', 'valid'],
    ['list', 'banana apple cherry', 'apple banana cherry'],
    ['list', 'apple banana', 'apple banana cherry'],
    ['list', '] } )', '] ) }'],
    ['number', '18', '8'],
    ['contains', 'The Parisian', 'Paris'],
    ['exact', 'Paris, Texas', 'Paris'],
    ['multiple-choice', '(A)', 'Monsters, Inc'],
    ['label', 'The tone is not positive.', 'positive'],
    ['label', 'It is either positive or negative.', 'positive'],
    ['number', 'The answer is 1/2.', '1'],
  ] as const)('by %s does not count %j as %j', (metric, output, target) => {
    expect(scoreAnswer({ output, target, metric })).toMatchObject({ score: 0, correct: false });
  });

  it.each(['', ' \n', '<think>It may be (A).', 'The options are close to each other.'])(
    'tells %j from a wrong answer, by every metric that has to find one',
    (output) => {
      const targets = { 'multiple-choice': '(A)', 'yes-no': 'No', number: '7' } as const;
      for (const metric of ['multiple-choice', 'yes-no', 'number'] as const) {
        const scored = scoreAnswer({ output, target: targets[metric], metric });
        expect(scored).toEqual({ score: 0, correct: false, extracted: null, reason: 'format-fail' });
      }
    },
  );

  it('is the same whether choices are left out, empty or given', () => {
    const targets = ['(A)', '(B)', '(C)', '(A)', '(B)', '(C)'];
    const task = { target: '(B)', metric: inferMetric(targets) };
    for (const [output, correct] of [
      ['So the answer is (B).', true],
      ['So the answer is B', true],
      ['So the answer is (A).', false],
      ['So the answer is (A) or (B).', false],
    ] as const)
      for (const choices of [undefined, [], inferChoices(targets)])
        expect(scoreAnswer({ output, ...task, ...(choices && { choices }) }).correct).toBe(correct);
  });

  it('of a set is the share that agrees', () => {
    const metric: Metric = { kind: 'list', ordered: false };
    const scored = scoreAnswer({ output: 'Answer: tea, milk', target: 'coffee, tea', metric });
    expect(scored).toMatchObject({ score: 0.5, correct: false, reason: 'partly' });
    expect(scoreAnswer({ output: 'tea and coffee', target: 'tea', metric: 'exact' }).correct).toBe(false);
  });

  it('counts an alternative as right', () => {
    const scored = scoreAnswer({
      output: 'UK',
      target: 'United Kingdom',
      metric: 'exact',
      alternatives: ['UK'],
    });
    expect(scored.correct).toBe(true);
  });

  it('respects the tolerance of a number', () => {
    const metric: Metric = { kind: 'number', tolerance: 0.01 };
    expect(scoreAnswer({ output: '3.1416', target: '3.14', metric }).correct).toBe(true);
    expect(scoreAnswer({ output: '3.2', target: '3.14', metric }).correct).toBe(false);
  });
});

const metrics: readonly Metric[] = [
  { kind: 'exact' },
  { kind: 'multiple-choice' },
  { kind: 'yes-no', labels: ['Yes', 'No'] },
  { kind: 'number', tolerance: 0.1 },
  { kind: 'list', ordered: true },
  { kind: 'list', ordered: false },
  { kind: 'list', ordered: true, brackets: true },
  { kind: 'label' },
  { kind: 'contains', ignoreCase: true },
  { kind: 'contains', all: true },
  { kind: 'starts-with', ignoreCase: true },
  { kind: 'regex' },
  { kind: 'regex', pattern: '(\\w+\\s?)*{{target}}$', ignoreCase: true },
  { kind: 'token-f1' },
  { kind: 'rouge-l' },
  { kind: 'levenshtein', ignoreCase: true },
  { kind: 'json', weights: { a: 1 } },
];

/** Texts with the marks that extraction looks for, in every disorder. */
const pieces = [
  'Answer:',
  'answer is',
  '####',
  '\\boxed{',
  '}',
  '<think>',
  '</think>',
  '<answer>',
  '(A)',
  '=',
  '\n',
  '**',
];
const noisy = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 20 })
  .map((parts) => parts.join(' '));

describe('for any texts', { timeout: 60_000 }, () => {
  it('a score is a share, and nothing is thrown', () => {
    fc.assert(
      fc.property(
        noisy,
        noisy,
        fc.constantFrom(...metrics),
        fc.array(noisy, { maxLength: 3 }),
        (output, target, metric, choices) => {
          const { score, correct, extracted, reason } = scoreAnswer({ output, target, metric, choices });
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(correct).toBe(score === 1);
          expect(extracted === null || extracted !== '').toBe(true);
          expect(reason === 'correct').toBe(correct);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['Answer: ', '<think>', 'answer to ', 'yes or ', 'a\n', '1,', '(', '. '])(
    'a long repetition of %j is scored before the test times out, which time squared would not be',
    (piece) => {
      const output = piece.repeat(20_000);
      for (const metric of metrics) {
        expect(
          scoreAnswer({ output, target: 'Yes', metric, choices: ['Yes', 'No'] }).score,
        ).toBeLessThanOrEqual(1);
      }
    },
  );

  it('inference takes any targets', () => {
    fc.assert(
      fc.property(fc.array(noisy, { maxLength: 30 }), (targets) => {
        expect(metrics.map(({ kind }) => kind)).toContain(inferMetric(targets).kind);
        expect(inferChoices(targets).every((choice) => choice !== '')).toBe(true);
      }),
    );
  });

  const word = fc
    .stringMatching(/^[a-z]{2,8}$/)
    .filter((text) => !/^(?:answer|and|option|based)$/.test(text));
  const answers: readonly (readonly [Metric, fc.Arbitrary<string>])[] = [
    [{ kind: 'multiple-choice' }, fc.constantFrom('(A)', '(B)', '(I)', '(R)')],
    [{ kind: 'yes-no', labels: ['valid', 'invalid'] }, fc.constantFrom('valid', 'invalid')],
    [{ kind: 'number' }, fc.integer().map(String)],
    [
      { kind: 'list', ordered: true },
      fc.array(word, { minLength: 2, maxLength: 8 }).map((words) => words.join(' ')),
    ],
    [
      { kind: 'list', ordered: true, brackets: true },
      fc
        .array(fc.constantFrom(')', ']', '}', '>'), { minLength: 1, maxLength: 6 })
        .map((all) => all.join(' ')),
    ],
    [{ kind: 'exact' }, word],
  ];

  it.each(answers)('"Answer: X" is read as X by %j', (metric, answer) => {
    fc.assert(
      fc.property(answer, fc.boolean(), (expected, afterReasoning) => {
        const reply = `${afterReasoning ? 'First (A) or 12, no. It is valid.\n' : ''}Answer: ${expected}`;
        expect(extractAnswer(reply, metric, [])).toEqual({ answer: expected, how: 'marker' });
      }),
    );
  });
});
