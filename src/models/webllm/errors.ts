/**
 * What WebLLM throws, as `AppError`s with a next step. Its error classes are not exported (their `name`s are set, and
 * survive minification), and the browser's own failures come through unchanged.
 */
import { AppError, isAppError, messageOf } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';

type Failure = readonly [code: ErrorCode, words: string];

const byName: Readonly<Record<string, Failure>> = {
  WebGPUNotAvailableError: ['no-webgpu', noWebGpuText()],
  WebGPUNotFoundError: ['no-webgpu', noWebGpuText()],
  ShaderF16SupportError: [
    'no-f16',
    'This GPU cannot calculate with 16-bit floats. Choose a model with "f32" in its name.',
  ],
  FeatureSupportError: ['unsupported', 'This GPU lacks something the model needs. Choose another model.'],
  DeviceLostError: [
    'out-of-memory',
    'The GPU gave up while the model was loaded, most often for lack of memory. Close other tabs that use the GPU, or choose a smaller model or a smaller context window.',
  ],
  ContextWindowSizeExceededError: [
    'context-exceeded',
    'The prompt is longer than the context window of the model. Shorten the prompt, or load the model with a larger window.',
  ],
  ModelNotLoadedError: ['model-not-loaded', 'No model is loaded. Load one and try again.'],
  ModelNotFoundError: [
    'not-found',
    'WebLLM does not know this model. Pick one of the list, or give a model by address.',
  ],
  MissingModelWasmError: [
    'invalid-option',
    'The model has no model library. Give the address of its .wasm file.',
  ],
  GrammarMatcherInitError: [
    'grammar-invalid',
    'The grammar of the reply could not be read. Correct it, or ask without one.',
  ],
  InvalidResponseFormatGrammarError: [
    'grammar-invalid',
    'The grammar of the reply could not be read. Correct it, or ask without one.',
  ],
  IntegrityError: ['model-corrupt', corruptText()],
  ArtifactManifestError: ['model-corrupt', corruptText()],
  SyntaxError: ['model-corrupt', corruptText()],
  CompileError: ['model-corrupt', corruptText()],
  LinkError: [
    'model-corrupt',
    'The model library does not fit this version of WebLLM. Use a library made for the same version.',
  ],
  QuotaExceededError: [
    'storage-full',
    'There is no room left for the model in the browser’s storage. Delete a kept model, free some disk space, or choose a smaller model.',
  ],
};

const byMessage: readonly (readonly [pattern: RegExp, failure: Failure])[] = [
  [/already been disposed|deleted object|device.{0,20}lost/i, ['device-lost', deviceLostText()]],
  [/compatible GPU|WebGPU is not supported/i, ['no-webgpu', noWebGpuText()]],
  [
    /exceeds limit/i,
    [
      'unsupported',
      'This GPU or browser cannot hold buffers as large as WebLLM needs. Update the browser, or use the CPU engine.',
    ],
  ],
  [
    /out of memory|allocation failed|createBuffer/i,
    [
      'out-of-memory',
      'There is not enough memory for this model. Close other tabs, or choose a smaller model or a smaller context window.',
    ],
  ],
];

/** Anything but a failed download, which `download.ts` explains (it needs to look for the address). */
export function fromWebLlm(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const message = messageOf(thrown);
  const name = thrown instanceof Error ? thrown.name : '';
  const [code, words] = byName[name] ?? failureSaidIn(message);
  return new AppError(code, words, { cause: thrown });
}

function failureSaidIn(message: string): Failure {
  const [, failure] = byMessage.find(([pattern]) => pattern.test(message)) ?? [];
  return failure ?? ['engine-failed', `WebLLM failed: ${message}. Load the model again, or choose another.`];
}

/** True for what the browser throws when a file could not be fetched; it never says which file. */
export function isDownloadFailure(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    /failed to fetch|request failed|networkerror|load failed|cannot fetch/i.test(thrown.message)
  );
}

export function deviceLost(reason: string): AppError {
  return new AppError('device-lost', deviceLostText(), { cause: reason });
}

export function noWebGpu(): AppError {
  return new AppError('no-webgpu', noWebGpuText());
}

export function noF16(modelId: string, twin: string | null): AppError {
  const next = twin ? `Use its 32-bit twin ${twin}.` : 'Choose a model with "f32" in its name.';
  return new AppError('no-f16', `${modelId} needs 16-bit floats, which this GPU does not have. ${next}`);
}

function noWebGpuText(): string {
  return 'This browser gives no access to a GPU (WebGPU). Use a current Chrome, Edge or Safari with hardware acceleration switched on, or choose the CPU engine or the simulated model.';
}

function deviceLostText(): string {
  return 'The connection to the GPU was lost, most often for lack of GPU memory or after a driver restart. Load the model again; if it happens often, choose a smaller one.';
}

function corruptText(): string {
  return 'A file of the model is damaged or is not what it should be. Delete the kept model and download it again; for a model by address, check both addresses.';
}
