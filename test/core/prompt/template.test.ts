import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeholdersOf, renderPrompt, replacePlaceholders } from '../../../src/core/prompt/template.ts';

const example = { input: 'IN {{city}}', fields: { city: 'Rome', day: 'Monday' } };

describe('rendering a prompt', { timeout: 60_000 }, () => {
  it.each<[string, string, string]>([
    ['Solve it.', 'Solve it.', 'IN {{city}}'],
    ['Solve it.\n\nInput: {{input}}\nOutput:', 'Solve it.\n\n', 'Input: IN {{city}}\nOutput:'],
    ['Solve {{input}} now.', '', 'Solve IN {{city}} now.'],
    ['\n\n{{input}}', '', '\n\nIN {{city}}'],
    ['Go to {{ city }} on {day}.', '', 'Go to Rome on Monday.'],
    ['A.\nB {{city}}.\n{{city}}', 'A.\n', 'B Rome.\nRome'],
    [
      '{{unknown}} and {unknown} and { city } and {"city": 1}',
      '{{unknown}} and {unknown} and { city } and {"city": 1}',
      'IN {{city}}',
    ],
    ['Write \\{{input}} and \\{city}.', 'Write {{input}} and {city}.', 'IN {{city}}'],
    ['{{{city}}}', '', '{Rome}'],
    ['{{constructor}} {toString}', '{{constructor}} {toString}', 'IN {{city}}'],
  ])('%j', (text, system, prompt) => {
    expect(renderPrompt(text, example)).toEqual({ system, prompt });
  });

  it('puts the same text first for every example, and all of it to the letter', () => {
    const shared = fc
      .array(fc.constantFrom('Do it. ', '\n', '\r\n', 'x', '{', '}}', '$&'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(shared, fc.string(), fc.string(), shared, (before, one, other, after) => {
        const [first, second] = [one, other].map((input) =>
          renderPrompt(`${before} {{input}} ${after}`, { input }),
        );
        expect(first?.system).toBe(second?.system);
        expect(`${first?.system}${first?.prompt}`).toBe(`${before} ${one} ${after}`);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the placeholders of a text', () => {
  it('are named once each, in order', () => {
    expect(placeholdersOf('{{b}} {{ a }} {{b}} {input} {c} {d}', ['c'])).toEqual(['b', 'a', 'input', 'c']);
    expect(placeholdersOf('\\{{a}} {{}} {x} {"input"}')).toEqual([]);
  });
});

describe('replacing a placeholder', () => {
  const text = 'A {{ custmer }} and {{custmer}}, \\{{custmer}}, {custmer}, {{other}}.';

  it('takes every unescaped one of that name', () => {
    expect(replacePlaceholders(text, 'custmer', () => '{{customer}}')).toBe(
      'A {{customer}} and {{customer}}, \\{{custmer}}, {custmer}, {{other}}.',
    );
  });

  it('makes text of it with a backslash, which is sent without', () => {
    const escaped = replacePlaceholders(text, 'custmer', (literal) => `\\${literal}`);
    expect(placeholdersOf(escaped)).toEqual(['other']);
    expect(renderPrompt(escaped, { input: 'IN' }).system).toBe(
      'A {{ custmer }} and {{custmer}}, {{custmer}}, {custmer}, {{other}}.',
    );
  });
});
