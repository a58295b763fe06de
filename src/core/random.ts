/**
 * The one source of randomness of a run: sfc32 (PractRand's small fast counter generator), seeded from a text
 * so that every purpose can have its own independent stream (`fork`). Same seed, same numbers, on every machine.
 */
import { sum } from './arithmetic.ts';
import { hash128 } from './hash.ts';

export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform integer in [0, bound); `bound` ≥ 1. */
  below(bound: number): number;
  /** One item. @throws RangeError when there is none */
  pick<T>(items: readonly T[]): T;
  /** Up to `count` distinct items in random order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** Index drawn in proportion to non-negative weights. @throws RangeError when all are 0 */
  weighted(weights: readonly number[]): number;
  /** An independent stream that depends on this stream's seed and the label only, not on what was drawn. */
  fork(label: string): Random;
}

function sfc32(seed: string): () => number {
  let [a, b, c, d] = hash128(seed);
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
}

function shuffleWith<T>(items: readonly T[], below: (bound: number) => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = below(i + 1);
    const swapped = copy[i] as T;
    copy[i] = copy[j] as T;
    copy[j] = swapped;
  }
  return copy;
}

function weightedIndex(weights: readonly number[], uniform: number): number {
  const total = sum(weights);
  if (!(total > 0)) throw new RangeError('Expected at least one weight above 0.');
  let left = uniform * total;
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0 && weight > 0) return index;
  }
  return weights.findLastIndex((weight) => weight > 0); // rounding left a sliver behind the last one
}

export function createRandom(seed: number | string): Random {
  const next = sfc32(String(seed));
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('Expected at least one item to pick from.');
      return items[below(items.length)] as T;
    },
    sample: (items, count) => shuffleWith(items, below).slice(0, count),
    shuffle: (items) => shuffleWith(items, below),
    weighted: (weights) => weightedIndex(weights, next()),
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
