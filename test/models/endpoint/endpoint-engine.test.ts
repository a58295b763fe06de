import { afterEach, describe, expect, it } from 'vitest';
import { normalBaseUrl } from '../../../src/models/endpoint/address.ts';
import { askForModels } from '../../../src/models/endpoint/ask-for-models.ts';
import { loadEndpoint } from '../../../src/models/endpoint/endpoint-engine.ts';
import { unreachable } from '../../../src/models/endpoint/unreachable.ts';
import type { EndpointSpec } from '../../../src/models/spec.ts';
import { startEndpointServer } from '../../fixtures/endpoint-server.ts';
import type { EndpointServer, ServerOptions } from '../../fixtures/endpoint-server.ts';
import { ask, quickEnvironment } from './help.ts';

const servers: EndpointServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: ServerOptions = {}): Promise<EndpointServer> {
  const server = await startEndpointServer(options);
  servers.push(server);
  return server;
}

function load(
  server: EndpointServer,
  more: Partial<EndpointSpec> = {},
  key: string | null = null,
  signal?: AbortSignal,
) {
  const spec = {
    engine: 'endpoint',
    baseUrl: server.baseUrl,
    model: 'tiny',
    concurrency: 2,
    ...more,
  } as const;
  const context = {
    world: null,
    key,
    onProgress: () => undefined,
    signal: signal ?? new AbortController().signal,
  };
  return loadEndpoint(spec, context, quickEnvironment());
}

function containing(text: string): string {
  return expect.stringContaining(text) as string;
}

describe('the address of an endpoint', () => {
  it.each([
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    [' http://localhost:11434/ ', 'http://localhost:11434/v1'],
    ['https://host.example/api/v1/', 'https://host.example/api/v1'],
    ['http://localhost:8000/v1/chat/completions', 'http://localhost:8000/v1'],
    ['http://localhost:8000/v1/models', 'http://localhost:8000/v1'],
    ['localhost:11434', 'http://localhost:11434/v1'],
    ['localhost:8099/v1', 'http://localhost:8099/v1'],
    ['192.168.1.20:8000', 'http://192.168.1.20:8000/v1'],
    ['[::1]:8000', 'http://[::1]:8000/v1'],
    ['gpu-box:8000/v1', 'http://gpu-box:8000/v1'],
    ['gpu.local:8000', 'http://gpu.local:8000/v1'],
    ['api.host.example/v1', 'https://api.host.example/v1'],
    ['172.32.0.1', 'https://172.32.0.1/v1'],
  ])('%s is used as %s', (typed, used) => {
    expect(normalBaseUrl(typed)).toBe(used);
  });

  it.each(['ollama', '', 'ftp://host/v1', 'http://', 'http:/localhost', 'two words.'])(
    '“%s” is none',
    (typed) => {
      expect(() => normalBaseUrl(typed)).toThrow(/not the address of an endpoint/);
    },
  );

  it('must not hold a key: addresses are stored and shown', () => {
    expect(() => normalBaseUrl('https://user:sk-secret@host.example/v1')).toThrow(/own field/);
    expect(() => normalBaseUrl('https://user:sk-secret@host.example/v1')).not.toThrow(/sk-secret/);
  });
});

describe('loading an endpoint', () => {
  it('gives a model that says what it found out', async () => {
    const { model, notes } = await load(await serve());
    expect(model).toMatchObject({
      identity: { engine: 'endpoint', model: containing('tiny at http://127.0.0.1') },
      concurrency: 2,
      contextWindow: 4096,
      capabilities: { constraints: false, exactUsage: true },
    });
    expect(notes).toContain('2 requests in flight');
  });

  it('has no more requests in flight than a browser opens connections for', async () => {
    const { baseUrl } = await serve();
    const spec = { engine: 'endpoint', baseUrl, model: 'tiny', concurrency: 64 } as const;
    const context = { world: null, onProgress: () => undefined, signal: new AbortController().signal };
    const inBrowser = { ...quickEnvironment(), origin: 'http://localhost:4173' };
    const { model, notes } = await loadEndpoint(spec, context, inBrowser);
    expect(model.concurrency).toBe(6);
    expect(notes[0]).toContain('6 requests in flight instead of 64');
    const { model: elsewhere } = await loadEndpoint(spec, context, quickEnvironment());
    expect(elsewhere.concurrency).toBe(64);
  });

  it('notices a server that sends no usage figures', async () => {
    const { model } = await load(await serve({ sendsUsage: false }));
    expect(model.capabilities.exactUsage).toBe(false);
  });

  it('has the same identity whatever the number of requests in flight, so that recorded replies hold', async () => {
    const server = await serve();
    const one = await load(server, { concurrency: 1 });
    const eight = await load(server, { concurrency: 8 });
    expect(eight.model.identity).toEqual(one.model.identity);
  });

  it('names the models there are when the one asked for is not among them', async () => {
    const server = await serve({ models: ['llama3.2:1b', 'qwen3:4b'] });
    await expect(load(server, { model: 'gpt-4' })).rejects.toMatchObject({
      code: 'endpoint-refused',
      message: containing('llama3.2:1b, qwen3:4b'),
    });
    expect(server.requests).toHaveLength(0);
  });

  it('takes a name without its tag, as Ollama does', async () => {
    const server = await serve({ models: ['tiny:latest'] });
    await expect(load(server)).resolves.toBeDefined();
  });

  it('refuses a wrong key before the run begins', async () => {
    const server = await serve({ key: 'right' });
    await expect(load(server, {}, 'wrong')).rejects.toMatchObject({ code: 'endpoint-key' });
    await expect(load(server, {}, 'right')).resolves.toBeDefined();
  });

  it('says at once that nothing answers', async () => {
    const server = await serve();
    await server.close();
    await expect(load(server)).rejects.toMatchObject({ code: 'endpoint-unreachable' });
  });

  it('names the address where the API is, when another one was entered', async () => {
    const server = await serve();
    const baseUrl = server.baseUrl.replace('/v1', '/v2');
    await expect(load(server, { baseUrl })).rejects.toMatchObject({
      code: 'invalid-option',
      message: containing(`answers at ${server.baseUrl}`),
    });
  });

  it('says that an address without the version is wrong where it finds no other', async () => {
    const server = await serve();
    const nowhere = { ...quickEnvironment(), fetch: refusesAll };
    const { signal } = new AbortController();
    const spec = { engine: 'endpoint', baseUrl: server.baseUrl, model: 'tiny', concurrency: 1 } as const;
    const loading = loadEndpoint(spec, { world: null, onProgress: () => undefined, signal }, nowhere);
    await expect(loading).rejects.toMatchObject({
      code: 'endpoint-refused',
      message: containing('usually end with /v1'),
    });
  });

  it('gives a server that loads its model a minute, and says so meanwhile', async () => {
    const server = await serve({
      faults: [503, 503, 503].map((status) => ({ kind: 'status', status, body: 'Loading model' })),
    });
    const told: string[] = [];
    const environment = quickEnvironment();
    const { signal } = new AbortController();
    const spec = { engine: 'endpoint', baseUrl: server.baseUrl, model: 'tiny', concurrency: 1 } as const;
    const onProgress = ({ text }: { text: string }): void => void told.push(text);
    await loadEndpoint(spec, { world: null, onProgress, signal }, environment);
    expect(environment.pauses).toEqual([500, 1000, 2000]);
    expect(told).toContainEqual(containing('the server is loading its model (503); trying again in 2 s'));
    expect(told.at(-1)).toBe('Asking the model for a first word');
  });

  it('can be stopped', async () => {
    const controller = new AbortController();
    const server = await serve({ faults: [{ kind: 'stall', after: 0 }] });
    const loading = load(server, {}, null, controller.signal);
    await server.arrived(1);
    controller.abort();
    await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends with unloading: what is under way is cancelled, and nothing is asked any more', async () => {
    const server = await serve();
    const loaded = await load(server);
    const { model } = loaded;
    server.fail({ kind: 'stall', after: 0 });
    const reply = model.complete(ask());
    await server.arrived(2);
    await loaded.unload();
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
    await expect(model.complete(ask())).rejects.toMatchObject({ code: 'model-not-loaded' });
  });
});

const refusesAll: typeof fetch = () =>
  Promise.resolve(new Response('{"detail":"Not Found"}', { status: 404 }));

describe('asking an address for its models', () => {
  const at = (baseUrl: string, key: string | null = null) =>
    askForModels({ baseUrl, key, model: '' }, quickEnvironment());

  it('lists them', async () => {
    const { baseUrl } = await serve({ models: ['one', 'two'] });
    expect((await at(baseUrl)).map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('says that a web page answers, and where the API is', async () => {
    const { baseUrl } = await serve({ hasPages: true });
    const page = baseUrl.replace('/v1', '/chat');
    await expect(at(page)).rejects.toMatchObject({
      message: `This address answers with a web page, not an API: ${page}. An API answers at ${baseUrl}: enter that.`,
    });
  });

  it('says what to do about a web page where it finds no API', async () => {
    const environment = {
      ...quickEnvironment(),
      fetch: () => Promise.resolve(new Response('<!DOCTYPE html><title>Hi</title>')),
    };
    const asking = askForModels({ baseUrl: 'http://host.example/v1', key: null, model: '' }, environment);
    await expect(asking).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      message: containing('web page, not an API'),
    });
  });

  it('sends the key to the address it belongs to, and nowhere else', async () => {
    const server = await serve({ key: 'right' });
    const wrong = server.baseUrl.replace('/v1', '/v2');
    await expect(at(wrong, 'right'))
      .rejects.toMatchObject({ message: containing('asks') })
      .catch(() => undefined);
    const sent = server.headers.map(({ authorization }) => authorization).filter((one) => one !== undefined);
    expect(sent).toEqual(['Bearer right']);
  });

  it('takes a server that keeps no list for one', async () => {
    const environment = { ...quickEnvironment(), fetch: refusesAll };
    const asking = askForModels({ baseUrl: 'http://host.example/v1', key: null, model: '' }, environment);
    await expect(asking).resolves.toEqual([]);
  });
});

describe('a server that does not take the usual request', () => {
  const unknown = (field: string) => (request: object) =>
    field in request ? `Unrecognized request argument supplied: ${field}` : null;

  it.each(['seed', 'stream_options', 'stop', 'temperature'])(
    'for its %s is asked without, from then on, and the notes say so',
    async (field) => {
      const server = await serve({ refuses: unknown(field) });
      const { model, notes } = await load(server);
      expect(notes.join()).toContain(`takes no ${field === 'stop' ? 'stop texts' : field}`);
      const before = server.requests.length;
      const { text } = await model.complete(ask('Count.', { stop: ['four'] }));
      expect(text.trim()).toBe('one two three');
      expect(server.requests).toHaveLength(before + 1);
    },
  );

  it('for the name of the length is told it by the newer one', async () => {
    const server = await serve({
      refuses: ({ max_tokens }) =>
        max_tokens === undefined
          ? null
          : "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    });
    const { model, notes } = await load(server);
    expect(notes.join()).toContain('max_completion_tokens');
    const completion = await model.complete(ask('Count.', { maxTokens: 2 }));
    expect(completion).toMatchObject({ text: 'one two', finishReason: 'length' });
  });

  it('for several fields loses one after the other', async () => {
    const refused = ['seed', 'stop', 'temperature'];
    const server = await serve({
      refuses: (request) => {
        const field = refused.find((one) => one in request);
        return field === undefined
          ? null
          : `Unsupported value: '${field}' does not support 0 with this model.`;
      },
    });
    const { notes } = await load(server);
    expect(notes.filter((note) => note.startsWith('the server takes no'))).toHaveLength(3);
  });

  it('is asked again for every reply that was in flight when it refused, and tells the page', async () => {
    let isStrict = false;
    const refuses = (request: object) =>
      isStrict && 'seed' in request
        ? '[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]'
        : null;
    const server = await serve({ refuses });
    const told: (readonly string[])[] = [];
    const context = {
      world: null,
      onProgress: () => undefined,
      onNotes: (notes: readonly string[]): void => void told.push(notes),
      signal: new AbortController().signal,
    };
    const spec = { engine: 'endpoint', baseUrl: server.baseUrl, model: 'tiny', concurrency: 4 } as const;
    const { model } = await loadEndpoint(spec, context, quickEnvironment());
    isStrict = true;
    const replies = await Promise.all([1, 2, 3].map((n) => model.complete(ask(`Item ${n}`))));
    expect(replies.map(({ text }) => text)).toEqual(
      Array.from({ length: 3 }, () => 'one two three four five'),
    );
    expect(told).toEqual([expect.arrayContaining(['the server takes no seed'])]);
  });

  it('for a value that is the person’s to correct says so, and is not asked again', async () => {
    const server = await serve();
    const { model } = await load(server);
    const message = 'max_tokens is too large: 100000. This model supports at most 4096 completion tokens.';
    server.fail({ kind: 'status', status: 400, body: JSON.stringify({ error: { message } }) });
    await expect(model.complete(ask())).rejects.toMatchObject({
      code: 'endpoint-refused',
      message: containing('too large'),
    });
  });

  it('because thoughts left no room for a reply has given an empty one', async () => {
    const message = 'Could not finish the message because max_tokens or model output limit was reached.';
    const server = await serve();
    const { model } = await load(server);
    server.fail({ kind: 'status', status: 400, body: JSON.stringify({ error: { message } }) });
    expect(await model.complete(ask())).toMatchObject({ text: '', finishReason: 'length' });
  });
});

describe('a server that cannot be reached', () => {
  const fails: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  /** As a browser does: the answer cannot be read, but it is there. */
  const isThere: typeof fetch = (_, options) =>
    options?.mode === 'no-cors' ? Promise.resolve(Response.error()) : fails('');

  it('does not run, when not even an unreadable answer comes', async () => {
    const error = await unreachable('http://localhost:11434/v1', {
      fetch: fails,
      origin: 'http://localhost:4173',
    });
    expect(error.message).toContain('Nothing answers at http://localhost:11434/v1');
  });

  it('does not allow this page, when it answers a request that needs no permission', async () => {
    const error = await unreachable('http://localhost:11434/v1', {
      fetch: isThere,
      origin: 'https://page.example',
    });
    expect(error.message).toContain('CORS');
    expect(error.message).toContain('OLLAMA_ORIGINS=https://page.example');
  });

  it('is asked by plain http for a hint, when https gets no answer', async () => {
    const plainOnly: typeof fetch = (url, options) =>
      typeof url === 'string' && url.startsWith('http:') ? isThere(url, options) : fails(url);
    const reach = { fetch: plainOnly, origin: 'http://localhost:4173' };
    const error = await unreachable('https://localhost:8099/v1', reach);
    expect(error.message).toContain('enter http://localhost:8099/v1');
    const far = await unreachable('https://host.example/v1', {
      fetch: fails,
      origin: 'http://localhost:4173',
    });
    expect(far.message).not.toContain('plain http');
  });

  it('is out of reach on this machine for a page that came by plain http from another one', async () => {
    const origin = 'http://192.168.1.20:4173';
    const near = await unreachable('http://localhost:11434/v1', { fetch: fails, origin });
    expect(near.message).toMatch(/open it by https .* the server’s address in your network/);
    const beside = await unreachable('http://192.168.1.20:11434/v1', { fetch: fails, origin });
    expect(beside.message).not.toContain('plain http');
  });

  it('is not asked by a secure page when it is on another machine without https', async () => {
    const error = await unreachable('http://gpu.example:8000/v1', {
      fetch: fails,
      origin: 'https://page.example',
    });
    expect(error.message).toContain('https');
    expect(error.message).toContain('plain http address on another machine');
  });

  it('may be asked by a secure page when it is on this machine', async () => {
    const reach = { fetch: fails, origin: 'https://page.example' };
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect((await unreachable(`http://${host}:11434/v1`, reach)).message).toContain('Nothing answers');
    }
  });
});
