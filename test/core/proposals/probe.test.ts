import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { CompletionRequest, LanguageModel } from '../../../src/core/language-model.ts';
import {
  pickInsertion,
  pickOperator,
  rewriteOperators,
  sentenceLibrary,
} from '../../../src/core/proposals/operators.ts';
import { probeModel } from '../../../src/core/proposals/probe.ts';
import { createRandom } from '../../../src/core/random.ts';

const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 };

function modelThat(reply: (request: CompletionRequest, call: number) => string): LanguageModel {
  let calls = 0;
  return {
    identity: { engine: 'scripted', model: 'test' },
    concurrency: 1,
    contextWindow: 4096,
    capabilities: { constraints: false, exactUsage: true },
    complete(request, cancel) {
      cancel?.throwIfCancelled();
      calls += 1;
      return Promise.resolve({ text: reply(request, calls), finishReason: 'stop', usage });
    },
    countTokens: (text) => Promise.resolve(text.length),
  };
}

/** What a model that follows says: the target in other words. */
function rewritten({ prompt }: CompletionRequest): string {
  const target = /^>> (.*)\.$/mu.exec(prompt)?.[1] ?? '';
  return `<sentence>For every single input, ${target.toLowerCase()}.`;
}

describe('the probe', () => {
  it('credits a model that rewrites what it is asked to', async () => {
    const result = await probeModel(modelThat(rewritten));
    expect(result).toMatchObject({ followed: 8, of: 8, failures: [] });
    expect(result.advice).toMatch(/well enough/);
  });

  it('counts what the guard would throw away, with reasons and replies', async () => {
    const model = modelThat((request, call) =>
      call % 4 === 0 ? "I'm sorry, I can't help with that." : rewritten(request),
    );
    const result = await probeModel(model);
    expect(result.followed).toBe(6);
    expect(result.failures).toEqual(
      Array.from({ length: 2 }, () => ({ code: 'refusal', reply: "I'm sorry, I can't help with that." })),
    );
    expect(result.advice).toMatch(/takes longer/);
  });

  it('notices a model that repeats the demonstration', async () => {
    const model = modelThat(({ prompt }) => /<sentence>.*?<\/sentence>/u.exec(prompt)?.[0] ?? '');
    expect((await probeModel(model)).followed).toBe(0);
  });

  it('advises against a model that only chats', async () => {
    const result = await probeModel(modelThat(() => 'Could you please provide the sentence?'));
    expect(result.followed).toBe(0);
    expect(result.advice).toMatch(/another optimizer model/);
  });

  it('tells a model that does not reply from one that replies badly', async () => {
    const model = modelThat(() => {
      throw new AppError('timed-out', 'No reply in time.');
    });
    const result = await probeModel(model);
    expect(result.failures.map(({ code }) => code)).toEqual(Array.from({ length: 8 }, () => 'call-failed'));
    expect(result.advice).toMatch(/no reply/);
  });

  it('stops when it is cancelled', async () => {
    const source = createCancelSource();
    const done: number[] = [];
    const probing = probeModel(modelThat(rewritten), source.token, (count) => {
      done.push(count);
      if (count === 3) source.cancel();
    });
    await expect(probing).rejects.toMatchObject({ code: 'cancelled' });
    expect(done).toEqual([1, 2, 3]);
  });
});

describe('proposals without much of a model', () => {
  const prompt =
    'Read the question. Think step by step. Answer with the number of objects that are asked for.';

  it('inserts a sentence of the library that is neither in the prompt nor tried', () => {
    const random = createRandom(1);
    const [first = '', ...others] = sentenceLibrary;
    expect(pickInsertion(prompt, others, random)).toBe(first);
    expect(pickInsertion(`${prompt} ${first}`, others, random)).toBeNull();
  });

  it('inserts no English sentence into a prompt in another language', () => {
    expect(pickInsertion('Lies die Frage und antworte nur mit einer Zahl.', [], createRandom(1))).toBeNull();
  });

  it('picks every operator sooner or later', () => {
    const random = createRandom(2);
    const picked = new Set(Array.from({ length: 60 }, () => pickOperator(random).id));
    expect(picked.size).toBe(rewriteOperators.length);
  });
});
