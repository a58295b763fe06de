/** How fast a model reads and writes, from what its replies cost. */
import { sum } from './arithmetic.ts';
import type { Usage } from './language-model.ts';

/** What a token takes. */
interface Pace {
  /** Milliseconds for a prompt token that was not in the KV cache. */
  readonly prefillMs: number;
  /** Milliseconds per token of a reply. */
  readonly decodeMs: number;
  /**
   * Milliseconds that pass per millisecond the engine says it worked: 1 and a little, a fraction where several
   * requests are under way at once; far from it on the simulated model.
   */
  readonly wallShare: number;
}

/** Measured on one machine. */
export interface Speed extends Pace {
  /** Tokens of a reply, on average. */
  readonly replyTokens: number;
  /** Requests that were under way at once. */
  readonly inFlight: number;
  /** Of a request alone, where the others were measured together. */
  readonly alone?: Pace;
}

const rate = (ms: number, tokens: number): number => (tokens > 0 ? ms / tokens : 0);

/**
 * @param usages - what the replies cost, at least one
 * @param wallMs - milliseconds that passed from the first request to the last reply
 */
export function speedOf(usages: readonly Usage[], wallMs: number): Pace & Pick<Speed, 'replyTokens'> {
  const total = (figure: (usage: Usage) => number): number => sum(usages.map(figure));
  const written = total(({ completionTokens }) => completionTokens);
  const timed = total((usage) => (usage.decodeMs > 0 ? usage.completionTokens : 0));
  const prefillMs = total((usage) => usage.prefillMs);
  const decodeMs = total((usage) => usage.decodeMs);
  return {
    prefillMs: rate(
      prefillMs,
      total(({ promptTokens, cachedTokens }) => promptTokens - cachedTokens),
    ),
    decodeMs: rate(decodeMs, timed),
    replyTokens: written / usages.length,
    wallShare: prefillMs + decodeMs > 0 ? wallMs / (prefillMs + decodeMs) : 1,
  };
}
