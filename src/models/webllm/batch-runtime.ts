/**
 * WebLLM's runtime for several sequences at once: a prompt's beginning that sequence 0 holds (`prefix-reuse.ts`) can be
 * forked, and several answers decoded by one pass over the weights. Where a name is missing there is no batch.
 */
import { isBatchPipeline, type BatchPipeline, type Tensor } from './batch-pipeline.ts';
import { vocabularyOf } from './internals.ts';
import { modelFunction, pipelineOf, runtimeFunction, type Callable } from './private-fields.ts';
import type { Vocabulary } from './vocabulary.ts';
import { widenCache } from './wide-cache.ts';

export interface SequenceTokens {
  readonly sequence: number;
  readonly tokens: readonly number[];
}

/** What the engine would take from its configuration for every reply. */
export interface Penalties {
  readonly presence: number;
  readonly frequency: number;
  readonly repetition: number;
}

export interface BatchRuntime {
  /** Tokens that all sequences hold together, at most. */
  readonly contextWindow: number;
  /** Tokens that one pass reads, at most. */
  readonly chunk: number;
  readonly penalties: Penalties;
  /** Begins a sequence with all that sequence 0 holds. */
  fork(sequence: number): void;
  drop(sequence: number): void;
  /** Appends tokens to sequences, `chunk` in all at most. Gives the logits that follow the last token of each. */
  forward(rows: readonly SequenceTokens[]): Promise<readonly Float32Array[]>;
  encode(text: string): readonly number[];
  decode(ids: readonly number[]): string;
  /** Of the request that the engine formatted last. */
  stops(): { readonly texts: readonly string[]; readonly tokens: readonly number[] };
  /** Tokens of the engine's own last reply. */
  lastReply(): readonly number[];
  /** Null where the bytes of the tokens cannot be told. Read when it is first asked for: it takes a moment. */
  vocabulary(): Vocabulary | null;
}

interface Kernels {
  readonly prefill: Callable;
  readonly decode: Callable;
  readonly fork: Callable;
}

/**
 * To be called before the pipeline's own methods are replaced: what the cache holds is lost.
 * @param sequences beside sequence 0
 * @returns null where the library, or this version of WebLLM, lacks something
 */
export function batchRuntimeOf(engine: object, modelId: string, sequences: number): BatchRuntime | null {
  const pipeline = pipelineOf(engine, modelId);
  if (!isBatchPipeline(pipeline)) return null;
  const prefill = modelFunction(pipeline, 'batch_prefill');
  const decode = modelFunction(pipeline, 'batch_decode');
  const create = modelFunction(pipeline, 'create_tir_paged_kv_cache');
  const fork = runtimeFunction(pipeline.tvm, 'vm.builtin.kv_state_fork_sequence');
  if (!prefill || !decode || !create || !fork) return null;
  return widenCache(pipeline, create, sequences + 1) ? runtimeOn(pipeline, { prefill, decode, fork }) : null;
}

function runtimeOn(pipeline: BatchPipeline, kernels: Kernels): BatchRuntime {
  const { tvm, contextWindowSize, prefillChunkSize, tokenizer, config } = pipeline;
  let vocabulary: Vocabulary | null | undefined;
  const id = (sequence: number): object => tvm.scalar(sequence, 'int64');
  const figure = (name: string, otherwise: number): number => {
    const value = config[name];
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    contextWindow: contextWindowSize,
    chunk: prefillChunkSize,
    penalties: {
      presence: figure('presence_penalty', 0),
      frequency: figure('frequency_penalty', 0),
      repetition: figure('repetition_penalty', 1),
    },
    fork: (sequence) => void kernels.fork(pipeline.kvCache, id(0), id(sequence), id(-1)),
    drop: (sequence) => pipeline.fKVCacheRemoveSequence(pipeline.kvCache, id(sequence)),
    forward: (rows) => forward(pipeline, kernels, rows),
    encode: (text) => [...tokenizer.encode(text)],
    decode: (ids) => tokenizer.decode(Int32Array.from(ids)),
    stops: () => ({ texts: pipeline.stopStr, tokens: pipeline.stopTokens }),
    lastReply: () => [...pipeline.outputIds],
    vocabulary: () => (vocabulary === undefined ? (vocabulary = vocabularyOf(pipeline)) : vocabulary),
  };
}

async function forward(
  pipeline: BatchPipeline,
  kernels: Kernels,
  rows: readonly SequenceTokens[],
): Promise<readonly Float32Array[]> {
  const { tvm, device } = pipeline;
  tvm.beginScope();
  try {
    const logits = logitsOf(pipeline, kernels, rows);
    const vocabulary = logits.shape.at(-1) ?? 0;
    const onCpu = tvm.empty(logits.shape, logits.dtype, tvm.cpu()).copyFrom(logits);
    await device.sync();
    const all = onCpu.toArray();
    return rows.map((_, row) => all.subarray(row * vocabulary, (row + 1) * vocabulary));
  } finally {
    tvm.endScope();
  }
}

/** On the GPU; one row per sequence. */
function logitsOf(pipeline: BatchPipeline, kernels: Kernels, rows: readonly SequenceTokens[]): Tensor {
  const { tvm, device, params, kvCache } = pipeline;
  const lengths = rows.map(({ tokens }) => tokens.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const upload = (numbers: readonly number[]): Tensor =>
    tvm.empty([numbers.length], 'int32', device).copyFrom(numbers);
  const embedded = pipeline.embed(upload(rows.flatMap(({ tokens }) => tokens)), params);
  const width = embedded.shape.at(-1) ?? 0;
  const sequences = tvm.makeShapeTuple(rows.map(({ sequence }) => sequence));
  pipeline.fKVCacheBeginForward(kvCache, sequences, tvm.makeShapeTuple(lengths));
  const isDecode = total === rows.length;
  const result = isDecode
    ? kernels.decode(embedded.view([rows.length, 1, width]), kvCache, params)
    : kernels.prefill(embedded.view([1, total, width]), upload(lastPositions(lengths)), kvCache, params);
  pipeline.fKVCacheEndForward(kvCache);
  return (result as { get(index: number): Tensor }).get(0);
}

/** Where each sequence's last token stands among all tokens. */
function lastPositions(lengths: readonly number[]): number[] {
  let end = -1;
  return lengths.map((length) => (end += length));
}
