import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { detectMachine } from '../../src/models/detect.ts';
import type { MachineScope } from '../../src/models/detect.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const adapter = {
  info: { vendor: 'google', architecture: 'swiftshader', description: '', isFallbackAdapter: false },
  features: new Set(['shader-f16']),
  limits: { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 27 },
} as unknown as GPUAdapter;

const full: MachineScope = {
  navigator: {
    gpu: { requestAdapter: () => Promise.resolve(adapter) },
    deviceMemory: 8,
    hardwareConcurrency: 4,
    storage: { estimate: () => Promise.resolve({ quota: 1000, usage: 300 }) },
  },
  LanguageModel: { availability: () => Promise.resolve('downloadable') },
  crossOriginIsolated: true,
  isSecureContext: true,
};

describe('what a machine can do', () => {
  it('is reported from what the browser tells', async () => {
    expect(await detectMachine(full)).toEqual({
      gpu: {
        vendor: 'google',
        architecture: 'swiftshader',
        description: '',
        hasF16: true,
        isSoftware: true,
        maxBufferBytes: 2 ** 30,
        maxStorageBufferBytes: 2 ** 27,
      },
      memoryGB: 8,
      cores: 4,
      freeBytes: 700,
      builtInModel: 'downloadable',
      isIsolated: true,
      isSecure: true,
    });
  });

  it('is reported by a browser that tells nothing', async () => {
    expect(await detectMachine({ navigator: {} })).toEqual({
      gpu: null,
      memoryGB: null,
      cores: null,
      freeBytes: null,
      builtInModel: 'missing',
      isIsolated: false,
      isSecure: false,
    });
  });

  it('does not wait for a question that is never answered, nor stumble over one that is refused', async () => {
    const never = new Promise<never>(() => undefined);
    const report = detectMachine({
      navigator: {
        gpu: { requestAdapter: () => never },
        storage: { estimate: () => Promise.reject(new Error('denied')) },
      },
      LanguageModel: { availability: () => never },
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await report).toMatchObject({ gpu: null, freeBytes: null, builtInModel: 'unavailable' });
  });

  it('asks for the browser’s own model in a language, as it is loaded: without one browsers warn', async () => {
    const asked: unknown[] = [];
    await detectMachine({
      navigator: {},
      LanguageModel: {
        availability: (options) => {
          asked.push(options);
          return Promise.resolve('available');
        },
      },
    });
    const english = [{ type: 'text', languages: ['en'] }];
    expect(asked).toEqual([{ expectedInputs: english, expectedOutputs: english }]);
  });
});
