import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPrompt, splitPrompt } from '../../../src/core/prompt/split.ts';
import { splitInto } from '../../../src/core/prompt/units.ts';
import { anyText, promptText } from './arbitrary-prompt.ts';

const contents = (text: string, unit: 'word' | 'phrase'): string[] =>
  splitInto(text, unit).map(({ content }) => content);

describe.each(['word', 'phrase', 'sentence'] as const)('splitting into pieces: %s', (unit) => {
  it('loses nothing, whatever the text', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(anyText, promptText), (text) => {
        expect(joinPrompt(splitInto(text, unit))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('numbers the pieces by position and leaves none empty', () => {
    fc.assert(
      fc.property(promptText, (text) => {
        const pieces = splitInto(text, unit);
        expect(pieces.map(({ id }) => id)).toEqual(pieces.map((_, index) => `s${index + 1}`));
        expect(pieces.filter(({ content }) => content === '')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves headings, code and what must stay as they are', () => {
    const text = '###Task, type###\nCount, then add.\n\n```\na, b\n```\nInput: {{input}}';
    const whole = splitPrompt(text).filter(({ optimizable }) => !optimizable);
    const pieces = splitInto(text, unit).map(({ content }) => content);
    expect(whole.length).toBeGreaterThan(1);
    for (const { content } of whole) expect(pieces).toContain(content);
  });
});

describe('phrases', () => {
  it('end at the punctuation of a clause', () => {
    expect(contents('Read it, then count; answer: a number.', 'phrase')).toEqual([
      'Read it,',
      'then count;',
      'answer:',
      'a number.',
    ]);
  });

  it('do not end within numbers, code or placeholders', () => {
    const text = 'Take 1,000 at 10:30 from `a, b` and {{first, second}}.';
    expect(contents(text, 'phrase')).toEqual([text]);
  });
});

describe('words', () => {
  it('leave the punctuation between them where it is', () => {
    const pieces = splitInto('Count all, then "add" them.', 'word');
    expect(pieces.map(({ content }) => content)).toEqual(['Count', 'all', 'then', 'add', 'them']);
    expect(pieces.map(({ suffix }) => suffix)).toEqual([' ', ', ', ' "', '" ', '.']);
  });

  it('that are placeholders or code are never rewritten', () => {
    const fixed = splitInto('Answer {{question}} with `x y` now.', 'word').filter(
      (piece) => !piece.optimizable,
    );
    expect(fixed.map(({ content }) => content)).toEqual(['{{question}}', '`x y`']);
  });
});
