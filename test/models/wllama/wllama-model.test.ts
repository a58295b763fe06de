import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { renewing } from '../../../src/models/wllama/renewing-session.ts';
import { WllamaModel } from '../../../src/models/wllama/wllama-model.ts';
import { FakeSession } from './fake-session.ts';

const request: CompletionRequest = {
  purpose: 'answer',
  system: 'Sort.',
  prompt: 'b a',
  maxTokens: 16,
  temperature: 0,
  seed: 5,
};

function modelOn(session: FakeSession): WllamaModel {
  const chat = renewing(session, () => Promise.resolve(session));
  return new WllamaModel(chat, { identity: { engine: 'wllama', model: 'm' }, contextWindow: 2048 });
}

describe('wllama behind the port', () => {
  it('gives the text, how it ended, and what it cost', async () => {
    expect(await modelOn(new FakeSession()).complete(request)).toEqual({
      text: 'the reply',
      finishReason: 'stop',
      usage: { promptTokens: 30, cachedTokens: 20, completionTokens: 2, prefillMs: 50, decodeMs: 8 },
    });
  });

  it('writes no further than to the line that gives the answer, and says what that cost', async () => {
    const pieces = ['Answer', ': no', '\n', 'Because', ' it', ' is'];
    const completion = await modelOn(new FakeSession({ pieces })).complete({
      ...request,
      until: 'answer-line',
    });
    expect(completion).toMatchObject({ text: 'Answer: no', finishReason: 'stop' });
    expect(completion.usage).toMatchObject({ promptTokens: 30, completionTokens: 3, decodeMs: 12 });
  });

  it('writes no further once a single choice is left', async () => {
    const session = new FakeSession({ pieces: ['not', ' the', ' same'] });
    const constraint = { kind: 'choice', choices: ['not the same', 'same'] } as const;
    const completion = await modelOn(session).complete({ ...request, constraint });
    expect(completion).toMatchObject({ text: 'not the same', finishReason: 'stop' });
    expect(completion.usage).toMatchObject({ completionTokens: 1, decodeMs: 0 });
  });

  it('asks greedily at temperature 0, and with the seed otherwise', async () => {
    const session = new FakeSession();
    const model = modelOn(session);
    await model.complete(request);
    await model.complete({ ...request, temperature: 0.8 });
    expect(session.requests[0]).toMatchObject({ temperature: 0, top_k: 1, max_tokens: 16 });
    expect(session.requests[1]).toMatchObject({ temperature: 0.8, seed: 5 });
    expect(session.requests[1]).not.toHaveProperty('top_k');
  });

  it('never sends the one seed that llama.cpp takes as "another each time"', async () => {
    const session = new FakeSession();
    const model = modelOn(session);
    for (const seed of [0xff_ff_ff_ff, 0xff_ff_ff_ff + 3, -1]) await model.complete({ ...request, seed });
    expect(session.requests.map(({ seed }) => seed)).toEqual([0, 2, 0]);
  });

  it('leaves out an empty system text, so that the template keeps its own', async () => {
    const session = new FakeSession();
    await modelOn(session).complete({ ...request, system: '' });
    expect(session.requests[0]?.messages).toEqual([{ role: 'user', content: 'b a' }]);
  });

  it('sends one request at a time, however many there are', async () => {
    const session = new FakeSession();
    const model = modelOn(session);
    await Promise.all([1, 2, 3, 4].map(() => model.complete(request)));
    expect(session.requests).toHaveLength(4);
    expect(session.mostUnderWay).toBe(1);
  });

  it('goes on after a request that failed', async () => {
    const session = new FakeSession({ rejects: new Error('Failed to initialize samplers') });
    const model = modelOn(session);
    await expect(model.complete(request)).rejects.toMatchObject({ code: 'grammar-invalid' });
    session.script = {};
    expect((await model.complete(request)).text).toBe('the reply');
  });

  it('does not begin what was cancelled while it waited', async () => {
    const session = new FakeSession();
    const model = modelOn(session);
    const cancel = createCancelSource();
    const first = model.complete(request);
    const waiting = expect(model.complete(request, cancel.token)).rejects.toMatchObject({
      code: 'cancelled',
    });
    cancel.cancel();
    await Promise.all([first, waiting]);
    expect(session.requests).toHaveLength(1);
  });

  it('takes a reply that does not say how it ended for a failure', async () => {
    const model = modelOn(new FakeSession({ finish: null }));
    await expect(model.complete(request)).rejects.toMatchObject({ code: 'engine-failed' });
  });

  it.each([[new Event('error')], [undefined], ['text'], [{ message: 'an object' }]])(
    'makes an error of whatever is thrown',
    async (rejects) => {
      const model = modelOn(new FakeSession({ rejects }));
      await expect(model.complete(request)).rejects.toMatchObject({
        name: 'AppError',
        code: 'engine-failed',
      });
    },
  );
});
