import { describe, expect, it } from 'vitest';
import { createPatience, defaultPatience, patienceFor } from '../../src/workers/patience.ts';
import { completion } from './fake-model-worker.ts';

const ask = (maxTokens: number, prompt = '') => ({
  purpose: 'answer' as const,
  system: '',
  prompt,
  maxTokens,
  temperature: 0,
  seed: 1,
});

describe('patience', () => {
  it('begins so generous that a machine with half a token in a second is not taken for hung', () => {
    const seconds = createPatience(defaultPatience).limitFor(ask(200, 'x'.repeat(2000))) / 1000;
    expect(seconds).toBeGreaterThan(400);
  });

  const options = { floorMs: 1000, firstMsPerToken: 1e6, slack: 5 };
  const usage = { promptTokens: 10, cachedTokens: 0, completionTokens: 2, prefillMs: 500, decodeMs: 2000 };
  const call = (change: Partial<typeof usage> = {}) => ({
    ...completion(''),
    usage: { ...usage, ...change },
  });

  it('follows the speed of reading and of writing, each with slack', () => {
    const patience = createPatience(options);
    patience.learn(call(), 2500); // 50 ms to read a token, 1000 ms to write one
    expect(patience.limitFor(ask(10))).toBe(1000 + 5 * 1000 * 10);
    expect(patience.limitFor(ask(10, 'x'.repeat(400)))).toBe(1000 + 5 * (1000 * 10 + 50 * 200));
  });

  it('goes by the slowest of the last calls, and forgets those before', () => {
    const patience = createPatience(options);
    patience.learn(call(), 2500);
    patience.learn(call({ prefillMs: 50, decodeMs: 200 }), 250);
    expect(patience.limitFor(ask(10))).toBe(1000 + 5 * 1000 * 10);
    for (let i = 0; i < 8; i++) patience.learn(call({ prefillMs: 50, decodeMs: 200 }), 250);
    expect(patience.limitFor(ask(10))).toBe(1000 + 5 * 100 * 10);
  });

  it('counts the time the engine gave to other calls too', () => {
    const patience = createPatience(options);
    patience.learn(call(), 10_000); // four at once
    expect(patience.limitFor(ask(10))).toBe(1000 + 5 * 4000 * 10);
  });

  it('gives a server an hour for its own pauses, and takes none of them for its speed', () => {
    const spec = { engine: 'endpoint', baseUrl: 'http://localhost/v1', model: 'm', concurrency: 1 } as const;
    const patience = createPatience(patienceFor(spec, options));
    patience.learn(call(), 600_000);
    expect(patience.limitFor(ask(10))).toBe(3_600_000 + 5 * 1000 * 10);
  });

  it('learns nothing about reading from a prompt that was in the cache', () => {
    const patience = createPatience(options);
    patience.learn(call(), 2500);
    patience.learn(call({ cachedTokens: 10, prefillMs: 0 }), 2000);
    expect(patience.limitFor(ask(0, 'x'.repeat(400)))).toBe(1000 + 5 * 50 * 200);
  });

  it('learns nothing about writing from a single token that came with the prompt', () => {
    const patience = createPatience(options);
    patience.learn(call({ completionTokens: 1, decodeMs: 0 }), 500);
    expect(patience.limitFor(ask(10))).toBe(1000 + 1e6 * 10);
  });

  it('shares out the whole time where an engine measures none', () => {
    const patience = createPatience(options);
    patience.learn(call({ prefillMs: 0, decodeMs: 0 }), 2500); // 10 tokens read count as half a token written
    expect(patience.limitFor(ask(10))).toBe(1000 + 5 * 1000 * 10);
  });
});
