import type { ModelRecord } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../src/core/errors.ts';
import type { WebLlmSpec } from '../../../src/models/spec.ts';
import { f32Twin, filesUrl, recordOf, thinks } from '../../../src/models/webllm/records.ts';

const hub = 'https://huggingface.co/mlc-ai/';
const library = 'https://raw.githubusercontent.com/mlc-ai/libs/main/';
const record = (id: string): ModelRecord => ({
  model_id: id,
  model: hub + id,
  model_lib: `${library}${id}.wasm`,
});
const prebuilt = ['Tiny-1B-q4f16_1-MLC', 'Tiny-1B-q4f32_1-MLC', 'Big-9B-q4f16_1-MLC'].map(record);
const spec = (more: Partial<WebLlmSpec> = {}): WebLlmSpec => ({
  engine: 'webllm',
  modelId: 'Tiny-1B-q4f16_1-MLC',
  ...more,
});

describe('a WebLLM record', () => {
  it('requires f16 where the name says so, though the list does not', () => {
    expect(recordOf(spec(), prebuilt).required_features).toEqual(['shader-f16']);
    expect(recordOf(spec({ modelId: 'Tiny-1B-q4f32_1-MLC' }), prebuilt).required_features).toEqual([]);
  });

  it('keeps the paths of both addresses on a mirror', () => {
    expect(recordOf(spec({ mirror: 'http://10.0.0.5:8000/models/' }), prebuilt)).toMatchObject({
      model: 'http://10.0.0.5:8000/models/mlc-ai/Tiny-1B-q4f16_1-MLC',
      model_lib: 'http://10.0.0.5:8000/models/mlc-ai/libs/main/Tiny-1B-q4f16_1-MLC.wasm',
    });
  });

  it('takes a model by address, with the window that was asked for', () => {
    const custom = {
      model: 'https://example.org/mine/',
      modelLib: 'https://example.org/mine/lib-q4f16_1.wasm',
    };
    expect(recordOf(spec({ modelId: 'mine', custom, contextWindow: 1024 }), prebuilt)).toMatchObject({
      model_id: 'mine',
      model: custom.model,
      model_lib: custom.modelLib,
      overrides: { context_window_size: 1024 },
      required_features: ['shader-f16'],
    });
  });

  it.each(['', 'model/', 'ftp://example.org/model', 'javascript:alert(1)'])(
    'refuses the address "%s"',
    (model) => {
      const custom = { model, modelLib: 'https://example.org/lib.wasm' };
      expect(() => recordOf(spec({ custom }), prebuilt)).toThrow(
        expect.toSatisfy((error) => isAppError(error, 'invalid-option')),
      );
    },
  );

  it('says which model it does not know', () => {
    expect(() => recordOf(spec({ modelId: 'Nobody-1B' }), prebuilt)).toThrow('Nobody-1B');
  });

  it('finds the twin for GPUs without f16, only where there is one', () => {
    expect(f32Twin('Tiny-1B-q4f16_1-MLC', prebuilt)).toBe('Tiny-1B-q4f32_1-MLC');
    expect(f32Twin('Big-9B-q4f16_1-MLC', prebuilt)).toBeNull();
    expect(f32Twin('Tiny-1B-q4f32_1-MLC', prebuilt)).toBeNull();
  });

  it('knows which models think first', () => {
    const all = [
      'Qwen3-0.6B-q4f16_1-MLC',
      'Qwen3.5-2B-q4f16_1-MLC',
      'DeepSeek-R1-Distill-Qwen-7B-q4f16_1-MLC',
    ];
    expect(all.every(thinks)).toBe(true);
    expect(['Qwen2.5-3B-Instruct-q4f16_1-MLC', 'Llama-3.2-1B-Instruct-q4f32_1-MLC'].some(thinks)).toBe(false);
  });

  it.each([
    [`${hub}A`, `${hub}A/resolve/main/`],
    [`${hub}A/`, `${hub}A/resolve/main/`],
    [`${hub}A/resolve/v2`, `${hub}A/resolve/v2/`],
  ])('completes %s as WebLLM does', (model, folder) => {
    expect(filesUrl(model)).toBe(folder);
  });
});
