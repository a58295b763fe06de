import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../src/core/language-model.ts';
import { decodeTogether } from '../../../src/models/webllm/batch-decode.ts';
import type { RowRequest } from '../../../src/models/webllm/batch-row.ts';
import { fitting } from '../../../src/models/webllm/fitting.ts';
import { codes, FakeRuntime, plainReply, reuseOn } from './fake-batch.ts';

const system = 'You sort messages to a shop. ';

function row(prompt: string, limit = 12, stopTexts: readonly string[] = []): RowRequest {
  return {
    prompt: codes(prompt),
    header: [],
    limit,
    limits: { stop: stopTexts },
    stopTokens: codes('.'),
    walk: null,
  };
}

async function decode(
  requests: readonly RowRequest[],
  runtime = new FakeRuntime(),
  reuse = reuseOn(runtime),
): Promise<(Completion | null)[]> {
  const replies = requests.map((): Completion | null => null);
  const items = requests.map((request, i) => {
    const onReply = (completion: Completion): void => void (replies[i] = completion);
    return { request, isCancelled: () => false, onReply };
  });
  await decodeTogether(runtime, reuse, items);
  return replies;
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '?'), minLength: 1, maxLength: 30 });

describe('replies decoded together', () => {
  it('are those decoded alone, whatever the prompts have in common, batch after batch', async () => {
    const batches = fc.array(
      fc.array(fc.tuple(text, fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const runtime = new FakeRuntime();
        const reuse = reuseOn(runtime);
        for (const batch of all) {
          const replies = await decode(
            batch.map(([input, limit]) => row(system + input, limit)),
            runtime,
            reuse,
          );
          const alone = batch.map(([input, limit]) => plainReply(system + input, limit));
          expect(replies.map((reply) => reply?.text)).toEqual(alone);
          expect([...runtime.sequences.keys()]).toEqual([0]);
        }
      }),
    );
  });

  it('read what the prompts begin with once, and nothing of it in the next batch', async () => {
    const runtime = new FakeRuntime();
    const reuse = reuseOn(runtime);
    const [first, second] = await decode([row(`${system}one`), row(`${system}two`)], runtime, reuse);
    expect(runtime.passes.slice(0, 2)).toEqual([
      { sequences: 1, tokens: system.length },
      { sequences: 2, tokens: 6 },
    ]);
    expect([first?.usage.cachedTokens, second?.usage.cachedTokens]).toEqual([0, system.length]);
    expect(second?.usage.promptTokens).toBe(system.length + 3);
    const before = runtime.passes.length;
    const [third] = await decode([row(`${system}six`), row(`${system}ten`)], runtime, reuse);
    expect(runtime.passes[before]).toEqual({ sequences: 2, tokens: 6 });
    expect(third?.usage.cachedTokens).toBe(system.length);
  });

  it('do not spend a pass on a few more common characters', async () => {
    const runtime = new FakeRuntime();
    const reuse = reuseOn(runtime);
    await decode([row(`${system}one`), row(`${system}two`)], runtime, reuse);
    const before = runtime.passes.length;
    await decode([row(`${system}the cat`), row(`${system}the dog`)], runtime, reuse);
    expect(runtime.passes[before]).toEqual({ sequences: 2, tokens: 14 });
  });

  it('read a beginning longer than one pass in several', async () => {
    const runtime = new FakeRuntime(4096, 10);
    const replies = await decode([row(`${system}one`, 3), row(`${system}two`, 3)], runtime);
    expect(runtime.passes.slice(0, 3).map(({ tokens }) => tokens)).toEqual([10, 10, 9]);
    expect(replies.map((reply) => reply?.text)).toEqual(
      ['one', 'two'].map((input) => plainReply(system + input, 3)),
    );
  });

  it('end before a stop text and at the limit, each on its own', async () => {
    const long = [`${system}aa`, `${system}bb`, `${system}cc`, `${system}dd`].filter(
      (prompt) => plainReply(prompt, 6).length === 6,
    );
    const [prompt = ''] = long;
    const whole = plainReply(prompt, 6);
    const stop = whole.slice(2, 4);
    const [cut, full] = await decode([row(prompt, 6, [stop]), row(prompt, 6)]);
    expect([cut?.text, cut?.finishReason]).toEqual([whole.slice(0, whole.indexOf(stop)), 'stop']);
    expect([full?.text, full?.finishReason]).toEqual([whole, 'length']);
  });

  it('do not go on with a reply that nobody waits for', async () => {
    const runtime = new FakeRuntime();
    const replied: string[] = [];
    const items = ['one', 'two'].map((input) => ({
      request: row(system + input),
      isCancelled: () => input === 'one',
      onReply: () => void replied.push(input),
    }));
    await decodeTogether(runtime, reuseOn(runtime), items);
    expect(replied).toEqual(['two']);
    expect(runtime.passes.slice(2).every(({ sequences }) => sequences === 1)).toBe(true);
  });

  it('leave a cache that is read from its start after a failure', async () => {
    const runtime = new FakeRuntime();
    const reuse = reuseOn(runtime);
    runtime.failsAt = 2;
    await expect(decode([row(`${system}one`), row(`${system}two`)], runtime, reuse)).rejects.toThrow(
      'memory',
    );
    runtime.failsAt = Number.POSITIVE_INFINITY;
    const replies = await decode([row(`${system}one`), row(`${system}two`)], runtime, reuse);
    expect(replies.map((reply) => reply?.text)).toEqual(
      ['one', 'two'].map((input) => plainReply(system + input, 12)),
    );
  });
});

describe('how many replies fit', () => {
  it.each([
    ['all where there is room', 4096, 1024, 100, 4],
    ['fewer where their replies would fill the window', 256, 1024, 64, 2],
    ['fewer where their prompts are too long for one pass', 4096, 70, 10, 3],
    ['one where not even two have room', 96, 1024, 64, 1],
  ])('is %s', (_, window, chunk, limit, count) => {
    const requests = ['one', 'two', 'six', 'ten'].map((input) => row(system + input, limit));
    expect(fitting(requests, new FakeRuntime(window, chunk))).toBe(count);
  });

  it('is one for prompts that have nothing in common', () => {
    expect(fitting([row('one prompt'), row('two prompts')], new FakeRuntime())).toBe(1);
  });
});
