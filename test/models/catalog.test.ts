import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateCatalog } from '../../scripts/generate-catalog.mjs';
import { loadCatalog } from '../../src/models/catalog.ts';
import type { CatalogModel } from '../../src/models/catalog.ts';
import type { MachineReport } from '../../src/models/detect.ts';
import { fits, recommendModel } from '../../src/models/recommend.ts';

let catalog: readonly CatalogModel[];
beforeAll(async () => {
  catalog = await loadCatalog();
});

function find(id: string): CatalogModel {
  const model = catalog.find((one) => one.id === id);
  if (!model) throw new Error(`not in the catalog: ${id}`);
  return model;
}

const gpu = {
  vendor: 'intel',
  architecture: 'gen-12lp',
  description: '',
  hasF16: true,
  isSoftware: false,
  maxBufferBytes: 2 ** 31,
  maxStorageBufferBytes: 2 ** 30,
};

function machine(more: Partial<MachineReport> = {}): MachineReport {
  return {
    gpu,
    memoryGB: 8,
    cores: 8,
    freeBytes: 50e9,
    builtInModel: 'missing',
    isIsolated: false,
    isSecure: true,
    ...more,
  };
}

describe('the catalog', () => {
  it('is what the script makes of the installed WebLLM', async () => {
    expect(readFileSync('src/models/webllm/prebuilt.ts', 'utf8')).toBe(await generateCatalog());
  });

  it.each([
    ['Qwen3-0.6B-q4f16_1-MLC', 'Qwen3', 0.6e9],
    ['Qwen3.5-2B-q4f32_1-MLC', 'Qwen3.5', 2e9],
    ['Llama-3.2-1B-Instruct-q4f32_1-MLC', 'Llama-3.2', 1e9],
    ['Llama-3.1-8B-Instruct-q4f16_1-MLC-1k', 'Llama-3.1', 8e9],
    ['SmolLM2-360M-Instruct-q4f16_1-MLC', 'SmolLM2', 360e6],
    ['stablelm-2-zephyr-1_6b-q4f16_1-MLC', 'stablelm', 1.6e9],
    ['gemma-2-2b-it-q4f16_1-MLC', 'gemma-2', 2e9],
    ['gemma3-1b-it-q4f16_1-MLC', 'gemma3', 1e9],
    ['gemma-4-E2B-it-q4f16_1-MLC', 'gemma-4', 2e9],
    ['DeepSeek-R1-Distill-Qwen-7B-q4f16_1-MLC', 'DeepSeek-R1', 7e9],
    ['Phi-3.5-mini-instruct-q4f16_1-MLC', 'Phi-3.5', null],
  ])('reads family and size of %s', (id, family, parameters) => {
    expect(find(id)).toMatchObject({ family, parameters });
  });

  it('names the twin without f16, and the files a variant shares', () => {
    expect(find('Qwen3-0.6B-q4f16_1-MLC')).toMatchObject({
      needsF16: true,
      f32Twin: 'Qwen3-0.6B-q4f32_1-MLC',
    });
    expect(find('gemma3-1b-it-q4f16_1-MLC').f32Twin).toBeNull();
    expect(find('phi-2-q4f16_1-MLC-1k').filesId).toBe('phi-2-q4f16_1-MLC');
  });

  it('estimates a download from size and number format, at most the GPU memory', () => {
    expect(catalog.filter(({ downloadBytes, vramMB }) => downloadBytes > vramMB * 1e6)).toEqual([]);
    // In truth 695 MB.
    expect(find('Llama-3.2-1B-Instruct-q4f16_1-MLC').downloadBytes).toBeCloseTo(650e6, -8);
    expect(find('Phi-3.5-mini-instruct-q4f16_1-MLC').downloadBytes).toBe(3672e6);
  });

  it('holds no embedding and no vision models', () => {
    expect(catalog.filter(({ id }) => /embed|vision/.test(id))).toEqual([]);
  });
});

describe('the recommended model', () => {
  it('is a general one that fits, quantized, of a recent family', () => {
    const choice = recommendModel(machine(), catalog, 'wllama');
    expect(choice).toMatchObject({ engine: 'webllm', why: 'fits' });
    const { model } = choice as { model: CatalogModel };
    expect(model.isGeneral && model.needsF16 && fits(model, machine())).toBe(true);
    expect(model.quantization).toBe('q4f16_1');
    expect(model.vramMB).toBeLessThan(2700);
  });

  it('does without f16 where the GPU does', () => {
    const choice = recommendModel(machine({ gpu: { ...gpu, hasF16: false } }), catalog, 'wllama');
    expect(choice).toMatchObject({ engine: 'webllm', model: { needsF16: false } });
  });

  it('shrinks with the memory and the room there is', () => {
    const size = (report: MachineReport) => {
      const choice = recommendModel(report, catalog, 'wllama');
      return 'model' in choice ? choice.model.vramMB : 0;
    };
    expect(size(machine({ memoryGB: 2 }))).toBeLessThan(size(machine({ memoryGB: 8 })));
    expect(size(machine({ freeBytes: 0.5e9 }))).toBeLessThan(size(machine()));
  });

  it.each([
    [{ gpu: null }, 'no-gpu'],
    [{ gpu: { ...gpu, isSoftware: true } }, 'software-gpu'],
    [{ freeBytes: 1e6 }, 'no-room'],
  ] as const)('is the fallback for %o', (more, why) => {
    expect(recommendModel(machine(more), catalog, 'simulated')).toEqual({ engine: 'simulated', why });
  });

  it('is never one that runs in the page where that came by plain http', () => {
    const choice = recommendModel(machine({ isSecure: false }), catalog, 'wllama');
    expect(choice).toEqual({ engine: 'simulated', why: 'plain-http' });
  });
});
