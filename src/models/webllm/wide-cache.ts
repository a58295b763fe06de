/** The engine gives its KV cache one sequence; here it is made anew with a few more, in the same memory. */
import type { BatchPipeline } from './batch-pipeline.ts';
import type { Callable } from './private-fields.ts';

/** Tokens per page of the KV cache; each sequence fills pages of its own. */
export const pageSize = 16;

/** The old cache goes first: there may be no room for two. False when the engine had to be given one like its own again. */
export function widenCache(pipeline: BatchPipeline, create: Callable, sequences: number): boolean {
  pipeline.kvCache.dispose();
  try {
    pipeline.kvCache = newCache(pipeline, create, sequences);
    return true;
  } catch {
    pipeline.kvCache = newCache(pipeline, create, 1);
    return false;
  } finally {
    pipeline.resetKVCache();
    pipeline.filledKVCacheLength = 0;
  }
}

/** As the engine makes its own, but for the number of sequences. */
function newCache(pipeline: BatchPipeline, create: Callable, sequences: number): { dispose(): void } {
  const { tvm, contextWindowSize, prefillChunkSize } = pipeline;
  const slidingWindow = 0;
  tvm.beginScope();
  try {
    const sizes = [sequences, contextWindowSize, prefillChunkSize, pageSize, slidingWindow];
    const cache = create(...sizes.map((size) => tvm.makeShapeTuple([size]))) as { dispose(): void };
    return tvm.detachFromCurrentScope(cache);
  } finally {
    tvm.endScope();
  }
}
