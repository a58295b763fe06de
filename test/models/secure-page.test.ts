/** A page that came by plain http from another machine: what is refused there, and in which words. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { engines } from '../../src/models/engines.ts';
import { requireSecurePage } from '../../src/models/secure-page.ts';
import { keepGgufFile } from '../../src/models/wllama/dropped-files.ts';

afterEach(() => void vi.unstubAllGlobals());

const refused = {
  code: 'unsupported',
  message: expect.stringMatching(/plain http.*Open it by https or on the computer/) as string,
};
const context = { world: null, onProgress: () => undefined, signal: new AbortController().signal };

describe('a page that came by plain http', () => {
  it('is refused every model that would run in it, at once and in the same words', async () => {
    vi.stubGlobal('isSecureContext', false);
    const url = 'http://192.168.1.20/tiny.gguf';
    await expect(
      engines.wllama.load({ engine: 'wllama', modelId: 'tiny', url }, context),
    ).rejects.toMatchObject(refused);
    await expect(engines.webllm.load({ engine: 'webllm', modelId: 'any' }, context)).rejects.toMatchObject(
      refused,
    );
    await expect(engines['prompt-api'].load({ engine: 'prompt-api' }, context)).rejects.toMatchObject(
      refused,
    );
    await expect(keepGgufFile(new Blob(['GGUF']), 'own.gguf')).rejects.toMatchObject(refused);
  });

  it('is no other page, and no program without pages', () => {
    expect(() => requireSecurePage({ isSecureContext: true })).not.toThrow();
    expect(() => requireSecurePage({})).not.toThrow();
  });
});
