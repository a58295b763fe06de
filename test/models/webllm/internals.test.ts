import { describe, expect, it } from 'vitest';
import { vocabularyOf } from '../../../src/models/webllm/internals.ts';

/** Every byte is a token, spelled as SentencePiece does it, a space as "▁". */
const spellings = Array.from({ length: 256 }, (_, byte) =>
  byte === 32 ? '▁' : `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
);

function pipeline(change: object = {}, coding = 'byte_fallback') {
  const tokenizer = {
    getVocabSize: () => spellings.length,
    idToToken: (token: number) => spellings[token],
    encode: (text: string) => Int32Array.from(new TextEncoder().encode(text)),
    ...change,
  };
  return { tokenizer, token_postproc_method: coding };
}

function fails(): never {
  throw new Error('deleted object');
}

describe('the vocabulary of a loaded model', () => {
  it('is read from its tokenizer', () => {
    expect(vocabularyOf(pipeline())?.beginningsOf([' a'])).toEqual([32]);
  });

  it('is believed where the tokenizer puts a space before every text', () => {
    const encode = (text: string) => Int32Array.from(new TextEncoder().encode(` ${text}`));
    expect(vocabularyOf(pipeline({ encode }))).not.toBeNull();
  });

  it.each([
    ['the spelling of bytes is not known', pipeline({}, 'raw')],
    ['a text is not what its tokens spell', pipeline({ encode: () => Int32Array.of(65) })],
    ['the tokens cannot be asked for', pipeline({ idToToken: undefined })],
    ['the tokenizer fails', pipeline({ getVocabSize: fails })],
    ['there is no tokenizer', {}],
  ])('is none where %s', (_, broken) => {
    expect(vocabularyOf(broken)).toBeNull();
  });
});
