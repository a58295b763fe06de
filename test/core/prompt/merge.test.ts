import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertAfter, removeSentence, replaceSentence } from '../../../src/core/prompt/edit.ts';
import { mergeEdits } from '../../../src/core/prompt/merge.ts';
import { joinPrompt, splitPrompt } from '../../../src/core/prompt/split.ts';

const ancestor = splitPrompt('Read it. Think first. Answer briefly.');
const merged = (a: typeof ancestor, b: typeof ancestor): string | null => {
  const sentences = mergeEdits(ancestor, a, b);
  return sentences && joinPrompt(sentences);
};
const rewritten = (id: string, text: string) => [...replaceSentence(ancestor, id, text)];

describe('two edits of a prompt', () => {
  it('are one prompt when they touch different sentences', () => {
    expect(merged(rewritten('s1', 'Read twice.'), rewritten('s3', 'Say yes or no.'))).toBe(
      'Read twice. Think first. Say yes or no.',
    );
  });

  it('cannot be merged when both touch the same sentence', () => {
    expect(merged(rewritten('s1', 'Read twice.'), rewritten('s1', 'Skim it.'))).toBeNull();
  });

  it('keep an added sentence beside a new wording, whichever comes first', () => {
    const longer = [...insertAfter(ancestor, 's1', 'Note the numbers.', 's9')];
    const reworded = rewritten('s3', 'Say yes or no.');
    const both = 'Read it. Note the numbers. Think first. Say yes or no.';
    expect(merged(longer, reworded)).toBe(both);
    expect(merged(reworded, longer)).toBe(both);
  });

  it('cannot be merged when one rewrites what the other takes out, or both change which sentences there are', () => {
    const shorter = [...removeSentence(ancestor, 's2')];
    expect(merged(shorter, rewritten('s2', 'Think twice.'))).toBeNull();
    expect(merged(shorter, [...insertAfter(ancestor, 's1', 'Note the numbers.', 's9')])).toBeNull();
  });

  it('need to be edits', () => {
    expect(merged(rewritten('s1', 'Read twice.'), [...ancestor])).toBeNull();
  });

  it('give the same prompt in either order, with every change in it', () => {
    const index = fc.integer({ min: 0, max: ancestor.length - 1 });
    const text = fc.stringMatching(/^[A-Z][a-z]{3,9} [a-z]{3,9}\.$/);
    fc.assert(
      fc.property(index, index, text, text, (i, j, first, second) => {
        const [idA, idB] = [ancestor[i]?.id ?? '', ancestor[j]?.id ?? ''];
        const [a, b] = [rewritten(idA, first), rewritten(idB, second)];
        const both = mergeEdits(ancestor, a, b);
        expect(both).toEqual(mergeEdits(ancestor, b, a));
        const contents = ancestor.map(({ content }, at) => (at === i ? first : at === j ? second : content));
        expect(both?.map(({ content }) => content) ?? null).toEqual(i === j ? null : contents);
      }),
    );
  });
});
