/** One reply of a batch: which tokens it has, and whether it is over. The rules are the engine's own. */
import { cutReply, settleReply, type ReplyLimits } from '../../core/reply-end.ts';
import type { BatchRuntime } from './batch-runtime.ts';
import type { ChoiceWalk } from './choice-walk.ts';
import { likeliest, likeliestOf, penalize } from './greedy.ts';
import { withoutThoughts } from './reply-text.ts';

export interface RowRequest {
  /** The whole prompt, template and all. */
  readonly prompt: readonly number[];
  /** Tokens the engine puts before the reply, as part of the prompt but of its message too. */
  readonly header: readonly number[];
  /** Tokens of the reply, at most. */
  readonly limit: number;
  readonly stopTokens: readonly number[];
  /** Stop texts are the engine's own too. */
  readonly limits: ReplyLimits;
  /** The way to one of the choices the reply is limited to; null where anything may be written. */
  readonly walk: ChoiceWalk | null;
}

export class BatchRow {
  readonly request: RowRequest;
  readonly ids: number[] = [];
  readonly #appeared = new Map<number, number>();
  #text = '';
  #finish: 'stop' | 'length' | null = null;

  constructor(request: RowRequest) {
    this.request = request;
  }

  get text(): string {
    return this.#text;
  }

  /** Null while the reply goes on. */
  get finish(): 'stop' | 'length' | null {
    return this.#finish;
  }

  /** Takes the likeliest token after the penalties. @param logits are changed */
  take(logits: Float32Array, { penalties, decode }: Pick<BatchRuntime, 'penalties' | 'decode'>): void {
    const { header, stopTokens, walk } = this.request;
    penalize(logits, this.#appeared, penalties);
    const token = walk ? likeliestOf(logits, walk.allowed(stopTokens)) : likeliest(logits);
    if (stopTokens.includes(token)) {
      this.#finish = 'stop';
      return;
    }
    this.ids.push(token);
    walk?.take(token);
    this.#appeared.set(token, (this.#appeared.get(token) ?? 0) + 1);
    this.#endWith(withoutThoughts(decode([...header, ...this.ids])));
  }

  #endWith(written: string): void {
    const { limit, limits } = this.request;
    const byStop = cutReply(written, { stop: limits.stop });
    const { text, isOver } = settleReply(byStop.text, limits);
    this.#text = text;
    if (byStop.isOver || isOver) this.#finish = 'stop';
    // Also after a stop text, as in the engine: a reply must not depend on how it was decoded.
    if (!isOver && this.ids.length >= limit) this.#finish = 'length';
  }
}
