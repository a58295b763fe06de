import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, shortHash } from '../../src/core/hash.ts';

describe('the short hash of a text', () => {
  it('is the beginning of the long one, so that ids of earlier imports stay', () => {
    fc.assert(fc.property(fc.string(), (text) => hashText(text).startsWith(shortHash(text))));
    expect(shortHash('')).toHaveLength(8);
  });
});
