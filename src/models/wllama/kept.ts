/** The model files that lie in this browser: what wllama downloaded, and what was dropped onto the page. */
import { CacheManager } from '@wllama/wllama/esm/index.js';
import type { CacheEntry } from '@wllama/wllama/esm/index.js';
import type { KeptModel } from '../engine.ts';
import { smallModels } from './catalog.ts';
import { deleteDropped, droppedFiles } from './dropped-files.ts';
import { isOwnFile } from './own-file.ts';

/** Models of the catalog by their id, others by their address; remains of a broken download by the name of their file. */
export async function keptModels(): Promise<readonly KeptModel[]> {
  if (!isStorageThere()) return [];
  return [...(await downloadedFiles()).map(describe), ...(await droppedFiles())];
}

/** wllama makes its folder in order to look into it; where there is no room for that, there are no files either. */
async function downloadedFiles(): Promise<readonly CacheEntry[]> {
  try {
    return await new CacheManager().list();
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'QuotaExceededError') return [];
    throw thrown;
  }
}

export async function deleteKeptModel(modelId: string): Promise<void> {
  if (!isStorageThere()) return;
  if (isOwnFile(modelId)) {
    await deleteDropped(modelId);
    return;
  }
  const url = smallModels.find((model) => model.id === modelId)?.url ?? modelId;
  await new CacheManager().delete(url);
}

function describe({ name, size, metadata }: CacheEntry): KeptModel {
  const { originalURL: url, originalSize } = metadata;
  const known = smallModels.find((model) => model.url === url);
  return { modelId: known?.id ?? (url || name), bytes: size, complete: url !== '' && originalSize === size };
}

/** Missing on http addresses. */
function isStorageThere(): boolean {
  return 'storage' in navigator && 'getDirectory' in navigator.storage;
}
