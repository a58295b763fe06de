import { describe, expect, it } from 'vitest';
import { betweenSlashes, expectedObjects, weightsWarning } from '../../src/ui/state/metric-details.ts';

describe('a pattern between slashes', () => {
  it.each([
    ['/TECH/i', 'TECH', true, ''],
    ['/^a\\/b$/', '^a/b$', false, ''],
    [' /x.*y/gims ', 'x.*y', true, 'ms'],
  ])('%j is %j', (typed, pattern, ignoreCase, others) => {
    expect(betweenSlashes(typed)).toEqual({ pattern, ignoreCase, others });
  });

  it.each(['TECH', '/TECH', 'a/b/i', '//', '/x/up', ''])('%j is none', (typed) => {
    expect(betweenSlashes(typed)).toBeNull();
  });
});

describe('a weight for a field that no expected answer has', () => {
  const expected = expectedObjects(['{"a": 1, "b": {"c": null}}', 'text', '{"d.e": 2}']);

  it.each([
    ['a: 1\nb.c: 2\nd.e: 1', null],
    ['', null],
    ['nosuch: 0\na: 1', null],
    ['nosuch: 1\na: 1', 'No expected answer has the field “nosuch”. Its weight does not count.'],
    ['x: 1\nb.x: 2\na: 1', 'No expected answer has the fields “x”, “b.x”. Their weights do not count.'],
    [
      'nosuch: 1',
      'No expected answer has the field “nosuch”. No other field has a weight, so every reply would score 0.',
    ],
  ])('%j: %j', (text, warning) => {
    expect(weightsWarning(text, expected)).toBe(warning);
  });

  it('is not told where there are no objects at all', () => {
    expect(weightsWarning('a: 1', expectedObjects(['text']))).toBeNull();
  });
});
