import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff, type Change } from '../../src/ui/state/text-diff.ts';

const textOf = (changes: readonly Change[], without: Change['kind']) =>
  changes
    .filter((change) => change.kind !== without)
    .map((change) => change.text)
    .join('');

const words = fc.array(
  fc.constantFrom('count', 'every', 'item', ' ', '  ', '\n', 'é', '🙂', '日本', '.', 'a'),
);

describe('the word diff', () => {
  it('gives back both texts to the letter', () => {
    const text = words.map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = wordDiff(before, after);
        expect(textOf(changes, 'added')).toBe(before);
        expect(textOf(changes, 'removed')).toBe(after);
      }),
    );
  });

  it('joins changed words that follow each other', () => {
    expect(wordDiff('Answer with one word now.', 'Answer in two lines now.')).toEqual([
      { kind: 'same', text: 'Answer ' },
      { kind: 'removed', text: 'with one word' },
      { kind: 'added', text: 'in two lines' },
      { kind: 'same', text: ' now.' },
    ]);
  });

  it('shows two texts that have little in common whole', () => {
    expect(
      wordDiff('Think hard.', 'Write the date as day, month, year.').map((change) => change.kind),
    ).toEqual(['removed', 'added']);
  });
});
