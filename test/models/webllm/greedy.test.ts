import { describe, expect, it } from 'vitest';
import { likeliest, penalize } from '../../../src/models/webllm/greedy.ts';

describe('the greedy token', () => {
  it('is the first of the highest', () => {
    expect(likeliest(Float32Array.of(-3, 2, 5, 5))).toBe(2);
  });

  it('is found where all logits are low, and where some are impossible', () => {
    expect(likeliest(Float32Array.of(-9, -8, -10))).toBe(1);
    expect(likeliest(Float32Array.of(Number.NEGATIVE_INFINITY, -8))).toBe(1);
  });

  it('is chosen after the penalties on what the reply already has', () => {
    const logits = Float32Array.of(4, 3, -1, 2);
    penalize(
      logits,
      new Map([
        [0, 2],
        [2, 1],
      ]),
      { presence: 0.5, frequency: 0.25, repetition: 2 },
    );
    // (4 - 0.5 - 2 × 0.25) / 2, untouched, (-1 - 0.5 - 0.25) × 2, untouched
    expect([...logits]).toEqual([1.5, 3, -3.5, 2]);
    expect(likeliest(logits)).toBe(1);
  });
});
