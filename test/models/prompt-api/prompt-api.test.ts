import { describe, expect, it } from 'vitest';
import { engines } from '../../../src/models/engines.ts';
import { loadPromptApi } from '../../../src/models/prompt-api/prompt-engine.ts';
import type { LoadProgress } from '../../../src/models/spec.ts';
import { conformance } from '../conformance/suite.ts';
import { fakeApi } from './fake-api.ts';
import type { FakeApi } from './fake-api.ts';

function load(api: FakeApi, onProgress: (progress: LoadProgress) => void = () => undefined) {
  return loadPromptApi({ onProgress, signal: new AbortController().signal }, api);
}

function ask(prompt: string, more = {}) {
  const request = {
    purpose: 'answer',
    system: 'Be brief.',
    prompt,
    maxTokens: 20,
    temperature: 0,
    seed: 1,
  } as const;
  return { ...request, ...more };
}

const long = (_: string, input: string) => `${input} `.repeat(600);

for (const isOld of [false, true]) {
  conformance(`The browser’s own model (${isOld ? 'names of before 2026' : 'today’s names'})`, async () => {
    const loaded = await load(fakeApi({ isOld, reply: long }));
    return { model: loaded.model, unload: () => loaded.unload() };
  });
}

describe('the browser’s own model', () => {
  it('is refused in plain words where there is none, as in every worker so far', async () => {
    const context = { world: null, onProgress: () => undefined, signal: new AbortController().signal };
    await expect(engines['prompt-api'].load({ engine: 'prompt-api' }, context)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('background worker') as string,
    });
  });

  it('is refused where the browser has the interface and no model', async () => {
    await expect(load(fakeApi({ availability: 'unavailable' }))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  it('reports the download', async () => {
    const shares: (number | null)[] = [];
    await load(fakeApi({ availability: 'downloadable' }), ({ share }) => shares.push(share));
    expect(shares).toEqual([0, 0.5, 1]);
  });

  it('says that a download needs a click', async () => {
    const createFails = new DOMException('Requires a user gesture.', 'NotAllowedError');
    await expect(load(fakeApi({ availability: 'downloadable', createFails }))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('click') as string,
    });
  });

  it('reads an instruction once, and no request sees the turn of another', async () => {
    const api = fakeApi();
    const { model } = await load(api);
    for (const input of ['one', 'two', 'three']) await model.complete(ask(input));
    expect(api.created.filter(({ initialPrompts }) => initialPrompts)).toHaveLength(1);
    expect(api.prompts.map(({ system, input }) => [system, input])).toEqual([
      ['Be brief.', 'one'],
      ['Be brief.', 'two'],
      ['Be brief.', 'three'],
    ]);
  });

  it('keeps few sessions, and none after unloading', async () => {
    const api = fakeApi();
    const loaded = await load(api);
    const { model } = loaded;
    for (let n = 0; n < 10; n++) await model.complete(ask('Q', { system: `Instruction ${n}` }));
    expect(api.alive).toBeLessThanOrEqual(6);
    await loaded.unload();
    expect(api.alive).toBe(0);
  });

  it('is as predictable as the browser allows', async () => {
    const web = fakeApi();
    await (await load(web)).model.complete(ask('Q'));
    expect(web.created.at(-1)).toMatchObject({ samplingMode: 'most-predictable' });
    const extension = fakeApi({ hasParams: true });
    await (await load(extension)).model.complete(ask('Q'));
    expect(extension.created.at(-1)).toMatchObject({ temperature: 0, topK: 1 });
    expect(extension.created.at(-1)).not.toHaveProperty('samplingMode');
  });

  it('counts what was read before as cached', async () => {
    const { model } = await load(fakeApi());
    const { usage } = await model.complete(ask('one two three'));
    expect(usage).toMatchObject({ promptTokens: 5, cachedTokens: 2 });
  });

  it('follows no grammars, and says so', async () => {
    const { model } = await load(fakeApi());
    const constraint = { kind: 'grammar', grammar: 'root ::= "a"' } as const;
    await expect(model.complete(ask('Q', { constraint }))).rejects.toMatchObject({ code: 'unsupported' });
  });
});
