/** What wllama and llama.cpp throw or log, as `AppError`s with a next step. */
import { AppError, isAppError, messageOf } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';

const byMessage: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [
    /grammar|initialize samplers/i,
    'grammar-invalid',
    'The grammar of the reply could not be read. Correct it, or ask without one.',
  ],
  [
    /out of memory|OOM|enlarge memory|allocat/i,
    'out-of-memory',
    'There is not enough memory for this model. Close other tabs, or choose a smaller model or a smaller context window.',
  ],
];

export function fromWllama(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const message = reasonOf(thrown);
  if (/exceeds the available context/.test(message)) return contextExceeded(message);
  const known = byMessage.find(([pattern]) => pattern.test(message));
  if (known) return new AppError(known[1], known[2], { cause: thrown });
  return new AppError(
    'engine-failed',
    `The CPU engine failed: ${message}. Load the model again, or choose another.`,
    { cause: thrown },
  );
}

/**
 * Why a file could not be loaded: llama.cpp says so only in its log.
 * @param log its error lines
 */
export function notLoaded(log: string): AppError {
  const architecture = /unknown model architecture: '([^']*)'/.exec(log)?.[1];
  if (architecture !== undefined) {
    return new AppError(
      'unsupported',
      `This version of the CPU engine does not know the model architecture "${architecture}". Choose another model.`,
    );
  }
  if (/allocat|out of memory/i.test(log)) return fromWllama(log);
  return new AppError(
    'model-corrupt',
    'The model file is damaged or is not a GGUF file. It was removed from this browser: load the model again to download it anew; for a file of your own, check that it is whole.',
    { cause: log },
  );
}

/** @param beginning - the file's first characters */
export function noGguf(name: string, beginning: string): AppError {
  const next = /\.gguf$/i.test(name)
    ? `Its name says so, but it holds ${contentOf(beginning)}: download it again.`
    : 'Choose a model file whose name ends with .gguf.';
  return new AppError('model-corrupt', `${name} is not a GGUF file. ${next}`, { place: { file: name } });
}

/** What is saved in place of a model when a download goes wrong. */
function contentOf(beginning: string): string {
  if (beginning.startsWith('version https://git-lfs')) return 'only a pointer to the real file (Git LFS)';
  return beginning.trimStart().startsWith('<') ? 'a web page' : 'something else';
}

/** @param needed - bytes by its own header, or `cut` where the file ends within the header */
export function cutFile(name: string, size: number, needed: number | 'cut'): AppError {
  const rest = needed === 'cut' ? 'ends within its header' : `should have ${inWords(needed)}`;
  return new AppError(
    'model-corrupt',
    `${name} is only the beginning of a model: it has ${inWords(size)} and ${rest}. Download or copy it again, to its end.`,
    { place: { file: name } },
  );
}

function inWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${bytes.toLocaleString('en')} bytes`;
}

/** What had come before it failed. */
export interface Arrived {
  readonly bytes: number;
  /** 0 where the server did not tell. */
  readonly of: number;
}

export function downloadFailed(url: string, thrown: unknown, arrived: Arrived): AppError {
  if (isAppError(thrown)) return thrown;
  if (thrown instanceof Error && thrown.name === 'QuotaExceededError') return storageFull(thrown);
  if (arrived.bytes > 0) return brokeOff(url, thrown, arrived);
  const status = /HTTP (\d+)/.exec(reasonOf(thrown))?.[1];
  const why =
    status === undefined
      ? 'the server cannot be reached, or does not allow other sites to use it'
      : `the server says ${status}`;
  const next = 'Check the address and the connection, then load again.';
  return new AppError('download-failed', `${url} could not be downloaded (${why}). ${next}`, {
    cause: thrown,
  });
}

/** The library cannot go on with a part. */
function brokeOff(url: string, cause: unknown, { bytes, of }: Arrived): AppError {
  const share = of > 0 ? `${inWords(bytes)} of ${inWords(of)}` : inWords(bytes);
  return new AppError(
    'download-failed',
    `The download of ${url} broke off after ${share}. Check the connection, then load again: it begins anew.`,
    { cause },
  );
}

export function storageFull(cause: unknown): AppError {
  return new AppError(
    'storage-full',
    'There is no room left for the model in the browser’s storage. Delete a kept model, free some disk space, or choose a smaller model.',
    { cause },
  );
}

/** "request (5033 tokens) exceeds the available context size (2048 tokens), try increasing it" */
function contextExceeded(message: string): AppError {
  const [prompt = 'more', window = 'fewer'] = [...message.matchAll(/\((\d+) tokens\)/g)].map(
    ([, count]) => count,
  );
  return new AppError(
    'context-exceeded',
    `The prompt takes ${prompt} tokens, and the model's context window holds ${window} for prompt and reply together. Shorten the prompt, or load the model with a larger window.`,
    { cause: message },
  );
}

export function loadStopped(): AppError {
  return new AppError('cancelled', 'Loading was stopped.');
}

/** A worker that dies is told by an event; a bare `undefined` comes too. */
function reasonOf(thrown: unknown): string {
  return thrown instanceof Event && !('message' in thrown)
    ? `its worker ended (${thrown.type})`
    : messageOf(thrown);
}
