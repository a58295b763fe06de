/** wllama's chat behind the port. One request at a time: one more than the engine has slots for would wait for ever. */
import type { CancelToken } from '../../core/cancel.ts';
import { neverCancelled } from '../../core/cancel.ts';
import type {
  Completion,
  CompletionRequest,
  LanguageModel,
  ModelIdentity,
} from '../../core/language-model.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import { grammarOf } from '../grammar-of.ts';
import { fromWllama } from './errors.ts';
import type { ChatSession } from './renewing-session.ts';
import { createReplyReader, type ReplyReader } from './reply.ts';
import type { ChatRequest } from './session.ts';

export class WllamaModel implements LanguageModel {
  readonly identity: ModelIdentity;
  readonly concurrency = 1;
  readonly contextWindow: number;
  readonly capabilities: LanguageModel['capabilities'] = { constraints: true, exactUsage: true };
  readonly #session: ChatSession;
  /** Settles, never rejects, when the last request that was taken on is through. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: ChatSession, options: { identity: ModelIdentity; contextWindow: number }) {
    this.#session = session;
    this.identity = options.identity;
    this.contextWindow = options.contextWindow;
  }

  complete(request: CompletionRequest, cancel: CancelToken = neverCancelled): Promise<Completion> {
    const reply = this.#last.then(() => this.#answer(request, cancel));
    this.#last = reply.catch(() => undefined);
    return reply;
  }

  countTokens(text: string): Promise<number> {
    return Promise.resolve(estimateTokens(text));
  }

  async #answer(request: CompletionRequest, cancel: CancelToken): Promise<Completion> {
    cancel.throwIfCancelled();
    const controller = new AbortController();
    const unsubscribe = cancel.onCancel(() => controller.abort());
    const reader = createReplyReader(request);
    try {
      await this.#chat(request, controller, reader);
      cancel.throwIfCancelled();
      const completion = reader.finish();
      this.#session.note(completion.usage);
      return completion;
    } catch (thrown) {
      cancel.throwIfCancelled();
      throw fromWllama(thrown);
    } finally {
      unsubscribe();
    }
  }

  async #chat(request: CompletionRequest, controller: AbortController, reader: ReplyReader): Promise<void> {
    try {
      await this.#session.chat(chatRequest(request), controller.signal, (chunk) => {
        reader.read(chunk);
        if (reader.isSettled) controller.abort();
      });
    } catch (thrown) {
      if (!reader.isSettled) throw thrown;
    }
  }
}

function chatRequest(request: CompletionRequest): ChatRequest {
  const { system, prompt, maxTokens, temperature, seed, stop, constraint } = request;
  return {
    messages: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: prompt },
    ],
    max_tokens: maxTokens,
    temperature,
    seed: engineSeed(seed),
    cache_prompt: true,
    stream_options: { include_usage: true },
    timings_per_token: true,
    // Chunks come during the prefill too, so that a stop is heeded there.
    return_progress: true,
    ...(temperature === 0 && { top_k: 1 }),
    ...(stop && stop.length > 0 && { stop: [...stop] }),
    ...(constraint && { grammar: grammarOf(constraint) }),
  };
}

/** 32 bits; the highest means "another one each time". */
function engineSeed(seed: number): number {
  return (seed >>> 0) % 0xff_ff_ff_ff;
}
