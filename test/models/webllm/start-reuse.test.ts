import type { ChatCompletion } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { givenUpNote, startReuse } from '../../../src/models/webllm/start-reuse.ts';

function fakePipeline(onPop: () => void) {
  return {
    prompt: '',
    filledKVCacheLength: 0,
    slidingWindowSize: -1,
    kvCache: {},
    tvm: {
      beginScope: () => undefined,
      endScope: () => undefined,
      detachFromCurrentScope: (value: unknown) => value,
      scalar: (value: number) => value,
      getGlobalFunc: () => onPop,
    },
    resetKVCache: () => undefined,
    getInputData(): [[number[]], number] {
      return [[Array.from(this.prompt, (character) => character.charCodeAt(0))], this.prompt.length];
    },
    embedAndForward(_: unknown, tokens: number) {
      this.filledKVCacheLength += tokens;
      return Promise.resolve({});
    },
  };
}

/** An engine whose pipeline looks as it should; `drift` is how far what follows a kept beginning is off. */
class FakeEngine {
  readonly loadedModelIdToPipeline: Map<string, ReturnType<typeof fakePipeline>>;
  readonly #drift: number;
  pops = 0;

  constructor({ drift = 0, ...fields }: { drift?: number } & Record<string, unknown> = {}) {
    this.#drift = drift;
    const pipeline = Object.assign(
      fakePipeline(() => this.pops++),
      fields,
    );
    this.loadedModelIdToPipeline = new Map([['m', pipeline]]);
  }

  readonly chat = {
    completions: {
      create: async (request: { messages: readonly { content?: unknown }[] }): Promise<ChatCompletion> => {
        const logprob = -1 + (await this.#prefill(JSON.stringify(request.messages)));
        const top = [{ token: 'a', logprob, bytes: null }];
        const content = [{ token: 'a', logprob, bytes: null, top_logprobs: top }];
        return { choices: [{ logprobs: { content } }] } as unknown as ChatCompletion;
      },
    },
  };

  async #prefill(prompt: string): Promise<number> {
    const pipeline = this.loadedModelIdToPipeline.get('m');
    if (!pipeline) throw new Error('no model');
    pipeline.prompt = prompt;
    pipeline.resetKVCache();
    pipeline.filledKVCacheLength = 0;
    const [[tokens]] = pipeline.getInputData();
    await pipeline.embedAndForward([tokens], tokens.length);
    return tokens.length < prompt.length ? this.#drift : 0;
  }
}

describe('switching prefix reuse on', () => {
  it('says that it is verified when both ways agree', async () => {
    const engine = new FakeEngine();
    const { reuse, note } = await startReuse(engine, 'm', 'sound');
    expect(reuse).not.toBeNull();
    expect(note).toContain('reuse verified');
    expect(engine.pops).toBeGreaterThan(0);
  });

  it.each([
    ['the two ways disagree', new FakeEngine({ drift: 0.4 }), 'sound', /answers would differ/],
    ['the kernel is not the known one', new FakeEngine(), 'missing', /attention kernel/],
    ['the window slides', new FakeEngine({ slidingWindowSize: 1024 }), 'sound', /no way to go back/],
    ['the model is recurrent', new FakeEngine({ rnnState: {} }), 'sound', /no way to go back/],
    ['the runtime lacks what it takes', new FakeEngine({ tvm: {} }), 'sound', /no way to go back/],
    ['a private method has gone', new FakeEngine({ getInputData: undefined }), 'sound', /no way to go back/],
  ] as const)('reads every prompt from its start, and says so, when %s', async (_, engine, kernel, words) => {
    const { reuse, note } = await startReuse(engine, 'm', kernel);
    expect(reuse).toBeNull();
    expect(note).toMatch(words);
  });

  it('has words for a batch that failed later, with the reason', () => {
    expect(givenUpNote(new Error('out of memory'))).toBe(
      'answers are written one at a time from here on: writing several together failed (out of memory)',
    );
  });
});
