/** Loads a model with WebLLM. Importing this module costs 6 MB; only the model worker does, and only when asked. */
import { MLCEngine, modelVersion, prebuiltAppConfig } from '@mlc-ai/web-llm';
import type { ModelRecord } from '@mlc-ai/web-llm';
import { AppError } from '../../core/errors.ts';
import type { ModelIdentity } from '../../core/language-model.ts';
import type { LoadContext, LoadedEngine } from '../engine.ts';
import type { WebLlmSpec } from '../spec.ts';
import { BatchModel } from './batch-model.ts';
import { downloadFailure } from './download.ts';
import { watchDevice } from './device-loss.ts';
import { fromWebLlm, isDownloadFailure } from './errors.ts';
import { requireGpu } from './gpu.ts';
import { contextWindowOf, deviceLossOf, tokenCounterOf } from './internals.ts';
import { mendMergeKernel } from './merge-kernel.ts';
import { createProgressReader } from './progress.ts';
import { f32Twin, recordOf, thinks } from './records.ts';
import { withBatches } from './start-batches.ts';
import { givenUpNote, startReuse, type ReuseOutcome } from './start-reuse.ts';
import { WebLlmModel } from './webllm-model.ts';

/** @throws AppError with a next step for everything that can be foreseen */
export async function loadWebLlm(spec: WebLlmSpec, context: LoadContext): Promise<LoadedEngine> {
  const prebuilt = prebuiltAppConfig.model_list;
  const record = recordOf(spec, prebuilt);
  await requireGpu(record, f32Twin(record.model_id, prebuilt), navigator.gpu);
  const read = createProgressReader();
  const engine = new MLCEngine({
    appConfig: { model_list: [record], cacheBackend: 'cache' },
    initProgressCallback: (report) => context.onProgress(read(report)),
    logLevel: 'ERROR',
  });
  const reuse = await reload(engine, record, context.signal);
  return loadedEngine(engine, record, identityOf(spec), reuse, context.onNotes);
}

async function reload(engine: MLCEngine, record: ModelRecord, signal: AbortSignal): Promise<ReuseOutcome> {
  const stop = (): void => void engine.unload();
  const mergeKernel = mendMergeKernel(GPUDevice.prototype);
  signal.addEventListener('abort', stop, { once: true });
  try {
    throwIfAborted(signal);
    await engine.reload(record.model_id);
    // An aborted reload may return as if nothing had happened.
    throwIfAborted(signal);
    return await startReuse(engine, record.model_id, mergeKernel.state());
  } catch (thrown) {
    await engine.unload().catch(() => undefined);
    throwIfAborted(signal);
    throw isDownloadFailure(thrown) ? await downloadFailure(record, thrown) : fromWebLlm(thrown);
  } finally {
    mergeKernel.end();
    signal.removeEventListener('abort', stop);
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('cancelled', 'Loading was stopped; what has arrived is kept.');
}

function loadedEngine(
  engine: MLCEngine,
  record: ModelRecord,
  identity: ModelIdentity,
  { reuse, note, batchNote }: ReuseOutcome,
  onNotes: LoadContext['onNotes'],
): LoadedEngine {
  const id = record.model_id;
  const loss = watchDevice(deviceLossOf(engine, id), globalThis);
  const notesWith = (last: string | null): string[] => [...notesOf(record), note, ...(last ? [last] : [])];
  const options = {
    identity,
    contextWindow: contextWindowOf(engine, id) ?? record.overrides?.context_window_size ?? 4096,
    thinks: thinks(id),
    countTokens: tokenCounterOf(engine, id),
    cachedTokens: () => reuse?.prefixes.cachedTokens ?? 0,
    lost: loss.lost,
    onGivenUp: (thrown: unknown) => onNotes?.(notesWith(givenUpNote(thrown))),
  };
  const model = withBatches(engine, new WebLlmModel(engine, options), reuse, options);
  return {
    model,
    notes: notesWith(batchNote),
    async unload() {
      loss.end();
      if (model instanceof BatchModel) await model.idle();
      await engine.unload();
    },
  };
}

/** The library decides over the arithmetic, hence over the replies: it is part of who answers. */
function identityOf({ modelId, custom }: WebLlmSpec): ModelIdentity {
  return { engine: 'webllm', model: `${modelId} (${custom ? custom.modelLib : modelVersion})` };
}

function notesOf(record: ModelRecord): string[] {
  const f16 = record.required_features?.includes('shader-f16') ?? false;
  const notes = [f16 ? '16-bit floats on the GPU' : '32-bit floats on the GPU'];
  if (thinks(record.model_id)) notes.push('answers without thinking first');
  return notes;
}
