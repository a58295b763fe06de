import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../src/core/language-model.ts';
import { costed } from '../../src/models/cost-model.ts';
import { scriptedModel } from '../fixtures/scripted-model.ts';

const request = (system: string, prompt: string): CompletionRequest => ({
  purpose: 'answer',
  system,
  prompt,
  maxTokens: 8,
  temperature: 0,
  seed: 0,
});
const instruction = 'i'.repeat(400); // 100 tokens
const costs = { prefillMs: 10, decodeMs: 100 };

describe('the cost model', () => {
  it('adds up what reading and writing take, for every request anew', async () => {
    const { model, ms } = costed(
      scriptedModel(() => 'four'),
      costs,
      false,
    );
    await model.complete(request(instruction, 'abcd'));
    expect(ms()).toBe(101 * 10 + 100);
    await model.complete(request(instruction, 'abcd'));
    expect(ms()).toBe(2 * (101 * 10 + 100));
  });

  it('reads only what differs from the request before, where the engine keeps the beginning', async () => {
    const { model, ms } = costed(
      scriptedModel(() => 'four'),
      costs,
      true,
    );
    const first = await model.complete(request(instruction, 'abcd'));
    expect(first.usage.cachedTokens).toBe(0);
    const before = ms();
    const second = await model.complete(request(instruction, 'wxyz'));
    expect(second.usage).toMatchObject({ promptTokens: 101, cachedTokens: 100 });
    expect(ms() - before).toBe(10 + 100);
  });

  it('reads at least one token of every prompt', async () => {
    const { model } = costed(
      scriptedModel(() => 'four'),
      costs,
      true,
    );
    await model.complete(request(instruction, 'abcd'));
    expect((await model.complete(request(instruction, 'abcd'))).usage.cachedTokens).toBe(100);
  });

  it('takes answers to be as long as it is told, and leaves what is proposed as it is', async () => {
    const { model } = costed(
      scriptedModel(() => 'four'),
      { ...costs, answerTokens: 50 },
      false,
    );
    const answer = await model.complete(request('', 'abcd'));
    const proposal = await model.complete({ ...request('', 'abcd'), purpose: 'propose' });
    expect([answer.usage.completionTokens, proposal.usage.completionTokens]).toEqual([50, 1]);
  });

  it('gives proposals their own speed, and another model a cache of its own', async () => {
    const proposals = { prefillMs: 1, decodeMs: 1, isOtherModel: false };
    const asked = request(instruction, 'abcd');
    const costOf = async (isOtherModel: boolean): Promise<number> => {
      const given = { ...costs, proposals: { ...proposals, isOtherModel } };
      const { model, ms } = costed(
        scriptedModel(() => 'four'),
        given,
        true,
      );
      await model.complete(asked);
      const before = ms();
      await model.complete({ ...asked, purpose: 'propose' });
      return ms() - before;
    };
    expect(await costOf(false)).toBe(1 + 1);
    expect(await costOf(true)).toBe(101 + 1);
  });
});
