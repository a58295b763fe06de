/**
 * A 128-bit hash of a text (cyrb128 by bryc, public domain): seeds streams and names recorded completions.
 * Not cryptographic: it guards against accidents, not against someone who wants two texts to collide.
 */
export function hash128(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ unit, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ unit, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ unit, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ unit, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  return [(h1 ^ h2 ^ h3 ^ h4) >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0];
}

/** A table is several times faster than `toString(16)`, and a large import hashes every row. */
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexOf(word: number): string {
  const byte = (shift: number): string => hexOfByte[(word >>> shift) & 0xff] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}

/** The first 8 digits of `hashText`: to tell versions of one thing apart, not to name things. */
export function shortHash(text: string): string {
  return hexOf(hash128(text)[0]);
}

/** 32 hexadecimal digits. */
export function hashText(text: string): string {
  const [a, b, c, d] = hash128(text);
  return hexOf(a) + hexOf(b) + hexOf(c) + hexOf(d);
}
