/** The token that the engine would choose at temperature 0. */
import type { Penalties } from './batch-runtime.ts';

/**
 * As MLC's kernel `apply_penalty_inplace` does it: only on tokens that the reply already has.
 * @param appeared how often, by token
 */
export function penalize(
  logits: Float32Array,
  appeared: ReadonlyMap<number, number>,
  { presence, frequency, repetition }: Penalties,
): void {
  for (const [token, count] of appeared) {
    const lowered = (logits[token] ?? 0) - presence - count * frequency;
    logits[token] = lowered < 0 ? lowered * repetition : lowered / repetition;
  }
}

/** The first of the highest. */
export function likeliest(logits: Float32Array): number {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < logits.length; token++) {
    const value = logits[token] ?? highest;
    if (value > highest) {
      highest = value;
      best = token;
    }
  }
  return best;
}

/** The first of the highest among some. @param tokens - in ascending order, at least one */
export function likeliestOf(logits: Float32Array, tokens: readonly number[]): number {
  const logit = (token: number): number => logits[token] ?? Number.NEGATIVE_INFINITY;
  return tokens.reduce((best, token) => (logit(token) > logit(best) ? token : best));
}
