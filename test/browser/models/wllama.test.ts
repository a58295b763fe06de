/** The CPU engine for real: llama.cpp in WebAssembly, with a model of random weights that the test makes itself. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import type { CompletionRequest, LanguageModel } from '../../../src/core/language-model.ts';
import type { LoadedEngine } from '../../../src/models/engine.ts';
import { engines } from '../../../src/models/engines.ts';
import type { LoadProgress } from '../../../src/models/spec.ts';
import { keepGgufFile } from '../../../src/models/wllama/dropped-files.ts';
import { startSession } from '../../../src/models/wllama/session.ts';
import { WllamaModel } from '../../../src/models/wllama/wllama-model.ts';
import { ModelClient, startModelWorker } from '../../../src/workers/model-client.ts';
import { endlessText, tinyGguf } from '../../fixtures/gguf/tiny-gguf.ts';
import { hostFile } from './fake-host.ts';

const url = 'https://models.example/tiny.gguf';
const spec = { engine: 'wllama', modelId: 'tiny', url } as const;
const request: CompletionRequest = {
  purpose: 'answer',
  system: 'Answer the question about the number with one word, and think about it first.',
  prompt: 'Is 7 even or odd?',
  maxTokens: 16,
  temperature: 0,
  seed: 1,
};

const loaded: LoadedEngine[] = [];

async function load(
  options: { url?: string; signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void } = {},
): Promise<LoadedEngine> {
  const { signal = new AbortController().signal, onProgress = () => undefined } = options;
  const engine = await engines.wllama.load(
    { ...spec, url: options.url ?? url },
    { world: null, signal, onProgress },
  );
  loaded.push(engine);
  return engine;
}

/** Outlives the test: the caller unloads it. */
async function loadDropped(bytes: Uint8Array<ArrayBuffer>): Promise<LoadedEngine> {
  const dropped = await keepGgufFile(new Blob([bytes]), 'tiny.gguf');
  const { signal } = new AbortController();
  return engines.wllama.load({ ...spec, url: dropped }, { world: null, signal, onProgress: () => undefined });
}

async function keptIds(): Promise<readonly string[]> {
  return (await engines.wllama.kept()).map((model) => model.modelId);
}

beforeEach(async () => {
  for (const id of await keptIds()) await engines.wllama.deleteKept(id);
});

afterEach(async () => {
  await Promise.all(loaded.splice(0).map((engine) => engine.unload()));
  vi.unstubAllGlobals();
});

describe('loading', () => {
  it('tells how the download goes on, and asks nobody the second time', async () => {
    const bytes = tinyGguf();
    const reports: LoadProgress[] = [];
    const host = hostFile(url, bytes, { pieces: 4 });
    const first = await load({ onProgress: (progress) => reports.push(progress) });
    expect(host.asked).toEqual([`HEAD ${url}`, `GET ${url}`]);
    expect(reports.filter(({ phase }) => phase === 'download').at(-1)).toMatchObject({
      loadedBytes: bytes.length,
      totalBytes: bytes.length,
    });
    expect(reports.map(({ share }) => share)).toEqual(reports.map(({ share }) => share).toSorted());
    expect(reports.at(-1)).toMatchObject({ phase: 'ready', share: 1 });
    expect(await engines.wllama.kept()).toEqual([{ modelId: url, bytes: bytes.length, complete: true }]);

    const second = await load();
    expect(host.asked).toHaveLength(2);
    expect(await second.model.complete(request)).toMatchObject({
      text: (await first.model.complete(request)).text,
    });
  });

  it('can be stopped during the download, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const gate = (piece: number): Promise<void> => {
      if (piece === 2) stop.abort();
      return Promise.resolve();
    };
    hostFile(url, tinyGguf(), { pieces: 4, gate });
    await expect(load({ signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(async () => expect(await keptIds()).toEqual([]));
    vi.unstubAllGlobals();
    hostFile(url, tinyGguf());
    expect((await load()).notes).toEqual(['on the processor, 1 thread']);
  });

  it.each([
    ['cut', tinyGguf().slice(0, 200_000)],
    ['no GGUF at all', new TextEncoder().encode('<!doctype html><title>Sign in</title>')],
  ])('refuses a file that is %s, and does not keep it', async (_, bytes) => {
    hostFile(url, bytes);
    await expect(load()).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(await keptIds()).toEqual([]);
  });

  it('says how much had come when a download breaks off', async () => {
    const bytes = tinyGguf();
    const gate = (piece: number): Promise<void> =>
      piece < 2 ? Promise.resolve() : Promise.reject(new TypeError('network error'));
    hostFile(url, bytes, { pieces: 4, gate });
    await expect(load()).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('broke off after') as string,
    });
    expect(await keptIds()).toEqual([]);
  });

  it('names the address that cannot be had', async () => {
    hostFile('https://models.example/other.gguf', tinyGguf());
    await expect(load()).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(/models\.example\/tiny\.gguf .*404/) as string,
    });
  });

  it('takes a file that was dropped onto the page', async () => {
    const dropped = await keepGgufFile(new Blob([tinyGguf()]), 'mine.gguf');
    const { model } = await load({ url: dropped });
    expect((await model.complete(request)).text).not.toBe('');
    expect(await keptIds()).toEqual([dropped]);
    await engines.wllama.deleteKept(dropped);
    await expect(load({ url: dropped })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a file of one’s own', () => {
  it('is another model when its weights are others, under the same name and of the same size', async () => {
    const [first, second] = [
      await loadDropped(tinyGguf({ seed: 1 })),
      await loadDropped(tinyGguf({ seed: 2 })),
    ];
    loaded.push(first, second);
    expect(second.model.identity.model).not.toBe(first.model.identity.model);
    const again = await loadDropped(tinyGguf({ seed: 1 }));
    loaded.push(again);
    expect(again.model.identity).toEqual(first.model.identity);
  });

  it('is not kept when it was cut', async () => {
    const half = new Blob([tinyGguf().slice(0, 200_000)]);
    await expect(keepGgufFile(half, 'half.gguf')).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('only the beginning') as string,
    });
    expect(await keptIds()).toEqual([]);
  });
});

describe('a loaded model', () => {
  let model: LanguageModel;
  let unload: () => Promise<void>;
  beforeAll(async () => {
    const engine = await loadDropped(tinyGguf({ bias: endlessText }));
    model = engine.model;
    unload = () => engine.unload();
  });
  afterAll(() => unload());

  it('answers, says what it cost, and ends where it is told to', async () => {
    const whole = await model.complete(request);
    expect(whole).toMatchObject({ finishReason: 'length', usage: { completionTokens: 16 } });
    expect(whole.usage.promptTokens).toBeGreaterThan(30);
    expect(whole.usage.prefillMs).toBeGreaterThan(0);
    expect(whole.usage.decodeMs).toBeGreaterThan(0);
    const stop = whole.text.slice(10, 14);
    const cut = await model.complete({ ...request, stop: [stop] });
    expect(cut).toMatchObject({ finishReason: 'stop', text: whole.text.slice(0, whole.text.indexOf(stop)) });
  });

  it('can be limited to labels, to a line, to a grammar', async () => {
    const choices = ['(A)', '"B"\n', 'Größe'];
    const label = await model.complete({ ...request, constraint: { kind: 'choice', choices } });
    expect(choices).toContain(label.text);
    const constraint = { kind: 'line', min: 5, max: 12 } as const;
    const line = await model.complete({ ...request, maxTokens: 64, constraint });
    expect(line.text).toMatch(/^[^\n\r`<>]{5,12}$/);
    const grammar = 'root ::= [0-9] " of " [0-9]';
    const counted = await model.complete({ ...request, constraint: { kind: 'grammar', grammar } });
    expect(counted.text).toMatch(/^\d of \d$/);
  });

  it('writes no further than to its answer, and answers the next request as ever', async () => {
    const before = await model.complete(request);
    const grammar = 'root ::= "Answer: " [a-z] "\\n" [a-z]{200}';
    const free = { ...request, maxTokens: 240, constraint: { kind: 'grammar', grammar } } as const;
    const whole = await model.complete(free);
    const ended = await model.complete({ ...free, until: 'answer-line' });
    expect(whole.usage.completionTokens).toBeGreaterThan(100);
    expect(ended.usage.completionTokens).toBeLessThan(40);
    expect(ended.usage.promptTokens).toBe(whole.usage.promptTokens);
    expect(ended).toMatchObject({ text: whole.text.slice(0, 'Answer: x'.length), finishReason: 'stop' });
    expect((await model.complete(request)).text).toBe(before.text);
  });

  it('refuses a wrong grammar and a prompt that is too long, and goes on', async () => {
    const before = await model.complete(request);
    const wrong = model.complete({ ...request, constraint: { kind: 'grammar', grammar: 'root ::= (' } });
    await expect(wrong).rejects.toMatchObject({ code: 'grammar-invalid' });
    const long = model.complete({ ...request, prompt: 'number '.repeat(3000) });
    await expect(long).rejects.toMatchObject({
      code: 'context-exceeded',
      message: expect.stringContaining('holds 2048') as string,
    });
    expect((await model.complete(request)).text).toBe(before.text);
  });

  it('stops a reply on request, and a request that waits for it', async () => {
    const before = await model.complete(request);
    const stop = createCancelSource();
    const long = model.complete({ ...request, prompt: 'number '.repeat(900), maxTokens: 1000 }, stop.token);
    const waiting = model.complete(request, stop.token);
    setTimeout(() => stop.cancel(), 30);
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect((await model.complete(request)).text).toBe(before.text);
  });

  it('answers more requests than it has room for, one after the other', async () => {
    const prompts = ['Is 1 even or odd?', 'Is 2 even or odd?', 'Is 3 even or odd?'];
    const together = await Promise.all(prompts.map((prompt) => model.complete({ ...request, prompt })));
    const alone = [];
    for (const prompt of prompts) alone.push(await model.complete({ ...request, prompt }));
    expect(together.map(({ text }) => text)).toEqual(alone.map(({ text }) => text));
  });

  it('draws by the seed when it is not greedy', async () => {
    const drawn = { ...request, temperature: 1, maxTokens: 24 };
    const [first, same, other] = [
      await model.complete({ ...drawn, seed: 4 }),
      await model.complete({ ...drawn, seed: 4 }),
      await model.complete({ ...drawn, seed: 5 }),
    ];
    expect(same.text).toBe(first.text);
    expect(other.text).not.toBe(first.text);
  });

  it('lets go of a reply when it is unloaded, and answers nothing afterwards', async () => {
    const engine = await loadDropped(tinyGguf({ bias: endlessText }));
    const underWay = engine.model.complete({ ...request, maxTokens: 1500 });
    const lost = expect(underWay).rejects.toMatchObject({ code: 'model-not-loaded' });
    await engine.unload();
    await lost;
    await expect(engine.model.complete(request)).rejects.toMatchObject({ code: 'model-not-loaded' });
  });
});

it('says the same with and without reusing the shared prefix', async () => {
  const session = await startSession([new Blob([tinyGguf()])], { threads: 1, contextWindow: 2048 });
  const options = { identity: { engine: 'wllama', model: 'tiny' } as const, contextWindow: 2048 };
  const plain = { ...session, note: () => undefined };
  const warm = new WllamaModel(plain, options);
  const chat: typeof session.chat = (asked, ...rest) =>
    session.chat({ ...asked, cache_prompt: false }, ...rest);
  const cold = new WllamaModel({ ...plain, chat }, options);
  const system = `${request.system} `.repeat(4);
  const asked = Array.from({ length: 10 }, (_, index) => {
    return { ...request, system, prompt: `Is ${index * 37} even or odd?` };
  });
  const fresh = [];
  for (const one of asked) fresh.push(await cold.complete(one));
  await warm.complete({ ...request, system, prompt: 'Is 5 even or odd?' });
  const reused = [];
  for (const one of asked) reused.push(await warm.complete(one));
  await session.end();

  expect(reused.map(({ text }) => text)).toEqual(fresh.map(({ text }) => text));
  expect(new Set(fresh.map(({ text }) => text)).size).toBeGreaterThan(5);
  for (const { usage } of fresh) expect(usage.cachedTokens).toBe(0);
  for (const { usage } of reused) expect(usage.cachedTokens).toBeGreaterThan(0.7 * usage.promptTokens);
});

it('runs in the model worker, where wllama starts another one', async () => {
  const client = new ModelClient({ startWorker: startModelWorker });
  const dropped = await keepGgufFile(new Blob([tinyGguf()]), 'tiny.gguf');
  const model = await client.load({ ...spec, url: dropped }, null, () => undefined);
  expect(model.identity.model).toContain('tiny');
  expect((await model.complete(request)).text).not.toBe('');
  client.dispose();
});
