/** Model workers without threads: the real `createModelApi` behind a real message channel, with engines made for a test. */
import { expose } from 'comlink';
import type { Completion, CompletionRequest, LanguageModel } from '../../src/core/language-model.ts';
import type { CancelToken } from '../../src/core/cancel.ts';
import type { Engine, LoadContext } from '../../src/models/engine.ts';
import type { Engines } from '../../src/models/engines.ts';
import { createModelApi } from '../../src/workers/model-api.ts';
import type { WorkerLike } from '../../src/workers/worker-link.ts';

export type Answer = (request: CompletionRequest, cancel: CancelToken) => Promise<Completion>;

export interface FakeWorker extends WorkerLike {
  isTerminated: boolean;
  /** As the browser tells it: an uncaught error in the worker. */
  crash(message: string): void;
}

export function completion(text: string): Completion {
  const usage = { promptTokens: 10, cachedTokens: 0, completionTokens: 2, prefillMs: 1, decodeMs: 2 };
  return { text, finishReason: 'stop', usage };
}

export function engineThat(
  answer: Answer,
  concurrency = 1,
  countTokens: LanguageModel['countTokens'] = (text) => Promise.resolve(text.length),
  onLoad: (context: LoadContext) => void = () => undefined,
): Engine {
  const model: LanguageModel = {
    identity: { engine: 'scripted', model: 'fake' },
    concurrency,
    contextWindow: 4096,
    capabilities: { constraints: true, exactUsage: true },
    complete: (request, cancel) => answer(request, cancel as CancelToken),
    countTokens,
  };
  return {
    load: (_, context) => {
      onLoad(context);
      const { onProgress } = context;
      const bytes = { loadedBytes: null, totalBytes: null, secondsLeft: null };
      onProgress({ phase: 'ready', share: 1, ...bytes, text: 'ready' });
      return Promise.resolve({ model, notes: ['fake'], unload: () => Promise.resolve() });
    },
    kept: () => Promise.resolve([{ modelId: 'kept', bytes: 5, complete: true }]),
    deleteKept: () => Promise.resolve(),
  };
}

/** Starts workers, each with the next of `engines` (the last one again and again), and remembers them. */
export class FakeWorkers {
  readonly started: FakeWorker[] = [];
  readonly #engines: readonly Engine[];

  constructor(engines: readonly Engine[]) {
    this.#engines = engines;
  }

  readonly start = (): FakeWorker => {
    const engine = this.#engines[Math.min(this.started.length, this.#engines.length - 1)];
    const { port1, port2 } = new MessageChannel();
    expose(createModelApi({ simulated: engine, webllm: engine } as Engines), port1);
    const errors = new EventTarget();
    const worker: FakeWorker = {
      isTerminated: false,
      postMessage: (message: unknown, options?: Transferable[] | StructuredSerializeOptions) =>
        port2.postMessage(message, Array.isArray(options) ? { transfer: options } : options),
      addEventListener: (type: string, listener: EventListener) => {
        if (type === 'error' || type === 'messageerror') errors.addEventListener(type, listener);
        else port2.addEventListener(type, listener);
      },
      removeEventListener: (type: string, listener: EventListener) =>
        port2.removeEventListener(type, listener),
      terminate() {
        worker.isTerminated = true;
        port1.close();
        port2.close();
      },
      crash: (message) => void errors.dispatchEvent(Object.assign(new Event('error'), { message })),
    };
    port2.start();
    this.started.push(worker);
    return worker;
  };

  endAll(): void {
    for (const worker of this.started) worker.terminate();
  }
}
