/** One life of llama.cpp in wllama's own worker, from loaded model to ended worker. */
import { LogLevel, Wllama } from '@wllama/wllama/esm/index.js';
import type { ChatCompletionChunk, ChatCompletionParams, LoadModelParams } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { AppError, messageOf } from '../../core/errors.ts';
import { fromWllama, notLoaded } from './errors.ts';
import { errorLogger } from './logger.ts';
import { kvBytesPerToken } from './memory-growth.ts';

export interface SessionSettings {
  readonly threads: number;
  /** Tokens. */
  readonly contextWindow: number;
}

export interface Session {
  /** Tokens; less than asked for when the model was trained for less. */
  readonly contextWindow: number;
  /** Bytes of KV cache that one token takes. */
  readonly bytesPerToken: number;
  /** Resolves at the end of the reply. Rejects when the worker dies, which wllama itself never tells its callers. */
  chat(
    request: ChatRequest,
    signal: AbortSignal,
    onChunk: (chunk: ChatCompletionChunk) => void,
  ): Promise<void>;
  /** Ends the worker: all memory goes back at once. */
  end(): Promise<void>;
}

/** wllama's type lacks what llama-server takes beside it. */
export type ChatRequest = Omit<ChatCompletionParams, 'stream' | 'abortSignal'> & {
  readonly stop?: string[];
  readonly stream_options: { readonly include_usage: true };
};

/** What a session needs of `Wllama`. */
type Engine = Pick<
  Wllama,
  'setCompat' | 'loadModel' | 'getLoadedContextInfo' | 'createChatCompletion' | 'exit'
>;

/** Slow disks and busy machines are given their time; a load that hangs (it says nothing when it does) is ended. */
const loadFloorMs = 60_000;
const slowestBytesPerMs = 4000;

/** @throws AppError `model-corrupt`, `unsupported`, `out-of-memory`, `timed-out`, `engine-failed` */
export async function startSession(blobs: readonly Blob[], settings: SessionSettings): Promise<Session> {
  const log: string[] = [];
  let die: (reason: AppError) => void = () => undefined;
  const died = new Promise<never>((_, reject) => {
    die = reject;
  });
  died.catch(() => undefined); // Nobody may be waiting when it happens.
  const logger = errorLogger((what) => {
    if (what instanceof Event) die(fromWllama(what));
    else log.push(messageOf(what));
  });
  const engine = new Wllama({ default: wasmUrl }, { logger });
  engine.setCompat(null); // Else browsers without JSPI are sent to a foreign CDN for another build.
  try {
    const load = engine.loadModel([...blobs], loadParams(settings));
    await withinTime(Promise.race([load, died]), blobs);
    return sessionOn(engine, log, { died, die });
  } catch (thrown) {
    await engine.exit();
    throw fromWllama(thrown);
  }
}

function loadParams({ threads, contextWindow }: SessionSettings): LoadModelParams {
  return {
    n_gpu_layers: 0,
    n_ctx: contextWindow,
    n_threads: threads,
    n_parallel: 1,
    // A stop is heeded between batches only; smaller ones cost nothing on a CPU.
    n_batch: 64,
    n_ubatch: 64,
    // With it, greedy replies differ between a cold and a reused prefix.
    flash_attn: false,
    // Models with a sliding window could not reuse a prefix otherwise.
    swa_full: true,
    jinja: true,
    // Models that think are asked not to.
    reasoning: false,
    default_template_kwargs: { enable_thinking: false },
    log_level: LogLevel.ERROR,
  };
}

interface Death {
  readonly died: Promise<never>;
  readonly die: (reason: AppError) => void;
}

function sessionOn(engine: Engine, log: readonly string[], { died, die }: Death): Session {
  const info = engine.getLoadedContextInfo();
  // `loadModel` resolves for a damaged file too; only this field, which the types lack, tells.
  if (!('success' in info) || info.success !== true) throw notLoaded(log.join('\n'));
  return {
    contextWindow: Math.min(info.n_ctx, info.n_ctx_train),
    bytesPerToken: kvBytesPerToken(info.metadata, info),
    async chat(request, signal, onChunk) {
      const reply = engine.createChatCompletion({
        ...request,
        stream: true,
        abortSignal: signal,
        onData: onChunk,
      });
      await Promise.race([reply, died]);
    },
    end() {
      die(new AppError('model-not-loaded', 'The model was unloaded. Load it and try again.'));
      return engine.exit();
    },
  };
}

function withinTime(load: Promise<void>, blobs: readonly Blob[]): Promise<void> {
  const bytes = blobs.reduce((sum, blob) => sum + blob.size, 0);
  const limitMs = loadFloorMs + bytes / slowestBytesPerMs;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const what = `The CPU engine did not start within ${Math.round(limitMs / 1000)} seconds.`;
      reject(new AppError('timed-out', `${what} Reload the page and try again, or choose a smaller model.`));
    }, limitMs);
    void load.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
