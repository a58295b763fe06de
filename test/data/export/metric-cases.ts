/** Metrics with a right and a wrong answer, and the ways in which a reply says one. */
import type { Metric } from '../../../src/core/types.ts';

export const replies = (answer: string): string[] => [
  `Answer: ${answer}`,
  `Let me think.\nStep 1.\n\nAnswer: ${answer}.`,
  `**Answer:** ${answer}`,
  `The answer is ${answer}.`,
  `<think>Answer: nonsense</think>\nAnswer: ${answer}`,
  answer,
];

export const cases: readonly (readonly [Metric, readonly string[], string, string])[] = [
  [{ kind: 'exact' }, [], 'Paris', 'London'],
  [{ kind: 'exact', ignoreCase: true }, [], 'Paris', 'London'],
  [{ kind: 'multiple-choice' }, [], '(B)', '(C)'],
  [{ kind: 'multiple-choice' }, [], 'B', 'C'],
  [{ kind: 'yes-no', labels: ['Yes', 'No'] }, ['Yes', 'No'], 'No', 'Yes'],
  [{ kind: 'label' }, ['positive', 'very negative'], 'very negative', 'positive'],
  [{ kind: 'number' }, [], '1,234', '1,235'],
  [{ kind: 'number', tolerance: 0.5 }, [], '12', '13'],
  [{ kind: 'list', ordered: true }, [], 'Apple, pear, fig', 'pear, apple, fig'],
  [{ kind: 'list', ordered: true }, [], 'apple pear fig', 'pear apple fig'],
  [{ kind: 'list', ordered: false }, [], 'a, b', 'c, d'],
  [{ kind: 'list', ordered: true, brackets: true }, [], '] ) >', '] )'],
  [{ kind: 'contains' }, [], 'blue whale', 'green whale'],
  [{ kind: 'contains', ignoreCase: true }, [], 'Blue whale', 'green whale'],
  [{ kind: 'contains', all: true }, [], 'blue whale', 'green whale'],
  [{ kind: 'starts-with' }, [], 'Blue whale', 'Green whale'],
  [{ kind: 'starts-with', ignoreCase: true }, [], 'Blue whale', 'Green whale'],
  [{ kind: 'regex' }, [], '[bB]lue.*e', 'green whale'],
  [{ kind: 'regex', ignoreCase: true }, [], 'blue\\s+whale', 'green whale'],
  [{ kind: 'regex', pattern: 'wh{{target}}\\b' }, [], 'ale', 'al'],
  [{ kind: 'token-f1', solvedFrom: 0.6 }, [], 'the blue whale', 'green whales'],
  [{ kind: 'token-f1' }, [], 'blue whale', 'whale'],
  [{ kind: 'rouge-l', solvedFrom: 0.5 }, [], 'the blue whale swims far away', 'away'],
  [{ kind: 'levenshtein', solvedFrom: 0.9 }, [], 'a blue whale', 'a green whale'],
  [{ kind: 'levenshtein', ignoreCase: true }, [], 'Blue Whale', 'Blue'],
  [{ kind: 'json' }, [], '{"a": 1, "b": {"c": [1, "x"]}}', '{"a": 1, "b": {"c": [1, "y"]}}'],
  [{ kind: 'json', weights: { 'b.c': 2, a: 1 }, solvedFrom: 0.6 }, [], '{"a": 1, "b": {"c": 3}}', '{"a": 1}'],
];
