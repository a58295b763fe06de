import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../../../src/core/language-model.ts';
import { BatchModel } from '../../../src/models/webllm/batch-model.ts';
import { FakeRuntime, plainChoice, plainReply, reuseOn } from './fake-batch.ts';

const system = 'You sort messages to a shop. ';

function ask(prompt: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return { purpose: 'answer', system, prompt, maxTokens: 8, temperature: 0, seed: 0, ...more };
}

/** Answers one at a time, and remembers what it was asked. */
class Single implements LanguageModel {
  readonly identity = { engine: 'webllm', model: 'm' } as const;
  readonly concurrency = 1;
  readonly contextWindow: number;
  readonly capabilities = { constraints: true, exactUsage: true };
  readonly asked: string[] = [];

  constructor(contextWindow: number) {
    this.contextWindow = contextWindow;
  }

  complete({ system, prompt, maxTokens }: CompletionRequest): Promise<Completion> {
    this.asked.push(prompt);
    const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 };
    return Promise.resolve({ text: plainReply(system + prompt, maxTokens), finishReason: 'stop', usage });
  }

  countTokens(text: string): Promise<number> {
    return Promise.resolve(text.length);
  }
}

function batching(contextWindow = 4096, lost: Promise<never> = new Promise(() => undefined)) {
  const runtime = new FakeRuntime(contextWindow);
  const single = new Single(contextWindow);
  const givenUp: unknown[] = [];
  let formatted = '';
  const model = new BatchModel({
    single,
    runtime,
    reuse: reuseOn(runtime, () => formatted),
    size: 4,
    header: [],
    lost,
    format({ system, prompt }) {
      formatted = system + prompt;
      return Promise.resolve();
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onGivenUp: (thrown) => givenUp.push(thrown),
  });
  return { model, single, runtime, givenUp };
}

function textsOf(model: LanguageModel, requests: readonly CompletionRequest[]): Promise<string[]> {
  return Promise.all(requests.map(async (request) => (await model.complete(request)).text));
}

const inputs = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const plain = (names: readonly string[]): string[] => names.map((name) => plainReply(system + name, 8));

describe('WebLLM with batches', () => {
  it('answers requests that wait together, four at a time, and lets the next four wait', async () => {
    const { model, single, runtime } = batching();
    expect(model.concurrency).toBe(8);
    const texts = await textsOf(
      model,
      inputs.map((name) => ask(name)),
    );
    expect(texts).toEqual(plain(inputs));
    expect(single.asked).toEqual(['nine']);
    expect(Math.max(...runtime.passes.map(({ sequences }) => sequences))).toBe(4);
  });

  it('answers one request alone through the engine', async () => {
    const { model, single, runtime } = batching();
    expect(await textsOf(model, [ask('one')])).toEqual(plain(['one']));
    expect([single.asked, runtime.passes]).toEqual([['one'], []]);
  });

  it('leaves to the engine what is sampled or limited, and does not mix instructions', async () => {
    const { model, single, runtime } = batching();
    const constraint = { kind: 'line', min: 1, max: 9 } as const;
    const other = 'Another instruction. ';
    const texts = await textsOf(model, [
      ask('one'),
      ask('warm', { temperature: 1 }),
      ask('line', { constraint }),
      ask('two'),
      ask('three', { system: other }),
    ]);
    expect(texts.slice(0, 4)).toEqual(plain(['one', 'warm', 'line', 'two']));
    expect(texts[4]).toBe(plainReply(`${other}three`, 8));
    expect(single.asked).toEqual(['warm', 'line', 'three']);
    expect(Math.max(...runtime.passes.map(({ sequences }) => sequences))).toBe(2);
  });

  describe('and choices', () => {
    const choices = ['billing', 'bill', 'delivery', 'deliver', 'delivered', 'no'];
    const constraint = { kind: 'choice', choices } as const;

    it('answers together with what the engine alone would choose', async () => {
      const { model, single } = batching();
      const many = Array.from({ length: 32 }, (_, i) => `message ${i}`);
      const texts = await textsOf(
        model,
        many.map((prompt) => ask(prompt, { constraint, maxTokens: 16 })),
      );
      expect(texts).toEqual(many.map((prompt) => plainChoice(system + prompt, choices)));
      expect(new Set(texts).size).toBeGreaterThan(3);
      expect(single.asked).toEqual([]);
    });

    it('writes no further than to where one choice is left', async () => {
      const { model, runtime } = batching();
      const apart = { kind: 'choice', choices: ['alpha', 'beta'] } as const;
      const replies = await Promise.all(
        ['one', 'two'].map((name) => model.complete(ask(name, { constraint: apart }))),
      );
      expect(
        replies.map(({ text, finishReason }) => [apart.choices.includes(text as 'alpha'), finishReason]),
      ).toEqual([
        [true, 'stop'],
        [true, 'stop'],
      ]);
      expect(replies.map(({ usage }) => usage.completionTokens)).toEqual([1, 1]);
      expect(runtime.passes).toHaveLength(2);
    });

    it('leaves them to the engine where the bytes of the tokens are not known, or there is no choice', async () => {
      const { model, single, runtime } = batching();
      await textsOf(model, [
        ask('one', { constraint: { kind: 'choice', choices: [] } }),
        ask('two', { constraint: { kind: 'choice', choices: [''] } }),
      ]);
      runtime.canLimit = false;
      await textsOf(model, [ask('three', { constraint }), ask('four', { constraint })]);
      expect(single.asked).toEqual(['one', 'two', 'three', 'four']);
    });
  });

  it('leaves to the engine a prompt without room for a reply', async () => {
    const { model, single } = batching(160);
    await textsOf(model, [ask('one', { maxTokens: 4 }), ask('two', { maxTokens: 4 }), ask('x'.repeat(140))]);
    expect(single.asked).toEqual(['x'.repeat(140)]);
  });

  it('answers as many together as have room, and the others after them', async () => {
    const { model, single, runtime } = batching(256);
    const texts = await textsOf(
      model,
      inputs.slice(0, 4).map((name) => ask(name, { maxTokens: 64 })),
    );
    expect(texts).toEqual(inputs.slice(0, 4).map((name) => plainReply(system + name, 64)));
    expect(single.asked).toEqual([]);
    expect(Math.max(...runtime.passes.map(({ sequences }) => sequences))).toBe(2);
  });

  it('drops a request cancelled while it waits or is written, and answers the others', async () => {
    const { model, single } = batching();
    const source = createCancelSource();
    const others = textsOf(model, [ask('one'), ask('two')]);
    const dropped = model.complete(ask('three'), source.token);
    source.cancel();
    await expect(dropped).rejects.toMatchObject({ code: 'cancelled' });
    await expect(model.complete(ask('four'), source.token)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await others).toEqual(plain(['one', 'two']));
    await model.idle();
    expect(single.asked).toEqual([]);
  });

  it('hands everything to the engine after a batch has failed, and says so once', async () => {
    const { model, single, runtime, givenUp } = batching();
    runtime.failsAt = 1;
    expect(await textsOf(model, [ask('one'), ask('two')])).toEqual(plain(['one', 'two']));
    runtime.failsAt = Number.POSITIVE_INFINITY;
    expect(await textsOf(model, [ask('three'), ask('four')])).toEqual(plain(['three', 'four']));
    expect(single.asked).toEqual(['one', 'two', 'three', 'four']);
    expect(givenUp).toEqual([new Error('the GPU is out of memory')]);
  });

  it('gives nothing up for a request that was cancelled', async () => {
    const { model, givenUp } = batching();
    const source = createCancelSource();
    const dropped = model.complete(ask('three', { maxTokens: 64 }), source.token);
    const others = textsOf(model, [ask('one'), ask('two')]);
    source.cancel();
    await expect(dropped).rejects.toMatchObject({ code: 'cancelled' });
    await others;
    expect(givenUp).toEqual([]);
  });

  it('does not wait for a batch whose GPU device is lost', async () => {
    const lost = Promise.reject(new Error('lost'));
    lost.catch(() => undefined);
    const { model, single, runtime } = batching(4096, lost);
    runtime.forward = () => new Promise(() => undefined);
    expect(await textsOf(model, [ask('one'), ask('two')])).toEqual(plain(['one', 'two']));
    expect(single.asked).toEqual(['one', 'two']);
  });
});
