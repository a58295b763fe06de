/** Gets a model's file: from this browser when it is here, else from its address. A second load asks no server. */
import { CacheManager, ModelManager, isValidGgufFile } from '@wllama/wllama/esm/index.js';
import { AppError } from '../../core/errors.ts';
import type { WllamaSpec } from '../spec.ts';
import { deleteDropped, openDropped } from './dropped-files.ts';
import { downloadFailed, loadStopped } from './errors.ts';
import type { Arrived } from './errors.ts';
import { silentLogger } from './logger.ts';
import { isOwnFile } from './own-file.ts';

export interface ModelFile {
  /** Several where a model is split. */
  readonly blobs: readonly Blob[];
  readonly bytes: number;
  /** Removes it from this browser, so that a damaged file is not found again. */
  forget(): Promise<void>;
}

export interface DownloadContext {
  readonly signal: AbortSignal;
  readonly onDownload: (loadedBytes: number, totalBytes: number) => void;
}

/** @throws AppError `invalid-option`, `not-found`, `download-failed`, `storage-full`, `cancelled` */
export async function openModelFile({ url }: WllamaSpec, context: DownloadContext): Promise<ModelFile> {
  if (isOwnFile(url)) {
    const file = await openDropped(url);
    return { blobs: [file], bytes: file.size, forget: () => deleteDropped(url) };
  }
  requireAddress(url);
  const cache = new CacheManager();
  const forget = (): Promise<void> => cache.delete(url);
  let arrived: Arrived = { bytes: 0, of: 0 };
  const onDownload = (bytes: number, of: number): void => {
    arrived = { bytes, of };
    context.onDownload(bytes, of);
  };
  try {
    const blobs = await untilAborted(download(url, cache, { ...context, onDownload }), context.signal);
    return { blobs, bytes: blobs.reduce((sum, blob) => sum + blob.size, 0), forget };
  } catch (thrown) {
    throw context.signal.aborted ? loadStopped() : downloadFailed(url, thrown, arrived);
  }
}

async function download(url: string, cache: CacheManager, context: DownloadContext): Promise<Blob[]> {
  const manager = new ModelManager({ cacheManager: cache, logger: silentLogger });
  try {
    const model = await manager.getModelOrDownload(
      { url },
      {
        signal: context.signal,
        progressCallback: ({ loaded, total }) => context.onDownload(loaded, total),
      },
    );
    return await model.open();
  } catch (thrown) {
    await cache.delete(url).catch(() => undefined); // wllama cannot go on with a part.
    throw thrown;
  }
}

function requireAddress(url: string): void {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (isWeb && isValidGgufFile(url)) return;
  throw new AppError(
    'invalid-option',
    `Expected the address of a GGUF file (https://… ending with .gguf), got "${url}".`,
  );
}

/** wllama hands the signal to the download itself, not to the questions before it. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(loadStopped());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
