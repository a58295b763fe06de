import { describe, expect, it } from 'vitest';
import { speedOf } from '../../src/core/speed.ts';

const usage = { promptTokens: 100, cachedTokens: 0, completionTokens: 10, prefillMs: 200, decodeMs: 500 };

describe('the speed of a model', () => {
  it('is what a token that was read and a token that was written took', () => {
    expect(speedOf([usage], 700)).toEqual({ prefillMs: 2, decodeMs: 50, replyTokens: 10, wallShare: 1 });
  });

  it('does not count tokens that were in the cache as read', () => {
    const again = { ...usage, cachedTokens: 90, prefillMs: 20 };
    expect(speedOf([usage, again], 1220).prefillMs).toBe(2);
  });

  it('says how far the clock on the wall is from what the engine tells', () => {
    expect(speedOf([usage], 1400).wallShare).toBe(2);
  });

  it('learns nothing about writing from a reply whose writing was not timed', () => {
    const label = { ...usage, completionTokens: 1, decodeMs: 0 };
    expect(speedOf([usage, label], 900)).toMatchObject({ decodeMs: 50, replyTokens: 5.5 });
  });

  it('takes what an engine does not tell for no time, and no figure for a number that is none', () => {
    const silent = { promptTokens: 10, cachedTokens: 10, completionTokens: 0, prefillMs: 0, decodeMs: 0 };
    expect(speedOf([silent], 5)).toEqual({ prefillMs: 0, decodeMs: 0, replyTokens: 0, wallShare: 1 });
  });
});
