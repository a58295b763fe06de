import { afterAll } from 'vitest';
import type { Subject } from '../../../src/models/conformance/check.ts';
import { engines } from '../../../src/models/engines.ts';
import { startEndpointServer } from '../../fixtures/endpoint-server.ts';
import type { ChatRequest, EndpointServer, ServerOptions } from '../../fixtures/endpoint-server.ts';
import { conformance } from './suite.ts';

const servers: EndpointServer[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

/** Long enough to be cut, and different for every request. */
function reply({ messages }: ChatRequest): string {
  const prompt = messages.at(-1)?.content ?? '';
  return Array.from({ length: 60 }, (_, index) => `${prompt.slice(0, 12).trim()}-${index}`).join(' and ');
}

/** Only a long story takes long: long enough to be cancelled in the making. */
function paceMs({ max_tokens }: ChatRequest): number {
  return (max_tokens ?? 0) > 100 ? 300 : 1;
}

async function load(concurrency: number, options: ServerOptions): Promise<Subject> {
  const server = await startEndpointServer({ reply, context: 4096, paceMs, ...options });
  servers.push(server);
  const spec = { engine: 'endpoint', baseUrl: server.baseUrl, model: 'tiny', concurrency } as const;
  const signal = new AbortController().signal;
  const loaded = await engines.endpoint.load(spec, { world: null, onProgress: () => undefined, signal });
  return { model: loaded.model, unload: () => loaded.unload(), busiest: () => server.busiest };
}

const skipped = ['choice', 'line', 'answer-line'];

conformance('An endpoint with one request in flight', () => load(1, {}), { skipped });
conformance('An endpoint with eight requests in flight', () => load(8, {}), { skipped });
conformance('An endpoint without usage figures', () => load(4, { sendsUsage: false }), {
  skipped,
});
conformance('An endpoint that does not stream', () => load(4, { streams: false }), { skipped });
