import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { downloadFailure } from '../../../src/models/webllm/download.ts';
import { fromWebLlm, isDownloadFailure } from '../../../src/models/webllm/errors.ts';
import { requireGpu } from '../../../src/models/webllm/gpu.ts';

function named(name: string, message = 'words of the engine'): Error {
  return Object.assign(new Error(message), { name });
}

describe('what WebLLM throws', () => {
  it.each([
    [named('WebGPUNotAvailableError'), 'no-webgpu'],
    [named('ShaderF16SupportError'), 'no-f16'],
    [named('DeviceLostError'), 'out-of-memory'],
    [named('ContextWindowSizeExceededError'), 'context-exceeded'],
    [named('GrammarMatcherInitError'), 'grammar-invalid'],
    [named('SyntaxError', 'Unexpected token < in JSON'), 'model-corrupt'],
    [named('QuotaExceededError'), 'storage-full'],
    [new Error('Module has already been disposed'), 'device-lost'],
    [new Error('Unable to find a compatible GPU. This issue …'), 'no-webgpu'],
    [new Error('Array buffer allocation failed'), 'out-of-memory'],
    ['a plain string', 'engine-failed'],
    [undefined, 'engine-failed'],
  ])('%s becomes %s', (thrown, code) => {
    const error = fromWebLlm(thrown);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/\.$/);
  });

  it('keeps the cause, and an AppError as it is', () => {
    const cause = named('DeviceLostError');
    expect(fromWebLlm(cause).cause).toBe(cause);
    const own = new AppError('cancelled', 'Stopped on request.');
    expect(fromWebLlm(own)).toBe(own);
  });
});

describe('a failed download', () => {
  const model = { model_id: 'm', model: 'https://hub.test/m', model_lib: 'https://hub.test/m.wasm' };
  const server = (statuses: Record<string, number>): typeof fetch =>
    ((url: string) => {
      const status = Object.entries(statuses).find(([part]) => url.includes(part))?.[1] ?? 200;
      return status === 0
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(new Response(null, { status }));
    }) as typeof fetch;

  it('is told from other failures by the browsers’ words', () => {
    const words = ['Failed to fetch', "Failed to execute 'add' on 'Cache': Request failed", 'Load failed'];
    expect(words.map((text) => isDownloadFailure(new TypeError(text)))).toEqual([true, true, true]);
    expect(isDownloadFailure(new Error('Module has already been disposed'))).toBe(false);
  });

  it('names the file that the server refuses', async () => {
    const error = await downloadFailure(model, 'cause', server({ '.wasm': 404 }));
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain('https://hub.test/m.wasm could not be downloaded (the server says 404)');
  });

  it('names the address of a server that is not there', async () => {
    const error = await downloadFailure(model, 'cause', server({ 'hub.test': 0 }));
    expect(error.message).toContain('https://hub.test/m/resolve/main/mlc-chat-config.json');
    expect(error.message).toContain('cannot be reached');
  });

  it('names the folder when every first file is there', async () => {
    const error = await downloadFailure(model, 'cause', server({}));
    expect(error.message).toContain('https://hub.test/m/resolve/main/');
  });
});

describe('the GPU, before a download', () => {
  const needsF16 = { model_id: 'm-q4f16', model: '', model_lib: '', required_features: ['shader-f16'] };
  const gpu = (features: string[], maxStorageBufferBindingSize = 2 ** 30) => ({
    requestAdapter: () =>
      Promise.resolve({
        features: new Set(features),
        limits: { maxStorageBufferBindingSize },
      } as unknown as GPUAdapter),
  });

  it('must be there', async () => {
    await expect(requireGpu(needsF16, null, undefined)).rejects.toMatchObject({ code: 'no-webgpu' });
    const noAdapter = { requestAdapter: () => Promise.resolve(null) };
    await expect(requireGpu(needsF16, null, noAdapter)).rejects.toMatchObject({ code: 'no-webgpu' });
  });

  it('must know 16-bit floats, or the twin is named', async () => {
    await expect(requireGpu(needsF16, 'm-q4f32', gpu([]))).rejects.toMatchObject({
      code: 'no-f16',
      message: expect.stringContaining('m-q4f32') as string,
    });
    await expect(requireGpu(needsF16, null, gpu(['shader-f16']))).resolves.toBeUndefined();
  });

  it('must allow buffers as large as the model needs', async () => {
    const large = { ...needsF16, buffer_size_required_bytes: 2 ** 28 };
    await expect(requireGpu(large, null, gpu(['shader-f16'], 2 ** 27))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});
