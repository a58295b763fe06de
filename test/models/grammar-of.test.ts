import { describe, expect, it } from 'vitest';
import { isAppError } from '../../src/core/errors.ts';
import { grammarOf } from '../../src/models/grammar-of.ts';

describe('a constraint as a grammar', () => {
  it('offers each choice as a literal', () => {
    expect(grammarOf({ kind: 'choice', choices: ['yes', 'no'] })).toBe('root ::= "yes" | "no"');
  });

  it('escapes what would end or change a literal', () => {
    expect(grammarOf({ kind: 'choice', choices: ['a "b"', 'c\\d', 'e\nf\tg'] })).toBe(
      String.raw`root ::= "a \"b\"" | "c\\d" | "e\nf\tg"`,
    );
  });

  it('ends a literal after a letter of Latin-1 that a hex digit follows, which XGrammar would read as one', () => {
    expect(grammarOf({ kind: 'choice', choices: ['rückgabe', 'für', 'día', 'Übe 日1'] })).toBe(
      'root ::= "rü" "ckgabe" | "für" | "dí" "a" | "Ü" "be 日1"',
    );
  });

  it('limits a line in length and characters', () => {
    expect(grammarOf({ kind: 'line', min: 2, max: 40 })).toBe('root ::= [^\\n\\r`<>]{2,40}');
  });

  it('passes a grammar on as it is', () => {
    expect(grammarOf({ kind: 'grammar', grammar: 'root ::= [a-z]+' })).toBe('root ::= [a-z]+');
  });

  it.each([
    { kind: 'choice', choices: [] },
    { kind: 'choice', choices: ['yes', ''] },
    { kind: 'line', min: 5, max: 4 },
    { kind: 'line', min: 0, max: 0 },
    { kind: 'line', min: 0.5, max: 4 },
  ] as const)('refuses %o', (constraint) => {
    expect(() => grammarOf(constraint)).toThrow(
      expect.toSatisfy((error) => isAppError(error, 'grammar-invalid')),
    );
  });
});
