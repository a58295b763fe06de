import { describe, expect, it } from 'vitest';
import { createMemoryGrowth, kvBytesPerToken } from '../../../src/models/wllama/memory-growth.ts';
import { renewing } from '../../../src/models/wllama/renewing-session.ts';
import type { ChatRequest } from '../../../src/models/wllama/session.ts';
import { FakeSession } from './fake-session.ts';

const megabyte = 1024 * 1024;
const { signal } = new AbortController();
const request: ChatRequest = { messages: [], stream_options: { include_usage: true } };

describe('what the engine keeps', () => {
  it('is nothing while the prompts share their beginning', () => {
    const growth = createMemoryGrowth(megabyte);
    for (let call = 0; call < 1000; call++) {
      growth.note({ promptTokens: 200, cachedTokens: call === 0 ? 0 : 150, completionTokens: 8 });
    }
    expect(growth.isTooMuch).toBe(false);
  });

  it('grows by every prompt that is left for a different one', () => {
    const growth = createMemoryGrowth(megabyte);
    const different = { promptTokens: 90, cachedTokens: 3, completionTokens: 10 };
    for (let call = 0; call < 3; call++) growth.note(different);
    expect(growth.isTooMuch).toBe(false);
    growth.note(different);
    expect(growth.isTooMuch).toBe(true);
  });
});

describe('a session that renews itself', () => {
  it('is started afresh before the next reply, once it keeps too much', async () => {
    const first = new FakeSession({}, megabyte);
    const second = new FakeSession({}, megabyte);
    const session = renewing(first, () => Promise.resolve(second));
    for (let call = 0; call < 4; call++) {
      await session.chat(request, signal, () => undefined);
      session.note({ promptTokens: 90, cachedTokens: 0, completionTokens: 10, prefillMs: 0, decodeMs: 0 });
    }
    expect(first.isEnded).toBe(false);
    await session.chat(request, signal, () => undefined);
    expect(first.isEnded).toBe(true);
    expect(second.requests).toHaveLength(1);
  });

  it('stays ended', async () => {
    const first = new FakeSession({}, 300 * megabyte);
    let starts = 0;
    const session = renewing(first, () => {
      starts += 1;
      return Promise.resolve(first);
    });
    for (let call = 0; call < 2; call++) {
      session.note({ promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 });
    }
    await session.end();
    await session.chat(request, signal, () => undefined);
    expect(starts).toBe(0);
  });
});

describe('the KV cache of a token', () => {
  const shape = { n_layer: 30, n_embd: 576 };
  const metadata = {
    'general.architecture': 'llama',
    'llama.attention.head_count': '9',
    'llama.attention.head_count_kv': '3',
  };

  it('is two 16-bit numbers per channel of the key heads in every layer', () => {
    expect(kvBytesPerToken(metadata, shape)).toBe(30 * 3 * 64 * 2 * 2);
  });

  it('takes the width of a head from the file where it is not the usual one', () => {
    const wide = { ...metadata, 'llama.attention.key_length': '128' };
    expect(kvBytesPerToken(wide, shape)).toBe(30 * 3 * 128 * 2 * 2);
  });

  it('is rather too high where the file does not tell', () => {
    expect(kvBytesPerToken({}, shape)).toBe(30 * 576 * 2 * 2);
  });
});
