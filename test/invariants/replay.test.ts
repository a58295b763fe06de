import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { CompletionRequest } from '../../src/core/language-model.ts';
import { hash128 } from '../../src/core/hash.ts';
import { createMemoryStore } from '../../src/core/run/recorder.ts';
import { finish } from '../fixtures/collect.ts';
import { everyMethod, replyBySeed, replyingModel, smallRun } from '../fixtures/every-method.ts';
import { scriptedModel } from '../fixtures/scripted-model.ts';

const textOf = (request: CompletionRequest): string => JSON.stringify(request);

/** Between 0 and 4 ms after it was asked, by its text. */
async function lateReply(request: CompletionRequest): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, hash128(textOf(request))[0] % 5));
  return replyBySeed(request);
}

/** Early, late and in between: of all the calls of a run. */
function interruptions(calls: number): number[] {
  return [0, 0.2, 0.45, 0.7, 0.95].map((share) => Math.floor(share * (calls - 1)));
}

describe.each(everyMethod)('%s', (method) => {
  it('I1: resumed after an interruption at any call, ends like the uninterrupted run and repeats no call', async () => {
    const undisturbed = replyingModel();
    const whole = await finish(smallRun(method, { models: { task: undisturbed } }));
    for (const calls of interruptions(undisturbed.requests.length)) {
      const store = createMemoryStore();
      const answered: string[] = [];
      const dying = scriptedModel((request) => {
        if (answered.length >= calls) throw new AppError('device-lost', 'The graphics device was lost.');
        answered.push(textOf(request));
        return replyBySeed(request);
      });
      await expect(finish(smallRun(method, { models: { task: dying }, store }))).rejects.toThrow(
        'graphics device',
      );

      const model = replyingModel();
      const resumed = await finish(smallRun(method, { models: { task: model }, store }));
      expect(resumed.events).toEqual(whole.events);
      const again = new Set(model.requests.map(textOf));
      expect(answered.filter((request) => again.has(request))).toEqual([]);
    }
  });

  it('I2: has the same log with one request in flight and with eight', async () => {
    const one = await finish(smallRun(method));
    const eight = await finish(smallRun(method, { models: { task: replyingModel({ concurrency: 8 }) } }));
    expect(eight.events).toEqual(one.events);
  });

  it('I2: has it also when replies come late, in another order, and a cancelled one ends when it likes', async () => {
    const one = await finish(smallRun(method));
    const late = scriptedModel(lateReply, { concurrency: 8 });
    const eight = await finish(smallRun(method, { models: { task: late } }));
    expect(eight.events).toEqual(one.events);
  });
});
