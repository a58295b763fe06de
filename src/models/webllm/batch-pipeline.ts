/** What is used of WebLLM's pipeline to write several replies at a time. Every name is checked before it is relied on. */
import { field } from './private-fields.ts';

export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  view(shape: readonly number[]): Tensor;
  copyFrom(data: Tensor | readonly number[]): Tensor;
  toArray(): Float32Array;
}

interface Runtime {
  beginScope(): void;
  endScope(): void;
  detachFromCurrentScope<T>(value: T): T;
  makeShapeTuple(shape: readonly number[]): object;
  empty(shape: readonly number[], dtype: string, device: object): Tensor;
  scalar(value: number, dtype: string): object;
  cpu(): object;
}

/** The part of WebLLM's pipeline that is used; the same in 0.2.79 and 0.2.86. */
export interface BatchPipeline {
  readonly tvm: Runtime;
  readonly device: { sync(): Promise<void> };
  readonly params: object;
  kvCache: { dispose(): void };
  filledKVCacheLength: number;
  readonly contextWindowSize: number;
  readonly prefillChunkSize: number;
  readonly config: { readonly [name: string]: unknown };
  readonly tokenizer: { encode(text: string): Int32Array; decode(ids: Int32Array): string };
  readonly stopStr: readonly string[];
  readonly stopTokens: readonly number[];
  readonly outputIds: readonly number[];
  resetKVCache(): void;
  embed(ids: Tensor, params: object): Tensor;
  fKVCacheBeginForward(cache: object, sequences: object, lengths: object): void;
  fKVCacheEndForward(cache: object): void;
  fKVCacheRemoveSequence(cache: object, sequence: object): void;
}

const expected: Readonly<Record<keyof BatchPipeline, 'object' | 'number' | 'function'>> = {
  tvm: 'object',
  device: 'object',
  params: 'object',
  kvCache: 'object',
  filledKVCacheLength: 'number',
  contextWindowSize: 'number',
  prefillChunkSize: 'number',
  config: 'object',
  tokenizer: 'object',
  stopStr: 'object',
  stopTokens: 'object',
  outputIds: 'object',
  resetKVCache: 'function',
  embed: 'function',
  fKVCacheBeginForward: 'function',
  fKVCacheEndForward: 'function',
  fKVCacheRemoveSequence: 'function',
};

export function isBatchPipeline(pipeline: unknown): pipeline is BatchPipeline {
  return Object.entries(expected).every(([name, type]) => typeof field(pipeline, name) === type);
}
