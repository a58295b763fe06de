import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../src/core/cancel.ts';
import { AppError } from '../../src/core/errors.ts';
import type { CompletionRequest, LanguageModel } from '../../src/core/language-model.ts';
import { Gate, pausable } from '../../src/workers/pausable-model.ts';
import type { Waiting } from '../../src/models/waiting.ts';
import { impatient } from '../../src/workers/impatient-model.ts';
import { scriptedModel } from '../fixtures/scripted-model.ts';
import { ManualTimers } from './manual-timers.ts';

const request: CompletionRequest = {
  purpose: 'answer',
  system: '',
  prompt: 'hello',
  maxTokens: 8,
  temperature: 0,
  seed: 1,
};
const silent = (): void => undefined;
const turn = (): Promise<void> => new Promise(setImmediate);

/** Waits for its server until it is told to answer, or called off. */
function waitingModel() {
  const state = { isAway: true, asked: 0 };
  const answering = scriptedModel(() => 'here');
  const model: LanguageModel = {
    ...answering,
    complete(asked, cancel) {
      state.asked += 1;
      if (!state.isAway) return answering.complete(asked, cancel);
      return new Promise((_, reject) => {
        cancel?.onCancel(() => reject(new AppError('cancelled', 'Stopped on request.')));
      });
    },
  };
  return { model, state, isWaiting: () => state.isAway };
}

/** A reply that comes, or fails, when the test says so. */
function heldReply() {
  let resolve: (text: string) => void = silent;
  let reject: (reason: Error) => void = silent;
  const promise = new Promise<string>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

describe('a pause', () => {
  it('calls off what waits for a server, and asks it again afterwards', async () => {
    const { model, state, isWaiting } = waitingModel();
    const gate = new Gate();
    const reply = pausable(model, gate, silent, isWaiting).complete(request);
    await turn();
    gate.close();
    await turn();
    expect(state.asked).toBe(1);
    state.isAway = false;
    gate.open();
    expect((await reply).text).toBe('here');
    expect(state.asked).toBe(2);
  });

  it('that is over at once asks again all the same', async () => {
    const { model, state, isWaiting } = waitingModel();
    const gate = new Gate();
    const reply = pausable(model, gate, silent, isWaiting).complete(request);
    await turn();
    gate.close();
    gate.open();
    state.isAway = false;
    expect((await reply).text).toBe('here');
  });

  it('lets a reply under way come to its end', async () => {
    const end = heldReply();
    const gate = new Gate();
    const reply = pausable(
      scriptedModel(() => end.promise),
      gate,
      silent,
    ).complete(request);
    await turn();
    gate.close();
    end.resolve('whole');
    expect((await reply).text).toBe('whole');
  });

  it('keeps what the server fails with meanwhile from ending the run', async () => {
    const end = heldReply();
    let asked = 0;
    const gate = new Gate();
    const model = scriptedModel(() => (asked++ === 0 ? end.promise : 'second'));
    const reply = pausable(model, gate, silent).complete(request);
    await turn();
    gate.close();
    end.reject(new AppError('endpoint-unreachable', 'Nothing answers.'));
    await turn();
    gate.open();
    expect((await reply).text).toBe('second');
  });

  it('does not hold what is cancelled', async () => {
    const { model, isWaiting } = waitingModel();
    const gate = new Gate();
    const source = createCancelSource();
    const reply = pausable(model, gate, silent, isWaiting).complete(request, source.token);
    await turn();
    source.cancel();
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a trial', () => {
  it('gives up what waits for a server, and says what it would have to wait for', async () => {
    const timers = new ManualTimers();
    const { model } = waitingModel();
    const waiting = { what: 'the server does not answer', pauseMs: 8000 };
    const reply = impatient(model, () => waiting, timers).complete(request);
    for (let seconds = 0; seconds < 12; seconds += 2) timers.advance(2000);
    await expect(reply).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      message: 'The server does not answer. Look at the server, then try again.',
    });
    expect(timers.pending).toBe(0);
  });

  it('lasts as long as it takes where nothing is waited for', async () => {
    const timers = new ManualTimers();
    const { model, state } = waitingModel();
    let waiting: Waiting | null = { what: 'the server asks to wait (429)', pauseMs: 1000 };
    const cancelled = createCancelSource();
    const reply = impatient(model, () => waiting, timers).complete(request, cancelled.token);
    timers.advance(8000);
    waiting = null;
    for (let seconds = 0; seconds < 60; seconds += 2) timers.advance(2000);
    expect(state.asked).toBe(1);
    cancelled.cancel();
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
  });
});
