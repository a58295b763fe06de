/** Plays llama.cpp behind wllama: replies as it is told to, gives way between chunks, heeds the signal. */
import type { ChatCompletionChunk } from '@wllama/wllama/esm/index.js';
import type { ChatRequest, Session } from '../../../src/models/wllama/session.ts';

export interface FakeScript {
  readonly pieces?: readonly string[];
  readonly finish?: string | null;
  /** Thrown in place of a reply. */
  readonly rejects?: unknown;
  readonly promptTokens?: number;
  readonly cachedTokens?: number;
}

export class FakeSession implements Session {
  readonly contextWindow = 2048;
  readonly bytesPerToken: number;
  readonly requests: ChatRequest[] = [];
  script: FakeScript;
  isEnded = false;
  underWay = 0;
  mostUnderWay = 0;

  constructor(script: FakeScript = {}, bytesPerToken = 1) {
    this.script = script;
    this.bytesPerToken = bytesPerToken;
  }

  async chat(
    request: ChatRequest,
    signal: AbortSignal,
    onChunk: (chunk: ChatCompletionChunk) => void,
  ): Promise<void> {
    const { pieces = ['the ', 'reply'], finish = 'stop' } = this.script;
    this.requests.push(request);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    let written = 0;
    try {
      if ('rejects' in this.script) throw this.script.rejects;
      for (const content of pieces) {
        await new Promise(setImmediate);
        if (signal.aborted) throw new Error('aborted');
        const choice = { index: 0, delta: { content }, finish_reason: null, logprobs: null };
        onChunk(chunk({ choices: [choice], timings: this.#timings(++written) }));
      }
      const finish_reason = finish as 'stop' | null;
      onChunk(chunk({ choices: [{ index: 0, delta: {}, finish_reason, logprobs: null }] }));
      onChunk(chunk(this.#cost()));
    } finally {
      this.underWay -= 1;
    }
  }

  end(): Promise<void> {
    this.isEnded = true;
    return Promise.resolve();
  }

  #cost(): Partial<ChatCompletionChunk> {
    const { promptTokens = 30 } = this.script;
    return {
      usage: { prompt_tokens: promptTokens, completion_tokens: 2, total_tokens: promptTokens + 2 },
      timings: this.#timings(2),
    };
  }

  #timings(written: number): ChatCompletionChunk['timings'] & object {
    const { promptTokens = 30, cachedTokens = 20 } = this.script;
    return {
      cache_n: cachedTokens,
      prompt_n: promptTokens - cachedTokens,
      prompt_ms: 50,
      prompt_per_token_ms: 5,
      prompt_per_second: 200,
      predicted_n: written,
      predicted_ms: 4 * written,
      predicted_per_token_ms: 4,
      predicted_per_second: 250,
    };
  }
}

function chunk(content: Partial<ChatCompletionChunk>): ChatCompletionChunk {
  return { id: '', created: 0, model: '', object: 'chat.completion.chunk', choices: [], ...content };
}
