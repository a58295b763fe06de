import { describe, expect, it } from 'vitest';
import { splitPrompt } from '../../src/core/prompt/split.ts';
import { moveSentence } from '../../src/core/prompt/edit.ts';
import { headingText, markerStrength, movesOf } from '../../src/ui/state/run/sentences.ts';

describe('the marker of a sentence', () => {
  it('is middling for an even draw, however many sentences there are', () => {
    expect(markerStrength(1 / 4, 4)).toBeCloseTo(markerStrength(1 / 20, 20));
    expect(markerStrength(1 / 4, 4)).toBeGreaterThan(0.3);
    expect(markerStrength(1 / 4, 4)).toBeLessThan(0.6);
  });

  it('is faint below the even chance, full at twice it, and none where nothing is drawn', () => {
    expect(markerStrength(0.05, 10)).toBeLessThan(0.2);
    expect(markerStrength(0.2, 10)).toBe(1);
    expect(markerStrength(undefined, 10)).toBe(0);
  });
});

describe('a heading', () => {
  it.each(['###Task type###', '## Task type', 'Task type:', '**Task type**'])(
    '%s reads without its markup',
    (text) => {
      const [heading] = splitPrompt(`${text}\nDo it.`);
      expect(heading && headingText(heading)).toBe('Task type');
    },
  );
});

describe('moving a sentence', () => {
  const prompt = splitPrompt('# Task\nCount the items. Name the sum.\n\n# Form\nAnswer with a number.');
  const text = (pieces: typeof prompt) => pieces.map(({ content, suffix }) => content + suffix).join('');
  const idOf = (content: string) => prompt.find((piece) => piece.content === content)?.id ?? '';
  const moved = (content: string, way: 'up' | 'down') => {
    const after = movesOf(prompt, idOf(content))[way];
    return after === undefined ? null : text([...moveSentence(prompt, idOf(content), after)]);
  };

  it('swaps it with its neighbour', () => {
    expect(moved('Name the sum.', 'up')).toMatch(/# Task\s+Name the sum\.\s+Count the items\./);
    expect(moved('Count the items.', 'down')).toMatch(/# Task\s+Name the sum\.\s+Count the items\./);
  });

  it('takes it into the next section, never above the first heading', () => {
    expect(moved('Name the sum.', 'down')).toMatch(/# Form\s+Answer with a number\.\s+Name the sum\./);
    expect(moved('Count the items.', 'up')).toBeNull();
    expect(moved('Answer with a number.', 'down')).toBeNull();
  });
});
