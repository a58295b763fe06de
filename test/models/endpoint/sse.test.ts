import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData } from '../../../src/models/endpoint/sse.ts';

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function all(pieces: readonly Uint8Array[]): Promise<string[]> {
  const found: string[] = [];
  for await (const data of eventData(streamOf(pieces))) found.push(data);
  return found;
}

function read(...pieces: readonly string[]): Promise<string[]> {
  return all(pieces.map((piece) => new TextEncoder().encode(piece)));
}

describe('server-sent events', () => {
  it('are the data of each event, in order', async () => {
    expect(await read('data: one\n\ndata: two\n\n')).toEqual(['one', 'two']);
  });

  it('leave out comments, other fields and empty events', async () => {
    const text = ': keep-alive\n\nevent: message\nid: 7\ndata: one\n\n\n\nretry: 10\n\n';
    expect(await read(text)).toEqual(['one']);
  });

  it('need no space after the colon, and keep a second one', async () => {
    expect(await read('data:one\n\ndata:  two\n\n')).toEqual(['one', ' two']);
  });

  it('join several lines of data', async () => {
    expect(await read('data: {\ndata: }\n\n')).toEqual(['{\n}']);
  });

  it('count the last event although its empty line is missing', async () => {
    expect(await read('data: one\n\ndata: [DONE]')).toEqual(['one', '[DONE]']);
  });

  it('do not depend on where the pieces of the stream end', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
    const property = fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat(200), { maxLength: 8 }),
      async (texts, end, cuts) => {
        const bytes = new TextEncoder().encode(texts.map((text) => `data: ${text}${end}${end}`).join(''));
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
        expect(await all(pieces)).toEqual(texts);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});
