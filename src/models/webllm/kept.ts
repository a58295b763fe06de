/**
 * The models whose files lie in the browser's cache. Read from the Cache API itself, so that nobody has to load the
 * engine to see or free what takes the room. WebLLM keeps a model's files in three caches, by address.
 */
import type { KeptModel } from '../engine.ts';

const cacheNames = ['webllm/model', 'webllm/config', 'webllm/wasm'] as const;
/** The list of a model's weight files: 0.2.80 and newer, then older. */
const listNames = ['tensor-cache.json', 'ndarray-cache.json'];

interface WeightFile {
  readonly dataPath: string;
  readonly nbytes: number;
}

/** Missing on http addresses, whatever its type says. */
function browserCaches(): CacheStorage | undefined {
  return (globalThis as { readonly caches?: CacheStorage }).caches;
}

/** Prebuilt models by their id (the last part of their address), others by the address of their folder. */
export async function keptModels(storage = browserCaches()): Promise<readonly KeptModel[]> {
  if (!storage || !(await storage.has('webllm/model'))) return [];
  const cache = await storage.open('webllm/model');
  const present = new Set((await cache.keys()).map((request) => request.url));
  const folders = new Set([...present].map(folderOf));
  return Promise.all([...folders].map((folder) => describe(folder, present, cache)));
}

async function describe(folder: string, present: ReadonlySet<string>, cache: Cache): Promise<KeptModel> {
  const modelId = idOf(folder);
  const files = await weightFiles(folder, cache);
  if (!files) return { modelId, bytes: null, complete: false };
  const here = files.filter((file) => present.has(new URL(file.dataPath, folder).href));
  const bytes = here.reduce((sum, file) => sum + file.nbytes, 0);
  return { modelId, bytes, complete: here.length === files.length };
}

async function weightFiles(folder: string, cache: Cache): Promise<readonly WeightFile[] | null> {
  for (const name of listNames) {
    const found = await cache.match(folder + name);
    if (!found) continue;
    const list: unknown = await found.json().catch(() => null);
    if (typeof list === 'object' && list !== null && 'records' in list && Array.isArray(list.records)) {
      return list.records.filter(isWeightFile);
    }
  }
  return null;
}

function isWeightFile(value: unknown): value is WeightFile {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'dataPath' in value &&
    typeof value.dataPath === 'string' &&
    'nbytes' in value &&
    typeof value.nbytes === 'number'
  );
}

/** Leaves the model library: several models share one, and it is small. */
export async function deleteKeptModel(modelId: string, storage = browserCaches()): Promise<void> {
  if (!storage) return;
  for (const name of cacheNames) {
    if (!(await storage.has(name))) continue;
    const cache = await storage.open(name);
    const mine = (await cache.keys()).filter((request) => idOf(folderOf(request.url)) === modelId);
    await Promise.all(mine.map((request) => cache.delete(request)));
  }
}

function folderOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/') + 1);
}

/** `https://HOST/mlc-ai/NAME/resolve/main/` → NAME, also on a mirror. */
function idOf(folder: string): string {
  return /\/mlc-ai\/([^/]+)\/resolve\/[^/]+\/$/.exec(folder)?.[1] ?? folder;
}
