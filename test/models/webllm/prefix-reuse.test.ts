import { describe, expect, it } from 'vitest';
import { reusePrefixes, type Pipeline } from '../../../src/models/webllm/prefix-reuse.ts';

/** Plays WebLLM's pipeline on characters as tokens: `cache` is what its KV cache holds, `prefilled` what it had to read. */
class FakePipeline implements Pipeline {
  filledKVCacheLength = 0;
  cache = '';
  prefilled = '';
  prompt = '';
  failing = false;
  readonly #isAsync: boolean;

  constructor(isAsync = false) {
    this.#isAsync = isAsync;
  }

  resetKVCache(): void {
    this.cache = '';
  }

  getInputData(): ReturnType<Pipeline['getInputData']> {
    const data = [[codes(this.prompt)], this.prompt.length] as const;
    return this.#isAsync ? Promise.resolve([...data, 'embed size'] as const) : data;
  }

  embedAndForward(parts: readonly (readonly number[] | object)[], tokens: number): Promise<string> {
    const text = String.fromCharCode(...(parts.flat() as number[]));
    if (this.failing) return Promise.reject(new Error('out of memory'));
    this.cache += text;
    this.filledKVCacheLength += tokens;
    return Promise.resolve(`logits after ${this.cache}`);
  }

  pop(tokens: number): void {
    this.cache = this.cache.slice(0, this.cache.length - tokens);
  }

  /** A request as the engine carries it out: clear, prefill, decode token by token. */
  async complete(prompt: string, reply = ''): Promise<unknown> {
    this.resetKVCache();
    this.filledKVCacheLength = 0;
    this.prompt = prompt;
    const [[part = []], tokens] = await this.getInputData();
    this.prefilled = String.fromCharCode(...(part as number[]));
    let logits = await this.embedAndForward([part], tokens);
    for (const token of reply) logits = await this.embedAndForward([codes(token)], 1);
    return logits;
  }
}

function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function reusing(isAsync = false) {
  const pipeline = new FakePipeline(isAsync);
  return { pipeline, reuse: reusePrefixes(pipeline, (tokens) => pipeline.pop(tokens)) };
}

describe('prefix reuse', () => {
  it.each([
    ['0.2.79', false],
    ['0.2.86', true],
  ])('prefills only what the prompt before did not begin with, as in %s', async (_, isAsync) => {
    const { pipeline, reuse } = reusing(isAsync);
    await pipeline.complete('rules: late parcel>', 'delivery');
    expect(reuse.cachedTokens).toBe(0);
    const logits = await pipeline.complete('rules: lost password>', 'account');
    expect(pipeline.prefilled).toBe('ost password>');
    expect(reuse.cachedTokens).toBe('rules: l'.length);
    expect(logits).toBe('logits after rules: lost password>account');
  });

  it('goes on from a reply that is part of the next prompt', async () => {
    const { pipeline } = reusing();
    await pipeline.complete('question>', 'answer');
    await pipeline.complete('question>answer>next');
    expect(pipeline.prefilled).toBe('>next');
  });

  it('prefills one token of a prompt it holds to the end: the reply begins there', async () => {
    const { pipeline, reuse } = reusing();
    await pipeline.complete('same>', 'reply');
    expect(await pipeline.complete('same>')).toBe('logits after same>');
    expect([pipeline.prefilled, reuse.cachedTokens]).toEqual(['>', 4]);
  });

  it('clears the cache for a prompt that begins otherwise', async () => {
    const { pipeline, reuse } = reusing();
    await pipeline.complete('one', 'x');
    expect(await pipeline.complete('two', 'y')).toBe('logits after twoy');
    expect(reuse.cachedTokens).toBe(0);
  });

  it('trusts nothing after a failed prefill', async () => {
    const { pipeline, reuse } = reusing();
    await pipeline.complete('rules: a');
    pipeline.failing = true;
    await expect(pipeline.complete('rules: b')).rejects.toThrow('out of memory');
    pipeline.failing = false;
    expect(await pipeline.complete('rules: c')).toBe('logits after rules: c');
    expect(reuse.cachedTokens).toBe(0);
  });

  it('gives a cleared cache to whoever forwards without asking for the prompt', async () => {
    const { pipeline } = reusing();
    await pipeline.complete('rules: a');
    pipeline.resetKVCache();
    pipeline.filledKVCacheLength = 0;
    expect(await pipeline.embedAndForward([codes('other')], 5)).toBe('logits after other');
  });

  it('reads images and what follows them anew', async () => {
    const { pipeline, reuse } = reusing();
    await pipeline.complete('look: a');
    pipeline.resetKVCache();
    pipeline.filledKVCacheLength = 0;
    await pipeline.embedAndForward([codes('look: '), { url: 'image' }], 30).catch(() => undefined);
    await pipeline.complete('look: a');
    expect([pipeline.cache, reuse.cachedTokens]).toEqual(['look: a', 0]);
  });

  it('forgets when told to, and gives the engine its own ways back', async () => {
    const { pipeline, reuse } = reusing();
    await pipeline.complete('rules: a');
    reuse.forget();
    await pipeline.complete('rules: b');
    expect(reuse.cachedTokens).toBe(0);
    reuse.remove();
    await pipeline.complete('rules: c');
    expect([pipeline.prefilled, pipeline.cache]).toEqual(['rules: c', 'rules: c']);
  });
});
