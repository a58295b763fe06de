import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { createMemoryStore, withRecording } from '../../../src/core/run/recorder.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';

const request: CompletionRequest = {
  purpose: 'answer',
  system: 'Count.',
  prompt: 'One, two.',
  maxTokens: 16,
  temperature: 0,
  seed: 1,
};

/** Every call waits until it is let go. */
function waitingModel() {
  const waiting: (() => void)[] = [];
  const model = scriptedModel(async () => {
    await new Promise<void>((go) => waiting.push(go));
    return 'two';
  });
  const letGo = (): void => waiting.splice(0).forEach((go) => go());
  return { model, letGo };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('equal requests under way at once', () => {
  it('are asked once, and later ones not at all', async () => {
    const { model, letGo } = waitingModel();
    const recording = withRecording(model, createMemoryStore());
    const both = Promise.all([recording.complete(request), recording.complete(request)]);
    await soon();
    letGo();
    expect((await both).map(({ text }) => text)).toEqual(['two', 'two']);
    expect((await recording.complete(request)).text).toBe('two');
    expect(model.requests).toHaveLength(1);
  });

  it('are asked anew when the one that all wait for is called off', async () => {
    const { model, letGo } = waitingModel();
    const recording = withRecording(model, createMemoryStore());
    const leaving = createCancelSource();
    const first = recording.complete(request, leaving.token);
    const others = [recording.complete(request), recording.complete(request)];
    await soon();
    leaving.cancel();
    letGo();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await soon();
    letGo();
    expect((await Promise.all(others)).map(({ text }) => text)).toEqual(['two', 'two']);
    expect(model.requests).toHaveLength(2);
  });

  it('all fail when the engine does', async () => {
    const model = scriptedModel(() => Promise.reject(new Error('The engine broke.')));
    const recording = withRecording(model, createMemoryStore());
    const both = [recording.complete(request), recording.complete(request)];
    for (const one of both) await expect(one).rejects.toThrow('The engine broke.');
    expect(model.requests).toHaveLength(1);
  });
});
