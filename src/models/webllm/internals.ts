/**
 * What the adapter takes from WebLLM's private fields, each look checked: the public API has no tokenizer, says
 * nothing when the GPU device is lost, and keeps nothing of a prompt for the next. The names are the same from 0.2.79 to
 * 0.2.86; where one is missing, null is returned and the adapter goes on with an estimate, without the early warning, or
 * reading every prompt from its start.
 */
import { call, field, pipelineOf, runtimeFunction } from './private-fields.ts';
import type { Pipeline } from './prefix-reuse.ts';
import { createVocabulary, isTokenCoding, utf8, type Vocabulary } from './vocabulary.ts';

/** Null when the tokenizer cannot be reached. */
export type TokenCounter = ((text: string) => number) | null;

export function tokenCounterOf(engine: object, modelId: string): TokenCounter {
  const tokenizer = field(pipelineOf(engine, modelId), 'tokenizer');
  const encode = field(tokenizer, 'encode');
  if (typeof encode !== 'function') return null;
  return (text) => {
    const ids: unknown = Reflect.apply(encode, tokenizer, [text]);
    return ids instanceof Int32Array ? ids.length : Number.NaN;
  };
}

/** Null when the tokens' spellings cannot be read, or are not what the tokenizer makes of a text. */
export function vocabularyOf(pipeline: unknown): Vocabulary | null {
  const tokenizer = field(pipeline, 'tokenizer');
  const coding = field(pipeline, 'token_postproc_method');
  if (!isTokenCoding(coding)) return null;
  try {
    const length = Number(call(tokenizer, 'getVocabSize'));
    const spellings = Array.from({ length }, (_, token) => String(call(tokenizer, 'idToToken', token)));
    const vocabulary = createVocabulary(spellings, coding);
    return spells(vocabulary, call(tokenizer, 'encode', sample)) ? vocabulary : null;
  } catch {
    return null;
  }
}

/** With a space, letters of two bytes and a line break. */
const sample = 'größer als 10\nnow';

/** Some tokenizers put a space before every text. */
function spells(vocabulary: Vocabulary, tokens: unknown): boolean {
  if (!(tokens instanceof Int32Array)) return false;
  const bytes = Array.from(tokens, (token) => vocabulary.bytesOf(token)).join('');
  return bytes === utf8(sample) || bytes === utf8(` ${sample}`);
}

/** Resolves when the GPU device is lost; null when the device cannot be reached. */
export function deviceLossOf(engine: object, modelId: string): Promise<GPUDeviceLostInfo> | null {
  const runtime = field(field(pipelineOf(engine, modelId), 'tvm'), 'lib');
  const lost = field(field(field(runtime, 'webGPUContext'), 'device'), 'lost');
  return lost instanceof Promise ? (lost as Promise<GPUDeviceLostInfo>) : null;
}

/** Tokens; null when the configuration cannot be reached or the window slides. */
export function contextWindowOf(engine: object, modelId: string): number | null {
  const size = field(pipelineOf(engine, modelId), 'contextWindowSize');
  return typeof size === 'number' && size > 0 ? size : null;
}

export interface ReusablePipeline {
  readonly pipeline: Pipeline;
  /** Removes that many tokens from the end of the KV cache. */
  readonly pop: (tokens: number) => void;
}

/** Null where something is missing, and for models whose state cannot go back: recurrent ones, a sliding window. */
export function reusablePipelineOf(engine: object, modelId: string): ReusablePipeline | null {
  const pipeline = pipelineOf(engine, modelId);
  if (!isReusable(pipeline)) return null;
  const tvm = field(pipeline, 'tvm');
  const isPlain = field(pipeline, 'rnnState') === undefined && field(pipeline, 'artifact') === undefined;
  if (!isPlain || field(pipeline, 'kvCache') === undefined || field(pipeline, 'slidingWindowSize') !== -1)
    return null;
  const popTokens = runtimeFunction(tvm, 'vm.builtin.kv_state_popn');
  if (!popTokens) return null;
  const sequence = call(tvm, 'scalar', 0, 'int64');
  return {
    pipeline,
    pop: (tokens) =>
      void popTokens(field(pipeline, 'kvCache'), sequence, call(tvm, 'scalar', tokens, 'int32')),
  };
}

function isReusable(pipeline: unknown): pipeline is Pipeline {
  const names = ['resetKVCache', 'getInputData', 'embedAndForward'];
  return (
    typeof field(pipeline, 'filledKVCacheLength') === 'number' &&
    names.every((name) => typeof field(pipeline, name) === 'function')
  );
}
