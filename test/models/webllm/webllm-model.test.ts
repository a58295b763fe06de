import type { ChatCompletionChunk, ChatCompletionRequestStreaming } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import type { ChatEngine, WebLlmModelOptions } from '../../../src/models/webllm/webllm-model.ts';
import { WebLlmModel } from '../../../src/models/webllm/webllm-model.ts';

const extra = { time_to_first_token_s: 0.5, time_per_output_token_s: 0.1 };
const usage = { prompt_tokens: 30, completion_tokens: 4, total_tokens: 34, extra };

interface Script {
  readonly message?: string;
  readonly finish?: string;
  /** Pieces the stream gives before its end; an interrupt ends it. */
  readonly pieces?: number;
  readonly piece?: string;
  readonly throws?: Error;
}

/** Plays WebLLM: writes `pieces` chunks, gives way to other work between them, heeds interrupts. */
class FakeEngine implements ChatEngine {
  readonly requests: ChatCompletionRequestStreaming[] = [];
  readonly #script: Script;
  interrupts = 0;
  active = 0;
  mostActive = 0;
  #interruptsSeen = 0;

  constructor(script: Script = {}) {
    this.#script = script;
  }

  readonly chat = {
    completions: {
      create: (request: ChatCompletionRequestStreaming) => {
        this.requests.push(request);
        return Promise.resolve(this.#stream());
      },
    },
  };

  getMessage(): Promise<string> {
    return Promise.resolve(this.#script.message ?? 'the reply');
  }

  interruptGenerate(): Promise<void> {
    this.interrupts++;
    return Promise.resolve();
  }

  async *#stream(): AsyncGenerator<ChatCompletionChunk> {
    const { pieces = 3, piece = 'x', finish = 'stop', throws } = this.#script;
    this.#interruptsSeen = this.interrupts;
    this.mostActive = Math.max(this.mostActive, ++this.active);
    try {
      if (throws) throw throws;
      for (let i = 0; i < pieces && this.interrupts === this.#interruptsSeen; i++) {
        await new Promise(setImmediate);
        yield chunk({ choices: [{ delta: { content: piece }, finish_reason: null, index: 0 }] });
      }
      const reason = this.interrupts > this.#interruptsSeen ? 'abort' : finish;
      yield chunk({ choices: [{ delta: {}, finish_reason: reason as 'stop', index: 0 }] });
      yield chunk({ choices: [], usage: usage as never });
    } finally {
      this.active--;
    }
  }
}

function chunk(content: Partial<ChatCompletionChunk>): ChatCompletionChunk {
  return { id: '', created: 0, model: 'm', object: 'chat.completion.chunk', choices: [], ...content };
}

function modelOn(engine: FakeEngine, more: Partial<WebLlmModelOptions> = {}): WebLlmModel {
  return new WebLlmModel(engine, {
    identity: { engine: 'webllm', model: 'm' },
    contextWindow: 200,
    thinks: false,
    countTokens: (text) => text.split(' ').length,
    cachedTokens: () => 0,
    lost: new Promise(() => undefined),
    ...more,
  });
}

const request: CompletionRequest = {
  purpose: 'answer',
  system: 'Sort.',
  prompt: 'b a',
  maxTokens: 16,
  temperature: 0,
  seed: 5,
};

describe('WebLLM behind the port', () => {
  it('interrupts the engine when what would follow the answer could change nothing', async () => {
    const engine = new FakeEngine({ pieces: 9, piece: 'Answer: no\n', message: 'Answer: no\nAnswer: no\n' });
    const completion = await modelOn(engine).complete({ ...request, until: 'answer-line' });
    expect(completion).toMatchObject({ text: 'Answer: no', finishReason: 'stop' });
    expect(engine.interrupts).toBeGreaterThan(0);
  });

  it('completes a choice when only one is left', async () => {
    const engine = new FakeEngine({ pieces: 9, piece: 'x', message: 'x' });
    const constraint = { kind: 'choice', choices: ['x marks the spot', 'y'] } as const;
    const completion = await modelOn(engine).complete({ ...request, constraint });
    expect(completion).toMatchObject({ text: 'x marks the spot', finishReason: 'stop' });
    expect(engine.interrupts).toBeGreaterThan(0);
  });

  it('asks for a stream with usage, greedy, with seed and bounds', async () => {
    const engine = new FakeEngine();
    await modelOn(engine).complete({ ...request, stop: ['\n'] });
    expect(engine.requests).toEqual([
      {
        messages: [
          { role: 'system', content: 'Sort.' },
          { role: 'user', content: 'b a' },
        ],
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 16,
        temperature: 0,
        seed: 5,
        stop: ['\n'],
      },
    ]);
  });

  it('leaves out an empty system text, so that the template keeps its own', async () => {
    const engine = new FakeEngine();
    await modelOn(engine).complete({ ...request, system: '' });
    expect(engine.requests[0]?.messages).toEqual([{ role: 'user', content: 'b a' }]);
  });

  it('gives the text, how it ended, and what it cost in tokens and milliseconds', async () => {
    expect(await modelOn(new FakeEngine({ finish: 'length' })).complete(request)).toEqual({
      text: 'the reply',
      finishReason: 'length',
      usage: { promptTokens: 30, cachedTokens: 0, completionTokens: 4, prefillMs: 500, decodeMs: 400 },
    });
  });

  it('cuts at the first stop text', async () => {
    const model = modelOn(new FakeEngine({ message: 'one END two STOP three' }));
    expect(await model.complete({ ...request, stop: ['STOP', 'END'] })).toMatchObject({
      text: 'one ',
      finishReason: 'stop',
    });
  });

  it('turns thinking off, drops the empty thoughts and does not count them against the reply', async () => {
    const engine = new FakeEngine({ message: '<think>\n\n</think>\n\na b' });
    const { text } = await modelOn(engine, { thinks: true, countTokens: () => 4 }).complete(request);
    expect(text).toBe('a b');
    expect(engine.requests[0]).toMatchObject({ max_tokens: 20, extra_body: { enable_thinking: false } });
  });

  it('sends a constraint as a grammar', async () => {
    const engine = new FakeEngine();
    await modelOn(engine).complete({ ...request, constraint: { kind: 'choice', choices: ['a', 'b'] } });
    expect(engine.requests[0]?.response_format).toEqual({ type: 'grammar', grammar: 'root ::= "a" | "b"' });
  });

  it('takes one request at a time, in order', async () => {
    const engine = new FakeEngine();
    const model = modelOn(engine);
    await Promise.all(['1', '2', '3'].map((prompt) => model.complete({ ...request, prompt })));
    expect(engine.mostActive).toBe(1);
    expect(engine.requests.map(({ messages }) => messages[1]?.content)).toEqual(['1', '2', '3']);
  });

  it('interrupts a cancelled request, reads its stream to the end, and goes on', async () => {
    const engine = new FakeEngine({ pieces: 1000 });
    const model = modelOn(engine);
    const source = createCancelSource();
    const call = model.complete(request, source.token);
    await new Promise(setImmediate);
    source.cancel();
    await expect(call).rejects.toSatisfy((error) => isAppError(error, 'cancelled'));
    expect(engine.interrupts).toBeGreaterThan(0);
    expect(engine.active).toBe(0);
  });

  it('does not bother the engine with a request that was cancelled while it waited', async () => {
    const engine = new FakeEngine();
    const model = modelOn(engine);
    const source = createCancelSource();
    const first = model.complete(request);
    const second = model.complete(request, source.token);
    source.cancel();
    await expect(second).rejects.toSatisfy((error) => isAppError(error, 'cancelled'));
    await first;
    expect(engine.requests).toHaveLength(1);
  });

  it('refuses a prompt that leaves no room for the reply, without asking the engine', async () => {
    const engine = new FakeEngine();
    const model = modelOn(engine);
    const long = model.complete({ ...request, prompt: 'word '.repeat(170) });
    await expect(long).rejects.toSatisfy((error) => isAppError(error, 'context-exceeded'));
    await model.complete(request);
    expect(engine.requests).toHaveLength(1);
  });

  it('estimates tokens where the tokenizer cannot be reached, not too low', async () => {
    const model = modelOn(new FakeEngine(), { countTokens: null });
    expect(await model.countTokens('a plain sentence of ten words in all, or nearly')).toBeGreaterThanOrEqual(
      12,
    );
    expect(await model.countTokens('返品について')).toBeGreaterThanOrEqual(6);
  });

  it('rejects what is under way when the device is lost', async () => {
    const lost = Promise.reject(new AppError('device-lost', 'The device was lost.'));
    const call = modelOn(new FakeEngine({ pieces: 1e9 }), { lost }).complete(request);
    await expect(call).rejects.toSatisfy((error) => isAppError(error, 'device-lost'));
  });

  it('maps what the engine throws, and answers the next request', async () => {
    const broken = modelOn(new FakeEngine({ throws: new Error('Module has already been disposed') }));
    await expect(broken.complete(request)).rejects.toSatisfy((error) => isAppError(error, 'device-lost'));
    await expect(broken.complete(request)).rejects.toSatisfy((error) => isAppError(error, 'device-lost'));
  });
});
