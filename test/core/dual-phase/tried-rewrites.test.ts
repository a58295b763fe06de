import { describe, expect, it } from 'vitest';
import { TriedRewrites } from '../../../src/core/dual-phase/tried-rewrites.ts';

function noted(...texts: readonly string[]): string[] {
  const tried = new TriedRewrites();
  for (const text of texts) tried.note('s1', text);
  return tried.of('s1').map(({ text }) => text);
}

describe('what was tried', () => {
  it('is one entry for what differs in case, punctuation, width and spacing only, the latest', () => {
    expect(noted('dont stop now ok', '  Don’t  STOP,\n"now" – ＯＫ! ')).toEqual([
      '  Don’t  STOP,\n"now" – ＯＫ! ',
    ]);
  });

  it('is two entries for what tells two sums apart', () => {
    expect(noted('1 + 2 < 4', '1 = 2 > 4')).toHaveLength(2);
  });

  it('is kept by sentence, with what it solved once that is known', () => {
    const tried = new TriedRewrites();
    tried.note('s1', 'Count them.');
    tried.note('s2', 'Count them.');
    tried.note('s1', 'Count them.', 0.5);
    expect(tried.of('s1')).toEqual([{ text: 'Count them.', solved: 0.5 }]);
    expect(tried.of('s2')).toEqual([{ text: 'Count them.', solved: null }]);
    expect(tried.of('s3')).toEqual([]);
  });
});
