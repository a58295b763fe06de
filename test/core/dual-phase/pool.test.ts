import { describe, expect, it } from 'vitest';
import { Pool, type Member } from '../../../src/core/dual-phase/pool.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { Outcome } from '../../../src/core/types.ts';

/** @param bits one per validation example, "1" for a right answer */
function member(id: string, bits: string): Member {
  const outcomes = Array.from(bits, (bit, index): Outcome => {
    const correct = bit === '1';
    const reason = correct ? 'correct' : 'wrong';
    return { exampleId: `v${index}`, score: Number(bit), correct, reason, extracted: null, output: '' };
  });
  const right = outcomes.filter(({ correct }) => correct).length;
  return {
    candidate: { id, parentId: null, sentences: splitPrompt(id), origin: { operation: 'rewrite' } },
    validation: {
      candidateId: id,
      split: 'validation',
      outcomes,
      planned: bits.length,
      accuracy: right / bits.length,
    },
    train: null,
  };
}

function poolOf(size: number, ...members: readonly Member[]): Pool {
  const pool = new Pool(size);
  for (const one of members) pool.add(one);
  return pool;
}

const idsOf = (pool: Pool): string[] => pool.members.map(({ candidate }) => candidate.id).sort();

/** What is picked in 200 draws. */
function picked(pool: Pool): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let seed = 0; seed < 200; seed += 1) {
    const id = pool.pick(createRandom(seed))?.candidate.id ?? 'none';
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

describe('the pool of prompts', () => {
  it('of one holds the newest, whatever it scored', () => {
    expect(idsOf(poolOf(1, member('a', '111'), member('b', '000')))).toEqual(['b']);
  });

  it('drops the least accurate when there are too many, and never the new one', () => {
    const pool = poolOf(2, member('a', '111'), member('b', '100'), member('c', '000'));
    expect(idsOf(pool)).toEqual(['a', 'c']);
    expect(pool.best?.candidate.id).toBe('a');
  });

  it('draws a parent by the examples it is best on, and a dominated one never', () => {
    // a is alone best on v0 to v2, b on v3; c is right where a is right too, and less often.
    const counts = picked(poolOf(3, member('a', '1110'), member('b', '0001'), member('c', '1000')));
    expect(counts['c']).toBeUndefined();
    expect(counts['b']).toBeGreaterThan(20); // a quarter of the draws
    expect(counts['a']).toBeGreaterThan(counts['b'] ?? 0);
  });

  it('leaves out what a step worked on in vain, and ends when that is all', () => {
    const [a, b] = [member('a', '10'), member('b', '01')];
    const pool = poolOf(2, a, b);
    pool.exhaust(a.candidate);
    expect(picked(pool)).toEqual({ b: 200 });
    pool.exhaust(b.candidate);
    expect(pool.isExhausted).toBe(true);
    expect(pool.pick(createRandom(1))).toBeNull();
  });
});
