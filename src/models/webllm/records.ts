/** From a model's specification to the record WebLLM loads it by. */
import type { ModelRecord } from '@mlc-ai/web-llm';
import { AppError } from '../../core/errors.ts';
import type { WebLlmSpec } from '../spec.ts';

/** @throws AppError `not-found` for an unknown id, `invalid-option` for an address that is none */
export function recordOf(spec: WebLlmSpec, prebuilt: readonly ModelRecord[]): ModelRecord {
  const record = spec.custom ? customRecord(spec.modelId, spec.custom) : prebuiltRecord(spec, prebuilt);
  if (spec.contextWindow === undefined) return record;
  return { ...record, overrides: { ...record.overrides, context_window_size: spec.contextWindow } };
}

function prebuiltRecord(spec: WebLlmSpec, prebuilt: readonly ModelRecord[]): ModelRecord {
  const found = prebuilt.find((record) => record.model_id === spec.modelId);
  if (!found) {
    throw new AppError(
      'not-found',
      `WebLLM has no model called "${spec.modelId}". Pick one of the list, or give a model by address.`,
    );
  }
  const record = { ...found, required_features: requiredFeatures(found) };
  return spec.mirror === undefined ? record : mirrored(record, spec.mirror);
}

function customRecord(modelId: string, custom: { model: string; modelLib: string }): ModelRecord {
  const record: ModelRecord = {
    model_id: modelId,
    model: address(custom.model, 'model address'),
    model_lib: address(custom.modelLib, 'model library address'),
  };
  return { ...record, required_features: requiredFeatures(record) };
}

/** Most f16 records of the prebuilt list do not say that they need f16; their names do. */
function requiredFeatures(record: ModelRecord): string[] {
  const named = record.required_features ?? [];
  const needsF16 = isF16(record.model_id) || isF16(record.model_lib);
  return needsF16 && !named.includes('shader-f16') ? [...named, 'shader-f16'] : [...named];
}

function isF16(name: string): boolean {
  return /q\df16/.test(name);
}

/** Keeps the path: a mirror is a copy of both hosts' folders under one address. */
function mirrored(record: ModelRecord, mirror: string): ModelRecord {
  const base = address(mirror, 'mirror address').replace(/\/+$/, '');
  const move = (url: string): string => base + new URL(url).pathname;
  return { ...record, model: move(record.model), model_lib: move(record.model_lib) };
}

function address(text: string, what: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href;
  throw new AppError(
    'invalid-option',
    `Expected the ${what} to start with https:// or http://, got "${text}".`,
  );
}

/** The same model for GPUs without 16-bit floats. Null where there is none. */
export function f32Twin(modelId: string, prebuilt: readonly ModelRecord[]): string | null {
  const twin = modelId.replace(/(q\d)f16/, '$1f32');
  return twin !== modelId && prebuilt.some((record) => record.model_id === twin) ? twin : null;
}

/** Models that think before they answer unless told not to. */
export function thinks(modelId: string): boolean {
  return /^(Qwen3(\.\d+)?-\d|DeepSeek-R1)/i.test(modelId);
}

/** The folder all of a model's files lie in, as WebLLM completes it. Ends with a slash. */
export function filesUrl(model: string): string {
  const folder = model.endsWith('/') ? model : `${model}/`;
  return /.+\/resolve\/.+\//.test(folder) ? folder : `${folder}resolve/main/`;
}
