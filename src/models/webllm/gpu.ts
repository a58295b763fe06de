/** Asked before the first byte is downloaded: WebLLM itself looks for a GPU only after a good part of the download. */
import type { ModelRecord } from '@mlc-ai/web-llm';
import { AppError } from '../../core/errors.ts';
import { noF16, noWebGpu } from './errors.ts';

/** The part of WebGPU this needs. */
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GPUAdapter | null>;
}

/**
 * @param gpu undefined in browsers without WebGPU and on http addresses, whatever its type says
 * @param twin id of the same model for GPUs without 16-bit floats, when there is one
 * @throws AppError `no-webgpu`, `no-f16`, `unsupported`
 */
export async function requireGpu(
  record: ModelRecord,
  twin: string | null,
  gpu: Gpu | undefined,
): Promise<void> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw noWebGpu();
  const features: ReadonlySet<string> = adapter.features;
  for (const feature of record.required_features ?? []) {
    if (features.has(feature)) continue;
    if (feature === 'shader-f16') throw noF16(record.model_id, twin);
    throw new AppError(
      'unsupported',
      `${record.model_id} needs the GPU feature "${feature}". Choose another model.`,
    );
  }
  requireBuffer(record, adapter.limits.maxStorageBufferBindingSize);
}

function requireBuffer(
  { model_id, buffer_size_required_bytes: needed = 0 }: ModelRecord,
  limit: number,
): void {
  if (needed <= limit) return;
  const megabytes = (bytes: number): string => String(Math.round(bytes / 1e6));
  throw new AppError(
    'unsupported',
    `${model_id} needs GPU buffers of ${megabytes(needed)} MB; this GPU allows ${megabytes(limit)} MB. Choose a smaller model.`,
  );
}
