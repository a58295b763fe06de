/** The model worker's side of `ModelApi`: one engine at a time, every call settled, every failure an `AppError`. */
import { createCancelSource } from '../core/cancel.ts';
import type { CancelSource } from '../core/cancel.ts';
import { AppError, isAppError, messageOf } from '../core/errors.ts';
import { engineFor } from '../models/engines.ts';
import type { Engines } from '../models/engines.ts';
import type { LoadedEngine } from '../models/engine.ts';
import type { ModelSpec } from '../models/spec.ts';
import type { CachedModel, LoadedModel, ModelApi } from './protocol.ts';

export function createModelApi(engines: Engines): ModelApi {
  const calls = new Map<number, CancelSource>();
  let loaded: LoadedEngine | null = null;
  let loading: AbortController | null = null;

  async function unload(): Promise<void> {
    const previous = loaded;
    loaded = null;
    for (const call of calls.values()) call.cancel();
    await previous?.unload();
  }

  function current(): LoadedEngine {
    if (!loaded) throw new AppError('model-not-loaded', 'No model is loaded. Load one and try again.');
    return loaded;
  }

  const api: ModelApi = {
    async load(spec, world, onProgress, key, onNotes) {
      if (loading)
        throw new AppError('busy', 'Another model is being loaded. Wait for it, or stop it first.');
      const controller = (loading = new AbortController());
      try {
        await unload();
        const context = { world, key, onProgress, onNotes, signal: controller.signal };
        loaded = await engineFor(spec, engines).load(spec, context);
        return describe(spec, loaded);
      } finally {
        loading = null;
      }
    },
    cancelLoad() {
      loading?.abort();
      return Promise.resolve();
    },
    async complete(callId, request) {
      const call = createCancelSource();
      calls.set(callId, call);
      try {
        return await current().model.complete(request, call.token);
      } finally {
        calls.delete(callId);
      }
    },
    cancel(callId) {
      calls.get(callId)?.cancel();
      return Promise.resolve();
    },
    countTokens: (text) => current().model.countTokens(text),
    unload,
    cached: () => allKept(engines),
    deleteCached: async (engine, modelId) => engines[engine].deleteKept(modelId),
  };
  return withAppErrors(api);
}

function describe(spec: ModelSpec, { model, notes }: LoadedEngine): LoadedModel {
  const { identity, concurrency, contextWindow, capabilities } = model;
  return { spec, identity, concurrency, contextWindow, capabilities, notes };
}

async function allKept(engines: Engines): Promise<readonly CachedModel[]> {
  const names = Object.keys(engines) as (keyof Engines)[];
  const perEngine = names.map(async (engine) => {
    const kept = await engines[engine].kept();
    return kept.map((model): CachedModel => ({ engine, ...model }));
  });
  return (await Promise.all(perEngine)).flat();
}

/** Engines reject with events, strings and objects that cannot be cloned; those would never reach the other side. */
function withAppErrors(api: ModelApi): ModelApi {
  return {
    load: (...args) => settled(() => api.load(...args)),
    cancelLoad: () => settled(() => api.cancelLoad()),
    complete: (...args) => settled(() => api.complete(...args)),
    cancel: (...args) => settled(() => api.cancel(...args)),
    countTokens: (...args) => settled(() => api.countTokens(...args)),
    unload: () => settled(() => api.unload()),
    cached: () => settled(() => api.cached()),
    deleteCached: (...args) => settled(() => api.deleteCached(...args)),
  };
}

async function settled<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    if (isAppError(thrown)) throw thrown;
    throw new AppError('engine-failed', `The engine failed: ${messageOf(thrown)}.`, { cause: thrown });
  }
}
