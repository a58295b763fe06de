import { describe, expect, it } from 'vitest';
import { normalizeText, tokenJaccard } from '../../../src/core/prompt/normalize.ts';

describe('comparing texts', () => {
  it('ignores case, punctuation, width and spacing', () => {
    expect(normalizeText('  Don’t  STOP,\n"now" – ＯＫ! ')).toBe('dont stop now ok');
    expect(normalizeText('?!')).toBe('');
  });

  it('keeps what tells two sums apart', () => {
    expect(normalizeText('1 + 2 < 4')).not.toBe(normalizeText('1 = 2 > 4'));
  });

  it('counts shared words', () => {
    expect(tokenJaccard('Sort the words.', 'sort THE words')).toBe(1);
    expect(tokenJaccard('a b c', 'b c d')).toBe(0.5);
    expect(tokenJaccard('a', 'b')).toBe(0);
    expect(tokenJaccard('', '…')).toBe(1);
    expect(tokenJaccard('你好吗', '你好呢')).toBe(0.5);
  });
});
