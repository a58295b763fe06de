/** The real engine, put together as `webllm-engine.ts` does it, with the way back to plain reading in reach. */
import { MLCEngine } from '@mlc-ai/web-llm';
import { messageOf } from '../../../../src/core/errors.ts';
import type { CompletionRequest, Usage } from '../../../../src/core/language-model.ts';
import { reusablePipelineOf, tokenCounterOf } from '../../../../src/models/webllm/internals.ts';
import { mendMergeKernel } from '../../../../src/models/webllm/merge-kernel.ts';
import { withBatches } from '../../../../src/models/webllm/start-batches.ts';
import type { BatchRuntime } from '../../../../src/models/webllm/batch-runtime.ts';
import { startReuse } from '../../../../src/models/webllm/start-reuse.ts';
import { WebLlmModel } from '../../../../src/models/webllm/webllm-model.ts';

const modelId = 'random-qwen2-0.5b';
export const inputs = [
  'My parcel is late, and nobody at the hotline knows where it went.',
  'I forgot my password and the link in the mail leads nowhere.',
  'The invoice shows an amount that I never agreed to pay.',
  'Thank you for the quick help with the broken lamp!',
  'Please send the shoes back to me, they are the wrong size.',
];
export const shortInputs = [
  'My parcel is late.',
  'I forgot my password.',
  'Wrong invoice again.',
  'Thanks for the help!',
];
export const sentence = 'Answer with one label out of this list and never explain the answer in any way. ';
export const labels = ['billing', 'delivery', 'returns', 'account'];

export interface Answer {
  readonly ids: string;
  readonly cached: number;
  readonly prompt: number;
  readonly ms: number;
}

/** Random weights write one token for ever; with these, greedy tokens vary and depend on all there were before. */
const overrides = { context_window_size: 1024, presence_penalty: 2, frequency_penalty: 2 };
/** The tokens of what batches wrote, by text. */
const written = new Map<string, string>();

function noting(runtime: BatchRuntime): BatchRuntime {
  const decode = (ids: readonly number[]): string => {
    const text = runtime.decode(ids);
    written.set(text, ids.join());
    return text;
  };
  return { ...runtime, decode };
}

async function start(folder: string) {
  const record = { model: folder, model_id: modelId, model_lib: `${folder}model_lib.wasm` };
  const engine = new MLCEngine({
    appConfig: { model_list: [{ ...record, overrides }] },
    logLevel: 'ERROR',
  });
  const kernel = mendMergeKernel(GPUDevice.prototype);
  await engine.reload(modelId);
  const { reuse, note } = await startReuse(engine, modelId, kernel.state());
  const found = reusablePipelineOf(engine, modelId);
  if (!found || !reuse?.batch) throw new Error(`the pipeline is not as expected: ${note}`);
  const options = {
    identity: { engine: 'webllm', model: modelId } as const,
    contextWindow: 1024,
    thinks: false,
    countTokens: tokenCounterOf(engine, modelId),
    cachedTokens: () => reuse.prefixes.cachedTokens,
    lost: new Promise<never>(() => undefined),
    onGivenUp: () => undefined,
  };
  const model = new WebLlmModel(engine, options);
  const together = withBatches(engine, model, { ...reuse, batch: noting(reuse.batch) }, options);
  const { prefixes, batch } = reuse;
  return {
    options,
    engine,
    kernel: kernel.state(),
    model,
    together,
    pipeline: found.pipeline,
    reuse: prefixes,
    batch,
  };
}

let loaded: Awaited<ReturnType<typeof start>> | null = null;

export async function load(folder: string): Promise<void> {
  loaded = await start(folder);
}

export function rig(): NonNullable<typeof loaded> {
  if (!loaded) throw new Error('no model is loaded');
  return loaded;
}

/** Random weights prefer one token to all others: forbidden and sampled warmly, the tokens depend on the whole prompt. */
const line = { kind: 'line', min: 12, max: 24 } as const;

export function request(prompt: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  const system = sentence.repeat(3);
  return {
    purpose: 'answer',
    system,
    prompt,
    maxTokens: 3,
    temperature: 3,
    seed: 1,
    constraint: line,
    ...more,
  };
}

export async function ask(asked: CompletionRequest): Promise<Answer> {
  const { model, pipeline } = rig();
  const start = performance.now();
  const { usage } = await model.complete(asked);
  const ids = String(Reflect.get(pipeline, 'outputIds'));
  const ms = Math.round(performance.now() - start);
  return { ids, cached: usage.cachedTokens, prompt: usage.promptTokens, ms };
}

export function askPlainly(asked: CompletionRequest): Promise<Answer> {
  rig().reuse.forget();
  return ask(asked);
}

/** With what is in the cache, then from the start: the same tokens, and the prompt counted the same. */
export async function same(asked: CompletionRequest, least: number): Promise<Answer> {
  const ours = await ask(asked);
  const plain = await askPlainly(asked);
  if (ours.ids !== plain.ids) throw new Error(`expected the tokens ${plain.ids}, got ${ours.ids}`);
  if (ours.prompt !== plain.prompt || plain.cached !== 0) throw new Error('the prompt is counted wrongly');
  if (ours.cached < least) throw new Error(`expected ${least} cached tokens or more, got ${ours.cached}`);
  return ours;
}

export interface Answers {
  /** As the single path gives them, in the order of the requests. */
  readonly ids: readonly string[];
  readonly usages: readonly Usage[];
  readonly ms: number;
}

/** All at once, so that they are written together. */
export async function askTogether(asked: readonly CompletionRequest[]): Promise<Answers> {
  const { together } = rig();
  written.clear();
  const start = performance.now();
  const replies = await Promise.all(asked.map((one) => together.complete(one)));
  const ms = Math.round(performance.now() - start);
  return {
    ids: replies.map(({ text }) => written.get(text) ?? `not written together: ${text}`),
    usages: replies.map(({ usage }) => usage),
    ms,
  };
}

/** A model of its own whose batches fail once, after so many passes. */
export function failing(passes: number) {
  const { engine, model, reuse, batch, options } = rig();
  const runtime = { ...batch, passes: 0 };
  runtime.forward = (rows) =>
    ++runtime.passes > passes ? Promise.reject(new Error('out of memory')) : batch.forward(rows);
  const givenUp: string[] = [];
  const together = withBatches(
    engine,
    model,
    { prefixes: reuse, batch: runtime },
    {
      ...options,
      onGivenUp: (thrown) => void givenUp.push(messageOf(thrown)),
    },
  );
  return { runtime, together, givenUp };
}

export function longSystem(tokens: number): string {
  const count = tokenCounterOf(rig().engine, modelId);
  let text = sentence;
  while ((count?.(text) ?? tokens) < tokens) text += sentence;
  return text;
}
