/** What loading goes by: progress, threads, the words for failures. */
import { describe, expect, it } from 'vitest';
import { downloadFailed, fromWllama, notLoaded } from '../../../src/models/wllama/errors.ts';
import { createMeter } from '../../../src/models/wllama/progress.ts';
import { threadsFor } from '../../../src/models/wllama/threads.ts';

describe('the progress of a download', () => {
  it('tells bytes, share of the whole load, and seconds left at the speed so far', () => {
    let now = 0;
    const meter = createMeter(() => now);
    now = 2000;
    expect(meter.downloading(25e6, 100e6)).toMatchObject({
      phase: 'download',
      share: 0.25 * 0.9,
      loadedBytes: 25e6,
      totalBytes: 100e6,
      secondsLeft: 6,
    });
  });

  it('does not guess in the first second, nor where the server does not tell the size', () => {
    let now = 0;
    const meter = createMeter(() => now);
    expect(meter.downloading(1, 100).secondsLeft).toBeNull();
    now = 5000;
    expect(meter.downloading(1e6, 0)).toMatchObject({ share: null, totalBytes: null, secondsLeft: null });
  });
});

describe('the number of threads', () => {
  it('is one where the page is not isolated, whatever is asked for', () => {
    expect(threadsFor({ isIsolated: false, cores: 16 })).toBe(1);
    expect(threadsFor({ isIsolated: false, cores: 16 }, 8)).toBe(1);
  });

  it.each([
    [1, 1],
    [2, 1],
    [6, 3],
    [32, 4],
  ])('on %i cores of an isolated page is %i', (cores, threads) => {
    expect(threadsFor({ isIsolated: true, cores })).toBe(threads);
  });

  it('is what the person asks for where there can be threads', () => {
    expect(threadsFor({ isIsolated: true, cores: 32 }, 12)).toBe(12);
  });
});

describe('a failure', () => {
  it('of a prompt that is too long names both lengths', () => {
    const thrown = new Error(
      'request (5033 tokens) exceeds the available context size (2048 tokens), try increasing it',
    );
    expect(fromWllama(thrown)).toMatchObject({
      code: 'context-exceeded',
      message: expect.stringMatching(/takes 5033 tokens.*holds 2048/) as string,
    });
  });

  it('of memory is told from others', () => {
    expect(fromWllama(new Error('(ABORT) Aborted(OOM)')).code).toBe('out-of-memory');
    expect(fromWllama(new RangeError('WebAssembly.Memory(): could not allocate memory')).code).toBe(
      'out-of-memory',
    );
  });

  it('of a worker that died says so', () => {
    expect(fromWllama(new Event('error')).message).toContain('its worker ended');
  });

  it('to load keeps the file when the file is not to blame', () => {
    expect(notLoaded("llama_model_load: error: unknown model architecture: 'mamba9'")).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('"mamba9"') as string,
    });
    expect(notLoaded('alloc_tensor_range: failed to allocate CPU buffer of size 4e9').code).toBe(
      'out-of-memory',
    );
    expect(notLoaded('gguf_init_from_reader: failed to read header').code).toBe('model-corrupt');
  });

  it('of a download says what the server says', () => {
    const url = 'https://models.example/m.gguf';
    const nothing = { bytes: 0, of: 0 };
    const missing = new Error(`Failed to fetch ${url}: HTTP 404`);
    expect(downloadFailed(url, missing, nothing).message).toContain('says 404');
    const unreached = downloadFailed(url, new TypeError('Failed to fetch'), nothing);
    expect(unreached.message).toContain('cannot be reached');
  });

  it('of a download in the middle says how much had come, and that it begins anew', () => {
    const url = 'https://models.example/m.gguf';
    const half = downloadFailed(url, new TypeError('network error'), { bytes: 72.5e6, of: 145e6 });
    expect(half.message).toContain('broke off after 72.5 MB of 145.0 MB');
    expect(half.message).toContain('begins anew');
    const untold = downloadFailed(url, new TypeError('network error'), { bytes: 1.5e9, of: 0 });
    expect(untold.message).toContain('broke off after 1.50 GB.');
  });

  it('of storage is not taken for a failed download', () => {
    const full = new DOMException('no room', 'QuotaExceededError');
    const failed = downloadFailed('https://models.example/m.gguf', full, { bytes: 5, of: 10 });
    expect(failed.code).toBe('storage-full');
  });
});
