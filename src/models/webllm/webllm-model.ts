/** WebLLM's chat engine behind the port. One request at a time: the engine has one KV cache. */
import type { ChatCompletionChunk, ChatCompletionRequestStreaming } from '@mlc-ai/web-llm';
import type { CancelToken } from '../../core/cancel.ts';
import { neverCancelled } from '../../core/cancel.ts';
import { AppError } from '../../core/errors.ts';
import type {
  Completion,
  CompletionRequest,
  LanguageModel,
  ModelIdentity,
  Usage,
} from '../../core/language-model.ts';
import { settleReply } from '../../core/reply-end.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import { chatRequest } from './chat-request.ts';
import { fromWebLlm } from './errors.ts';
import type { TokenCounter } from './internals.ts';
import { emptyThoughts, withoutThoughts } from './reply-text.ts';

/** The part of `MLCEngine` that is used. */
export interface ChatEngine {
  readonly chat: {
    readonly completions: {
      create(request: ChatCompletionRequestStreaming): Promise<AsyncIterable<ChatCompletionChunk>>;
    };
  };
  getMessage(): Promise<string>;
  interruptGenerate(): Promise<void>;
}

export interface WebLlmModelOptions {
  readonly identity: ModelIdentity;
  readonly contextWindow: number;
  /** The model thinks before it answers unless told not to. */
  readonly thinks: boolean;
  readonly countTokens: TokenCounter;
  /** Tokens of the last prompt that were in the KV cache already. */
  readonly cachedTokens: () => number;
  /** Rejects when the GPU device is lost, after which the engine never settles some of its calls. */
  readonly lost: Promise<never>;
}

/** The chat template's own tokens around system and user text, at most. */
const templateTokens = 32;
/** A prompt that leaves less room than this for the reply is refused. */
export const leastRoom = 32;

export class WebLlmModel implements LanguageModel {
  readonly identity: ModelIdentity;
  readonly concurrency = 1;
  readonly contextWindow: number;
  readonly capabilities: LanguageModel['capabilities'];
  readonly #engine: ChatEngine;
  readonly #options: WebLlmModelOptions;
  /** Settles, never rejects, when the last request that was taken on is through. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(engine: ChatEngine, options: WebLlmModelOptions) {
    this.#engine = engine;
    this.#options = options;
    this.identity = options.identity;
    this.contextWindow = options.contextWindow;
    this.capabilities = { constraints: true, exactUsage: true };
  }

  complete(request: CompletionRequest, cancel: CancelToken = neverCancelled): Promise<Completion> {
    // The loss first: an engine that lost its device fails with words that mislead.
    const reply = this.#last.then(() => Promise.race([this.#options.lost, this.#answer(request, cancel)]));
    this.#last = reply.catch(() => undefined);
    return reply;
  }

  countTokens(text: string): Promise<number> {
    return Promise.resolve(this.#count(text));
  }

  async #answer(request: CompletionRequest, cancel: CancelToken): Promise<Completion> {
    cancel.throwIfCancelled();
    this.#requireRoom(request);
    const interrupt = (): void => void this.#engine.interruptGenerate();
    const unsubscribe = cancel.onCancel(interrupt);
    try {
      return await this.#generate(request, cancel, interrupt);
    } catch (thrown) {
      cancel.throwIfCancelled();
      throw fromWebLlm(thrown);
    } finally {
      unsubscribe();
    }
  }

  async #generate(
    request: CompletionRequest,
    cancel: CancelToken,
    interrupt: () => void,
  ): Promise<Completion> {
    let finishReason: string | null = null;
    let usage: Usage | null = null;
    let written = '';
    // Always a stream: 0.2.79 forgets an interrupt only when a streaming request begins. It is read to its end
    // even after an interrupt, for there the engine gives its lock back.
    for await (const chunk of await this.#engine.chat.completions.create(this.#chatRequest(request))) {
      finishReason = chunk.choices[0]?.finish_reason ?? finishReason;
      if (chunk.usage) usage = usageOf(chunk.usage, this.#options.cachedTokens());
      written += chunk.choices[0]?.delta.content ?? '';
      // The engine clears the signal when it begins: one that came just before would be lost.
      if (cancel.isCancelled || isSettled(written, request)) interrupt();
    }
    cancel.throwIfCancelled();
    if (finishReason === 'abort' && isSettled(written, request)) finishReason = 'stop';
    if (!usage || (finishReason !== 'stop' && finishReason !== 'length')) {
      throw new AppError(
        'engine-failed',
        `WebLLM ended a reply with "${finishReason ?? 'nothing'}". Load the model again.`,
      );
    }
    // Not the sum of the stream's pieces: those may hold the beginning of a stop text. And the engine cuts at the last
    // place where a stop text stands; the port says the first.
    const { text, isOver } = settleReply(withoutThoughts(await this.#engine.getMessage()), request);
    return { text, finishReason: isOver ? 'stop' : finishReason, usage };
  }

  #chatRequest(request: CompletionRequest): ChatCompletionRequestStreaming {
    return chatRequest(request, this.#options.thinks ? this.#count(emptyThoughts) : null);
  }

  #requireRoom({ system, prompt, maxTokens }: CompletionRequest): void {
    const needed = this.#count(system) + this.#count(prompt) + templateTokens;
    const room = this.contextWindow - needed;
    if (room >= Math.min(maxTokens, leastRoom)) return;
    throw new AppError(
      'context-exceeded',
      `The prompt takes about ${String(needed)} tokens, and the model's context window holds ${String(this.contextWindow)} for prompt and reply together. Shorten the prompt, or load the model with a larger window.`,
    );
  }

  #count(text: string): number {
    const exact = this.#options.countTokens?.(text);
    return exact === undefined || Number.isNaN(exact) ? estimateTokens(text) : exact;
  }
}

const isSettled = (written: string, request: CompletionRequest): boolean =>
  settleReply(withoutThoughts(written), request).isOver;

/** The engine counts only the prompt's tokens that it prefilled. */
function usageOf(usage: NonNullable<ChatCompletionChunk['usage']>, cachedTokens: number): Usage {
  const { prompt_tokens: prefilled, completion_tokens: completionTokens, extra } = usage;
  return {
    promptTokens: prefilled + cachedTokens,
    cachedTokens,
    completionTokens,
    prefillMs: milliseconds(extra.time_to_first_token_s),
    decodeMs: milliseconds(extra.time_per_output_token_s * completionTokens),
  };
}

/** The engine divides by counts that can be 0. */
function milliseconds(seconds: number): number {
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
