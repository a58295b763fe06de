import type { ChatCompletion } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { batchHolds } from '../../../src/models/webllm/batch-check.ts';
import type { SequenceTokens } from '../../../src/models/webllm/batch-runtime.ts';
import { codes, FakeRuntime, next, reuseOn } from './fake-batch.ts';

/** Logarithms of the probabilities that the fake runtime's logits stand for. */
const total = Math.log(Math.exp(5) + 127);

/** An engine that writes what the fake runtime writes; `drift` is how far it is off. */
function setUp(drift = 0) {
  const runtime = new FakeRuntime();
  let formatted = '';
  const engine = {
    chat: {
      completions: {
        create(request: {
          messages: readonly unknown[];
          max_tokens?: number | null;
        }): Promise<ChatCompletion> {
          formatted = JSON.stringify(request.messages);
          let reply = '';
          const content = Array.from({ length: request.max_tokens ?? 1 }, () => {
            const token = next(formatted + reply);
            reply += token;
            const top = [token, 'b', 'c', 'd', 'e'].map((name, i) => ({
              token: name,
              logprob: (i === 0 ? 5 + drift : 0) - total,
            }));
            return { token, top_logprobs: top };
          });
          runtime.reply = codes(reply);
          return Promise.resolve({ choices: [{ logprobs: { content } }] } as unknown as ChatCompletion);
        },
      },
    },
  };
  return { engine, runtime, reuse: reuseOn(runtime, () => formatted) };
}

describe('the check of batches', () => {
  it('agrees where replies written together are those written alone', async () => {
    const { engine, runtime, reuse } = setUp();
    expect(await batchHolds(engine, reuse, runtime)).toBe(true);
    expect(runtime.passes.map(({ sequences }) => sequences)).toEqual([1, 2, 2, 2]);
  });

  it('does not agree where the probabilities are off', async () => {
    const { engine, runtime, reuse } = setUp(0.5);
    expect(await batchHolds(engine, reuse, runtime)).toBe(false);
  });

  it('does not agree where sequences are mixed up', async () => {
    const { engine, runtime, reuse } = setUp();
    const forward = runtime.forward.bind(runtime);
    runtime.forward = async (rows: readonly SequenceTokens[]) => [...(await forward(rows))].reverse();
    expect(await batchHolds(engine, reuse, runtime)).toBe(false);
  });

  it('does not agree where a decoded token is forgotten', async () => {
    const { engine, runtime, reuse } = setUp();
    const forward = runtime.forward.bind(runtime);
    runtime.forward = (rows: readonly SequenceTokens[]) => {
      const isDecode = rows.every(({ tokens }) => tokens.length === 1);
      return forward(isDecode ? rows.map((row) => ({ ...row, tokens: [] })) : rows);
    };
    expect(await batchHolds(engine, reuse, runtime)).toBe(false);
  });
});
