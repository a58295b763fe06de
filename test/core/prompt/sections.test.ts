import { describe, expect, it } from 'vitest';
import { hasFiveParts, promptParts, sectionsOf } from '../../../src/core/prompt/sections.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';

const fiveParts = promptParts.map(({ heading }) => `${heading}\nSay something.`);

describe('the sections of a prompt', () => {
  it('hold the pieces below each heading, and first those before any', () => {
    const sections = sectionsOf(splitPrompt('\nFirst. Then.\n\n# A\nOne.\n# B\n'));
    const shown = sections.map(({ heading, sentences }) => [
      heading?.content ?? null,
      sentences.map(({ content }) => content),
    ]);
    expect(shown).toEqual([
      [null, ['First.', 'Then.']],
      ['# A', ['One.']],
      ['# B', []],
    ]);
  });
});

describe('the five parts', () => {
  it('are found in the skeleton, and in a model’s own words for it', () => {
    expect(hasFiveParts(splitPrompt(fiveParts.join('\n\n')))).toBe(true);
    const own = [
      'Type of task',
      'Detailed description',
      'Output constraints',
      'Steps to follow',
      'Professional tips',
    ];
    expect(hasFiveParts(splitPrompt(own.map((name) => `## ${name}\nSay.`).join('\n')))).toBe(true);
  });

  it('are not there when one is missing, empty or out of order', () => {
    expect(hasFiveParts(splitPrompt(fiveParts.slice(1).join('\n')))).toBe(false);
    expect(hasFiveParts(splitPrompt([...fiveParts.slice(0, 4), '###Tips###'].join('\n')))).toBe(false);
    expect(hasFiveParts(splitPrompt(fiveParts.toReversed().join('\n')))).toBe(false);
    expect(hasFiveParts(splitPrompt('Just do it.'))).toBe(false);
  });
});
