import { afterEach, describe, expect, it } from 'vitest';
import { normalBaseUrl } from '../../../src/models/endpoint/address.ts';
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
  ])('%s is used as %s', (typed, used) => {
    expect(normalBaseUrl(typed)).toBe(used);
  });

  it.each(['localhost:11434', '', 'ftp://host/v1', 'http://'])('“%s” is none', (typed) => {
    expect(() => normalBaseUrl(typed)).toThrow(/not the address of an endpoint/);
  });

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

  it('says that an address without the version is wrong', async () => {
    const server = await serve();
    const baseUrl = server.baseUrl.replace('/v1', '/v2');
    await expect(load(server, { baseUrl })).rejects.toMatchObject({
      code: 'endpoint-refused',
      message: containing('usually end with /v1'),
    });
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
