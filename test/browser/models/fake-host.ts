/** Stands in for the server a model is downloaded from, by replacing the page's `fetch`. Counts what is asked of it. */
import { vi } from 'vitest';

export interface FakeHost {
  readonly asked: readonly string[];
}

/** @param pieces how many parts the body comes in; each waits for `gate` first */
export function hostFile(
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  {
    pieces = 1,
    gate = () => Promise.resolve(),
  }: { pieces?: number; gate?: (piece: number) => Promise<void> } = {},
): FakeHost {
  const asked: string[] = [];
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init: RequestInit = {}) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!address.startsWith(new URL(url).origin)) return real(input, init);
    asked.push(`${init.method ?? 'GET'} ${address}`);
    if (address !== url) return Promise.resolve(new Response('not found', { status: 404 }));
    const headers = { 'content-length': String(bytes.length) };
    if (init.method === 'HEAD') return Promise.resolve(new Response(null, { headers }));
    return Promise.resolve(new Response(bodyOf(bytes, pieces, gate, init.signal), { headers }));
  });
  return { asked };
}

function bodyOf(
  bytes: Uint8Array<ArrayBuffer>,
  pieces: number,
  gate: (piece: number) => Promise<void>,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const size = Math.ceil(bytes.length / pieces);
  let piece = 0;
  return new ReadableStream({
    start(controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
    async pull(controller) {
      await gate(piece);
      if (signal?.aborted) return;
      controller.enqueue(bytes.slice(piece * size, (piece + 1) * size));
      piece += 1;
      if (piece === pieces) controller.close();
    },
  });
}
