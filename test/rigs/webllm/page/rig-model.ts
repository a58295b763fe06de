/** The model client as the app has it, on the rig's model, and what the checks share. */
import { isAppError } from '../../../../src/core/errors.ts';
import type { CompletionRequest, LanguageModel } from '../../../../src/core/language-model.ts';
import type { LoadProgress, WebLlmSpec } from '../../../../src/models/spec.ts';
import { ModelClient, startModelWorker } from '../../../../src/workers/model-client.ts';

const modelId = 'random-qwen2-0.5b';
/** Why models were loaded again, the last one last. */
export const restarts: string[] = [];
/** Reports of the last load. */
export const progress: LoadProgress[] = [];
/** Rejections inside model workers that nobody handled, as `device-tap.js` tells them. */
export const unhandled: string[] = [];
new BroadcastChannel('rig').addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'string' && data.startsWith('unhandled: ')) unhandled.push(data);
});
/** A busy machine writes one token in five seconds here. */
const patience = { floorMs: 40_000, firstMsPerToken: 10_000, slack: 2 };

export const client = new ModelClient({
  startWorker: startModelWorker,
  patience,
  graceMs: 15_000,
  onRestart: ({ code, message, cause }) => restarts.push(`${code}: ${message} [${String(cause)}]`),
});
let model: LanguageModel | null = null;

/** @param folder `model`, or one of its variants in stage.mjs */
export function spec(folder = 'model', more: Partial<WebLlmSpec> = {}): WebLlmSpec {
  const url = (path: string): string => new URL(path, location.href).href;
  const custom = { model: url(`${folder}/`), modelLib: url(`${folder}/model_lib.wasm`) };
  return { engine: 'webllm', modelId, custom, contextWindow: 1024, ...more };
}

export function request(more: Partial<CompletionRequest> = {}): CompletionRequest {
  const system = 'Answer with one label. Never explain the answer.';
  return {
    purpose: 'answer',
    system,
    prompt: 'My parcel is late.',
    maxTokens: 8,
    temperature: 0,
    seed: 1,
    ...more,
  };
}

/** Loaded by the first check that needs it, so that each can be run alone. */
export async function loadedModel(): Promise<LanguageModel> {
  return model && client.loaded ? model : load();
}

export async function load(folder?: string, more?: Partial<WebLlmSpec>): Promise<LanguageModel> {
  progress.length = 0;
  return (model = await client.load(spec(folder, more), null, (report) => progress.push(report)));
}

export function ensure(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected: ${what}`);
}

/** The code of what was thrown, and its message for the report. */
export async function failureOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (thrown) {
    if (isAppError(thrown)) return { code: thrown.code, message: thrown.message };
    throw thrown;
  }
  throw new Error('expected a failure, there was none');
}

export async function expectFailure(
  work: Promise<unknown>,
  code: string,
): Promise<{ code: string; message: string }> {
  const failure = await failureOf(work);
  ensure(failure.code === code, `the code ${code}, got ${failure.code} (${failure.message})`);
  return failure;
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(100);
}
