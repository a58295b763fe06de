import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../src/core/evaluate/linear-regex/pattern.ts';

const atom = fc.constantFrom(
  'a',
  'b',
  'c',
  '.',
  '\\d',
  '\\w',
  '[ab]',
  '[^a]',
  '\\b',
  '\\B',
  '^',
  '$',
  '\\p{L}',
  '\\.',
);
const repeatable = fc.constantFrom('a', 'b', '.', '\\d', '[ab]', '[^a]', '\\p{Lu}');
const sign = fc.constantFrom('', '*', '+', '?', '*?', '+?', '{2}', '{1,}', '{0,2}', '{1,3}?');
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc
    .array(
      fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((ways) => ways.join('|')),
  piece: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc.tuple(repeatable, sign).map((parts) => parts.join('')),
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?<n>'), tie('pattern'), fc.constant(')'), sign)
      .map((parts) => parts.join('')),
  ),
}));

function native(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null; // a name given twice
  }
}

describe('a pattern in linear time', () => {
  it('finds what JavaScript’s own expressions find', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'A', '1', ' ', '.', '\n'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(pattern, texts, fc.boolean(), (source, text, ignoreCase) => {
        const expected = native(source, ignoreCase ? 'iu' : 'u');
        fc.pre(expected !== null);
        expect(compilePattern(source, ignoreCase).test(text)).toBe(expected.test(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['^\\s*(?<sign>[-+])?\\d{1,3}(,\\d{3})*(\\.\\d+)?$', '-1,234.5', true],
    ['colou?r', 'the COLOR', false],
    ['\\u{1F600}|\\x41\\cJ', 'A\n', true],
    ['[\\]\\-x]+', ']-', true],
    ['', '', true],
    ['^a.b$', 'a😀b', true],
  ])('%j on %j: %j', (source, text, found) => {
    expect(compilePattern(source, false).test(text)).toBe(found);
  });

  it.each(['(a+)+b', '(a|a)*b', '(a|aa)+$', '(.*)*x', 'a*a*a*a*a*a*b', '(?:a{0,20}){0,20}c'])(
    'is not held up by %s',
    (source) => {
      expect(compilePattern(source, false).test(`${'a'.repeat(3000)}!`)).toBe(false);
    },
  );

  it.each([
    ['(', 'cannot be used'],
    ['a{2,1}', 'cannot be used'],
    ['(?=a)b', 'looks ahead or behind'],
    ['(?<!a)b', 'looks ahead or behind'],
    ['(a)\\1', 'refers back'],
    ['(?<n>a)\\k<n>', 'refers back'],
    ['(a{1000}){1000}', 'too long'],
    [`${'('.repeat(200)}a${')'.repeat(200)}`, 'within each other'],
  ])('%s is refused: %s', (source, words) => {
    expect(() => compilePattern(source, false)).toThrow(words);
  });
});
