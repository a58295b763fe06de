/**
 * The port through which every optimizer reaches a model. Adapters live in `src/models`.
 *
 * Contract, checked by `test/models/conformance`:
 * - `complete` settles for every request: with a completion, or by throwing an `AppError`. It never returns
 *   half a reply as if it were whole: `finishReason` says how it ended.
 * - At most `concurrency` requests may be under way; an adapter queues what exceeds it.
 * - Cancelling rejects with the code `cancelled`; the model stays usable.
 * - With `temperature: 0` the same request gives the same text while the same model stays loaded.
 * - The request is not mutated.
 */
import type { CancelToken } from './cancel.ts';

export interface CompletionRequest {
  /** `answer`: the task model solves an example. `propose`: the optimizer model writes or judges text. */
  readonly purpose: 'answer' | 'propose';
  /** Shared by many requests (the instruction): engines keep its KV cache. May be empty. */
  readonly system: string;
  /** The user's turn. What requests share comes first, what differs (the example) last. */
  readonly prompt: string;
  /** Tokens of the reply, at most; at least 1. */
  readonly maxTokens: number;
  /** 0 means greedy. */
  readonly temperature: number;
  /** Used when temperature > 0; part of the request's identity always. */
  readonly seed: number;
  /** Generation ends before the first of these; they are not part of the text. */
  readonly stop?: readonly string[];
  /**
   * `answer-line`: the reply is over with the first whole line "Answer: …". An engine may end it there; cut it is in
   * every case, so that ending early changes nothing.
   */
  readonly until?: 'answer-line';
  /** What the reply is limited to, where the engine can; see `Capabilities.constraints`. */
  readonly constraint?: Constraint;
}

export type Constraint =
  /** Exactly one of these texts. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** One line of `min` to `max` characters without newline, backtick and angle brackets. */
  | { readonly kind: 'line'; readonly min: number; readonly max: number }
  /** A grammar with the rule `root`, in the common part of EBNF (XGrammar) and GBNF (llama.cpp). */
  | { readonly kind: 'grammar'; readonly grammar: string };

export interface Completion {
  readonly text: string;
  /** `length`: cut at `maxTokens` or at the context window. */
  readonly finishReason: 'stop' | 'length';
  readonly usage: Usage;
}

/** What one completion cost. An engine that cannot tell a figure estimates it and says so in its capabilities. */
export interface Usage {
  /** All tokens of the prompt, cached ones included. */
  readonly promptTokens: number;
  /** Prompt tokens that were found in the KV cache and not prefilled again. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly prefillMs: number;
  /** 0 where it is not known, as for a single token that came with the prompt. */
  readonly decodeMs: number;
}

export interface Capabilities {
  /** True where the reply can be limited to a `Constraint`; otherwise the field is ignored. */
  readonly constraints: boolean;
  /** False when `usage` holds estimates. */
  readonly exactUsage: boolean;
}

/** Who answers: part of every completion's identity, so that no recorded reply is used for another model. */
export interface ModelIdentity {
  readonly engine: 'webllm' | 'wllama' | 'prompt-api' | 'endpoint' | 'simulated' | 'scripted';
  /** Model id within the engine, with what changes its replies (quantization, library, version). */
  readonly model: string;
}

export interface LanguageModel {
  readonly identity: ModelIdentity;
  /** Requests that may be under way at once; at least 1. */
  readonly concurrency: number;
  /** Tokens, prompt and reply together. */
  readonly contextWindow: number;
  readonly capabilities: Capabilities;
  complete(request: CompletionRequest, cancel?: CancelToken): Promise<Completion>;
  /** Tokens of a text; exact where the engine can, otherwise an estimate that is not too low. */
  countTokens(text: string): Promise<number>;
}
