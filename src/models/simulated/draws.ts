/** Chance without state: the same key gives the same number, whatever was asked before. */
import { hash128 } from '../../core/hash.ts';

/** Uniform in [0, 1) for a key made of parts. */
export function drawOf(...parts: readonly (string | number)[]): number {
  return hash128(parts.join('\u0000'))[0] / 4294967296;
}

/** The item that belongs to a key. @throws RangeError when there is none */
export function pickOf<T>(items: readonly T[], ...parts: readonly (string | number)[]): T {
  const item = items[Math.floor(drawOf(...parts) * items.length)];
  if (item === undefined) throw new RangeError('Expected at least one item to pick from.');
  return item;
}
