import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/models/catalog.ts';
import { smallModels } from '../../src/models/wllama/catalog.ts';
import { smallerModel } from '../../src/ui/state/smaller-model.ts';

const catalogs = { webllm: await loadCatalog(), wllama: smallModels };
const webllm = (modelId: string): string | null => smallerModel({ engine: 'webllm', modelId }, catalogs);
const find = (id: string | null) => catalogs.webllm.find((model) => model.id === id);

describe('a smaller model', () => {
  it('is of the same family where there is one', () => {
    expect(webllm('Llama-3.2-3B-Instruct-q4f16_1-MLC')).toMatch(/^Llama-3\.2-1B/);
  });

  it('asks for clearly less memory and for nothing new of the GPU, whatever model was too large', () => {
    for (const { id, vramMB, needsF16 } of catalogs.webllm) {
      const smaller = find(webllm(id));
      if (!smaller) continue;
      expect(smaller.vramMB, id).toBeLessThanOrEqual(vramMB * 0.8);
      expect(needsF16 || !smaller.needsF16, id).toBe(true);
      expect(smaller.isGeneral, id).toBe(true);
    }
  });

  it('is none for the smallest one, and where nobody knows the size', () => {
    const smallest = catalogs.webllm.toSorted((a, b) => a.vramMB - b.vramMB)[0];
    expect(webllm(smallest?.id ?? '')).toBeNull();
    expect(webllm('my-own-model')).toBeNull();
    expect(smallerModel({ engine: 'prompt-api' }, catalogs)).toBeNull();
  });

  it('exists for the processor too', () => {
    const [smallest, ...larger] = smallModels;
    const specOf = ({ id, url }: { id: string; url: string }) =>
      ({ engine: 'wllama', modelId: id, url }) as const;
    expect(smallest && smallerModel(specOf(smallest), catalogs)).toBeNull();
    const largest = larger.at(-1);
    const next = largest && smallerModel(specOf(largest), catalogs);
    const size = (id: string | null | undefined) =>
      smallModels.find((model) => model.id === id)?.downloadBytes;
    expect(size(next)).toBeLessThanOrEqual(0.8 * (largest?.downloadBytes ?? 0));
  });
});
