/**
 * The bytes that every token of a tokenizer stands for, read as the engine's grammar reads them. Bytes are kept as texts of
 * one character (U+0000 to U+00FF) each: tokens may end within a letter.
 */

/** How the tokenizer spells bytes; `token_postproc_method` of the engine. */
export type TokenCoding = 'byte_level' | 'byte_fallback';

export interface Vocabulary {
  bytesOf(token: number): string;
  /** Tokens that one of these texts begins with, in ascending order. */
  beginningsOf(texts: readonly string[]): readonly number[];
}

export function isTokenCoding(value: unknown): value is TokenCoding {
  return value === 'byte_level' || value === 'byte_fallback';
}

/** @param spellings of all tokens, in their order */
export function createVocabulary(spellings: readonly string[], coding: TokenCoding): Vocabulary {
  const bytes = spellings.map(coding === 'byte_level' ? ofByteLevel : ofByteFallback);
  const tokens = new Map<string, number[]>();
  for (const [token, text] of bytes.entries()) {
    const same = tokens.get(text);
    if (same) same.push(token);
    else tokens.set(text, [token]);
  }
  return {
    bytesOf: (token) => bytes[token] ?? '',
    beginningsOf(texts) {
      const beginnings = new Set(texts.flatMap(beginningsOfText));
      return [...beginnings].flatMap((text) => tokens.get(text) ?? []).sort((a, b) => a - b);
    },
  };
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function beginningsOfText(text: string): string[] {
  return Array.from(text, (_, index) => text.slice(0, index + 1));
}

/** GPT-2's alphabet: every byte has a printable stand-in. What holds another character, such as a special token, is itself. */
const byteOfStandIn = new Map(standIns().map((character, byte) => [character, String.fromCharCode(byte)]));

function standIns(): string[] {
  const isPrintable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(isPrintable(byte) ? byte : 256 + others++),
  );
}

function ofByteLevel(spelling: string): string {
  const bytes = Array.from(spelling, (character) => byteOfStandIn.get(character));
  return bytes.includes(undefined) ? utf8(spelling) : bytes.join('');
}

/** SentencePiece: a space is "▁", a byte without a token of its own "<0x0A>". */
function ofByteFallback(spelling: string): string {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(spelling)?.[1];
  return byte ? String.fromCharCode(Number.parseInt(byte, 16)) : utf8(spelling.replaceAll('▁', ' '));
}
