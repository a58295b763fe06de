import { describe, expect, it } from 'vitest';
import { deleteKeptModel, keptModels } from '../../../src/models/webllm/kept.ts';

/** Just enough of the Cache API: caches by name, responses by address. */
function storageOf(content: Record<string, Record<string, string>>): CacheStorage {
  const caches = new Map(
    Object.entries(content).map(([name, files]) => [name, new Map(Object.entries(files))]),
  );
  const open = (name: string) => {
    const files = caches.get(name) ?? new Map<string, string>();
    return Promise.resolve({
      keys: () => Promise.resolve([...files.keys()].map((url) => ({ url }))),
      match: (url: string) => Promise.resolve(files.has(url) ? new Response(files.get(url)) : undefined),
      delete: ({ url }: Request) => Promise.resolve(files.delete(url)),
    });
  };
  return { has: (name: string) => Promise.resolve(caches.has(name)), open } as unknown as CacheStorage;
}

const folder = 'https://huggingface.co/mlc-ai/Tiny-1B-q4f16_1-MLC/resolve/main/';
const other = 'https://example.org/mine/resolve/main/';
const list = JSON.stringify({
  records: [
    { dataPath: 'a.bin', nbytes: 100 },
    { dataPath: 'b.bin', nbytes: 20 },
  ],
});

function twoModels(): CacheStorage {
  return storageOf({
    'webllm/model': {
      [`${folder}tensor-cache.json`]: list,
      [`${folder}a.bin`]: '',
      [`${folder}b.bin`]: '',
      [`${other}ndarray-cache.json`]: list,
      [`${other}a.bin`]: '',
    },
    'webllm/config': { [`${folder}mlc-chat-config.json`]: '{}' },
  });
}

describe('the models that were kept', () => {
  it('are named by id or address, with their bytes, and whether all of it is there', async () => {
    expect(await keptModels(twoModels())).toEqual([
      { modelId: 'Tiny-1B-q4f16_1-MLC', bytes: 120, complete: true },
      { modelId: other, bytes: 100, complete: false },
    ]);
  });

  it('are none where WebLLM never ran', async () => {
    expect(await keptModels(storageOf({}))).toEqual([]);
  });

  it('are none, and nothing to delete, where the page came by plain http and there is no cache', async () => {
    expect('caches' in globalThis).toBe(false); // as there
    expect(await keptModels()).toEqual([]);
    await expect(deleteKeptModel('Tiny-1B-q4f16_1-MLC')).resolves.toBeUndefined();
  });

  it('can be deleted one by one, with their configuration', async () => {
    const storage = twoModels();
    await deleteKeptModel('Tiny-1B-q4f16_1-MLC', storage);
    expect((await keptModels(storage)).map(({ modelId }) => modelId)).toEqual([other]);
    expect(await (await storage.open('webllm/config')).keys()).toEqual([]);
  });

  it('stand with unknown size when their list is damaged', async () => {
    const storage = storageOf({ 'webllm/model': { [`${folder}tensor-cache.json`]: '<html>' } });
    expect(await keptModels(storage)).toEqual([
      { modelId: 'Tiny-1B-q4f16_1-MLC', bytes: null, complete: false },
    ]);
  });
});
