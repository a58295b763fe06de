import { afterEach, describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { realEnvironment } from '../../../src/models/endpoint/environment.ts';
import { ServerNotes } from '../../../src/models/endpoint/server-notes.ts';
import type { Waiting } from '../../../src/models/waiting.ts';
import { startEndpointServer } from '../../fixtures/endpoint-server.ts';
import type { EndpointServer, ServerOptions } from '../../fixtures/endpoint-server.ts';
import { ask, endpointModel, quickEnvironment, retriesOnly } from './help.ts';

const servers: EndpointServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: ServerOptions = {}): Promise<EndpointServer> {
  const server = await startEndpointServer(options);
  servers.push(server);
  return server;
}

function containing(text: string): string {
  return expect.stringContaining(text) as string;
}

describe('a reply of an endpoint', () => {
  it('is the streamed text with the figures of the server', async () => {
    const model = endpointModel(await serve({ cachedTokens: 2 }));
    const { text, finishReason, usage } = await model.complete(ask('Count to five, please.'));
    expect({ text, finishReason }).toEqual({ text: 'one two three four five', finishReason: 'stop' });
    expect(usage).toMatchObject({ promptTokens: 4, cachedTokens: 2, completionTokens: 5 });
    expect(usage.prefillMs).toBeGreaterThan(0);
    expect(usage.decodeMs).toBeGreaterThanOrEqual(0);
  });

  it('does not depend on where the packets end, not even within a character', async () => {
    const model = endpointModel(await serve({ reply: () => 'grün 🌱 日本 done', writeBytes: 3 }));
    expect((await model.complete(ask())).text).toBe('grün 🌱 日本 done');
  });

  it('is read the same from a server that does not stream', async () => {
    const model = endpointModel(await serve({ streams: false }));
    const { text, usage } = await model.complete(ask());
    expect(text).toBe('one two three four five');
    expect(usage.completionTokens).toBe(5);
  });

  it('has estimated figures where the server sends none', async () => {
    const { usage } = await endpointModel(await serve({ sendsUsage: false })).complete(ask());
    expect(usage.promptTokens).toBeGreaterThan(2);
    expect(usage.completionTokens).toBeGreaterThan(4);
  });

  it('says when it was cut at the limit of tokens', async () => {
    const model = endpointModel(await serve());
    const completion = await model.complete(ask('', { prompt: 'Count.', maxTokens: 2 }));
    expect(completion).toMatchObject({ text: 'one two', finishReason: 'length' });
  });

  it('ends before a stop text, also before those the server was not told of', async () => {
    const server = await serve();
    const stop = ['v', 'w', 'x', 'y', 'four'];
    const { text } = await endpointModel(server).complete(ask('Count.', { stop: stop.slice(2) }));
    expect(text).toBe('one two three');
    const fifth = await endpointModel(server).complete(
      ask('Count.', { stop: ['a1', 'a2', 'a3', 'a4', 'three'] }),
    );
    expect(fifth).toMatchObject({ text: 'one two ', finishReason: 'stop' });
    expect(server.requests.at(-1)?.stop).toHaveLength(4);
  });

  it('is left when what follows the answer could change nothing, and the server may write no further', async () => {
    const chatter = Array.from({ length: 200 }, (_, i) => `and ${i}`).join(' ');
    const faults = [{ kind: 'stall', after: 20 }] as const;
    const server = await serve({ reply: () => `Answer: no\n${chatter}`, faults });
    const request = ask('Is it?', { until: 'answer-line', maxTokens: 500 });
    const { text, finishReason, usage } = await endpointModel(server).complete(request);
    expect({ text, finishReason }).toEqual({ text: 'Answer: no', finishReason: 'stop' });
    expect(usage.completionTokens).toBeLessThan(20);
    expect(server.requests).toHaveLength(1);
    await expect.poll(() => server.inFlight).toBe(0);
  });

  it('is asked for exactly as the port says', async () => {
    const server = await serve();
    await endpointModel(server).complete(ask('Q', { system: 'Be brief.', seed: 42, maxTokens: 9 }));
    expect(server.requests[0]).toEqual({
      model: 'tiny',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Q' },
      ],
      max_tokens: 9,
      temperature: 0,
      seed: 42,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('comes without thinking only when that is asked for', async () => {
    const server = await serve();
    await endpointModel(server, { thinking: 'off' }).complete(ask());
    expect(server.requests[0]?.['chat_template_kwargs']).toEqual({ enable_thinking: false });
  });
});

describe('requests in flight', () => {
  const many = (count: number): CompletionRequest[] =>
    Array.from({ length: count }, (_, n) => ask(`Item ${n}`));

  it('are as many as allowed, never more, and replies belong to their requests', async () => {
    const server = await serve({ reply: ({ messages }) => `re ${messages[0]?.content}`, gather: 8 });
    const model = endpointModel(server, { concurrency: 8 });
    const replies = await Promise.all(many(40).map((request) => model.complete(request)));
    expect(replies.map(({ text }) => text)).toEqual(many(40).map(({ prompt }) => `re ${prompt}`));
    expect(server.busiest).toBe(8);
  });

  it('are one at a time where one is allowed', async () => {
    const server = await serve({ paceMs: 1 });
    const model = endpointModel(server);
    await Promise.all(many(5).map((request) => model.complete(request)));
    expect(server.busiest).toBe(1);
  });
});

describe('a server in trouble', () => {
  it('is asked again after a growing pause when it is overloaded', async () => {
    const server = await serve({ faults: [429, 503, 500].map((status) => ({ kind: 'status', status })) });
    const environment = quickEnvironment();
    const { text } = await endpointModel(server, { environment }).complete(ask());
    expect(text).toBe('one two three four five');
    expect(environment.pauses).toEqual([500, 1000, 2000]);
  });

  it('is given the pause it asks for', async () => {
    const server = await serve({ faults: [{ kind: 'status', status: 429, retryAfter: '7' }] });
    const environment = quickEnvironment();
    await endpointModel(server, { environment }).complete(ask());
    expect(environment.pauses).toEqual([7000]);
  });

  it('is not waited for when the pause it asks for is too long', async () => {
    const server = await serve({ faults: [{ kind: 'status', status: 429, retryAfter: '3600' }] });
    await expect(endpointModel(server).complete(ask())).rejects.toMatchObject({
      code: 'endpoint-refused',
      message: containing('3600 seconds'),
    });
  });

  it('is given up after a few attempts', async () => {
    const server = await serve({
      faults: Array.from({ length: 9 }, () => ({ kind: 'status', status: 500, body: 'CUDA error' }) as const),
    });
    await expect(endpointModel(server).complete(ask())).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: containing('CUDA error'),
    });
    expect(server.requests).toHaveLength(6);
  });

  it('that cuts a reply in the middle is asked again: half a reply is none', async () => {
    const server = await serve({ faults: [{ kind: 'cut', after: 2 }] });
    expect((await endpointModel(server).complete(ask())).text).toBe('one two three four five');
    expect(server.requests).toHaveLength(2);
  });

  it('that sends nothing any more is left and asked again', async () => {
    const server = await serve({ faults: [{ kind: 'stall', after: 2 }] });
    const model = endpointModel(server, { stallMs: 100 });
    expect((await model.complete(ask())).text).toBe('one two three four five');
    expect(server.requests).toHaveLength(2);
  });

  it('that stays silent is reported as such', async () => {
    const server = await serve({
      faults: [
        { kind: 'stall', after: 0 },
        { kind: 'stall', after: 0 },
      ],
    });
    const model = endpointModel(server, { stallMs: 50, patience: retriesOnly(1) });
    await expect(model.complete(ask())).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('that reports a failure within the stream is asked again', async () => {
    const server = await serve({ faults: [{ kind: 'error-event', message: 'slot was lost' }] });
    expect((await endpointModel(server).complete(ask())).text).toBe('one two three four five');
  });

  it('that has gone is reported as unreachable, after attempts', async () => {
    const server = await serve();
    await server.close();
    const environment = quickEnvironment();
    await expect(endpointModel(server, { environment }).complete(ask())).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      message: containing('Nothing answers'),
    });
    const waited = environment.pauses.reduce((sum, ms) => sum + ms, 0);
    expect(environment.pauses.slice(0, 7)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000]);
    expect(waited).toBeGreaterThan(9 * 60_000);
    expect(waited).toBeLessThanOrEqual(10 * 60_000);
  });

  it('is waited for as long as it takes to start it anew, and the page is told what for', async () => {
    const server = await serve();
    let isAway = true;
    const told: (Waiting | null)[] = [];
    const environment = quickEnvironment();
    const notes = new ServerNotes((_, waiting) => told.push(waiting));
    const model = endpointModel(server, {
      notes,
      environment: {
        ...environment,
        fetch: (...args) => (isAway ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...args)),
        pause(ms, signal) {
          isAway = environment.pauses.length < 10;
          return environment.pause(ms, signal);
        },
      },
    });
    expect((await model.complete(ask())).text).toBe('one two three four five');
    expect(told.slice(0, 2)).toEqual([
      { what: 'the server does not answer', pauseMs: 1000 },
      { what: 'the server does not answer', pauseMs: 2000 },
    ]);
    expect(told.at(-1)).toBeNull();
  });

  it('that asks for a pause of minutes gets it, within the patience of a run', async () => {
    const server = await serve({ faults: [{ kind: 'status', status: 429, retryAfter: '120' }] });
    const environment = quickEnvironment();
    await endpointModel(server, { environment }).complete(ask());
    expect(environment.pauses).toEqual([120_000]);
  });

  it('whose account is empty is not asked again', async () => {
    const body = '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}';
    const server = await serve({ faults: [{ kind: 'status', status: 429, body }] });
    await expect(endpointModel(server).complete(ask())).rejects.toMatchObject({
      message: containing('on this account'),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('behind which a web page answers says that, and of an error page its title', async () => {
    const page = '<html><head><title>502 Bad Gateway</title></head></html>';
    const server = await serve({
      faults: Array.from({ length: 30 }, () => ({ kind: 'status', status: 500, body: page }) as const),
    });
    const failing = endpointModel(server, { patience: retriesOnly(0) }).complete(ask());
    await expect(failing).rejects.toMatchObject({ message: containing('(status 500): 502 Bad Gateway.') });
    const pages = await serve({ hasPages: true });
    const wrong = { ...pages, baseUrl: pages.baseUrl.replace('/v1', '/chat') };
    await expect(endpointModel(wrong).complete(ask())).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      message: containing('web page, not an API'),
    });
  });
});

describe('a refusal', () => {
  it('of the key names no key', async () => {
    const server = await serve({ key: 'right' });
    const model = endpointModel(server, { key: 'sk-secret' });
    const refusal: unknown = await model.complete(ask()).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ code: 'endpoint-key', message: containing('did not accept the key') });
    expect(String(refusal)).not.toContain('sk-secret');
    expect(server.headers[0]?.authorization).toBe('Bearer sk-secret');
  });

  it('never repeats the key, although the server does', async () => {
    const body = '{"detail":"Unknown field, sent with sk-secret"}';
    const server = await serve({ faults: [{ kind: 'status', status: 422, body }] });
    const refusal: unknown = await endpointModel(server, { key: 'sk-secret' })
      .complete(ask())
      .catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ code: 'endpoint-refused', message: containing('sent with [key]') });
  });

  it('without a key asks for one', async () => {
    const server = await serve({ key: 'right' });
    await expect(endpointModel(server).complete(ask())).rejects.toMatchObject({
      code: 'endpoint-key',
      message: containing('asks for a key'),
    });
  });

  it('of a prompt that is too long has its own code, and is not tried again', async () => {
    const server = await serve({ context: 10 });
    const model = endpointModel(server);
    await expect(model.complete(ask('word '.repeat(11)))).rejects.toMatchObject({ code: 'context-exceeded' });
    expect(server.requests).toHaveLength(1);
    expect((await model.complete(ask())).text).toBe('one two three four five');
  });

  it.each([
    [400, '{"error":{"message":"the request exceeds the available context size, try increasing it"}}'],
    [
      400,
      `{"message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"}`,
    ],
    [500, '{"error":{"code":500,"message":"context size exceeded","type":"exceed_context_size_error"}}'],
    [
      400,
      '{"error":"Trying to keep the first 5000 tokens when context the overflows. Context length of only 4096"}',
    ],
  ])('with status %i for the context is recognized in the words of other servers', async (status, body) => {
    const server = await serve({ faults: [{ kind: 'status', status, body }] });
    await expect(endpointModel(server).complete(ask())).rejects.toMatchObject({ code: 'context-exceeded' });
  });

  it('is spared a prompt that cannot fit: some servers would cut it and say nothing', async () => {
    const server = await serve();
    const model = endpointModel(server, { contextWindow: 100 });
    await expect(model.complete(ask('word '.repeat(200)))).rejects.toMatchObject({
      code: 'context-exceeded',
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe('cancelling', () => {
  it('closes the connection of a reply under way, and the model stays usable', async () => {
    const server = await serve({ faults: [{ kind: 'stall', after: 1 }] });
    const model = endpointModel(server);
    const source = createCancelSource();
    const reply = model.complete(ask(), source.token);
    await server.arrived(1);
    source.cancel();
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
    expect((await model.complete(ask())).text).toBe('one two three four five');
    await expect.poll(() => server.inFlight).toBe(0);
  });

  it('takes a waiting request out of the queue without asking the server', async () => {
    const server = await serve({ paceMs: 5 });
    const model = endpointModel(server);
    const source = createCancelSource();
    const first = model.complete(ask('first'));
    const second = model.complete(ask('second'), source.token);
    const third = model.complete(ask('third'));
    source.cancel();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    await Promise.all([first, third]);
    expect(server.requests.map(({ messages }) => messages[0]?.content)).toEqual(['first', 'third']);
  });

  it('ends the pause before another attempt', async () => {
    const server = await serve({ faults: [{ kind: 'status', status: 503 }] });
    const source = createCancelSource();
    const environment = {
      ...realEnvironment,
      pause: (_: number, signal: AbortSignal) => realEnvironment.pause(1e6, signal),
    };
    const reply = endpointModel(server, { environment }).complete(ask(), source.token);
    await server.arrived(1);
    source.cancel();
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
    expect(server.requests).toHaveLength(1);
  });
});
