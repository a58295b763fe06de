import { expect, it } from 'vitest';
import type { Metric } from '../../src/core/types.ts';
import { onlyAnswer } from '../../src/ui/state/only-answer.ts';

const exact: Metric = { kind: 'exact' };
const dataset = (targets: readonly string[], metric: Metric = exact) => ({
  metric,
  examples: targets.map((target, index) => ({ id: `${index}`, input: `${index}`, target })),
});

it('is the answer that all examples expect, however it is written', () => {
  expect(onlyAnswer(dataset(['TECH', 'tech ', 'Tech']))).toBe('TECH');
  expect(onlyAnswer(dataset(['TECH', 'TECH', 'OTHER']))).toBeNull();
  expect(onlyAnswer(dataset(['TECH']))).toBeNull();
  expect(onlyAnswer(dataset([]))).toBeNull();
});

it('is none where answers are not compared with it, or where it is a form that all have to meet', () => {
  const same = ['x', 'x', 'x'];
  expect(onlyAnswer(dataset(same, { kind: 'judge', rubric: 'Good?' }))).toBeNull();
  expect(onlyAnswer(dataset(same, { kind: 'regex' }))).toBeNull();
  expect(onlyAnswer(dataset(['', ''], { kind: 'self-consistency', samples: 5, answers: exact }))).toBeNull();
});
