/** Which module fulfils which engine. Every engine is imported when it is first used, so that nothing waits for the others. */
import { decorated } from '../core/decorated-model.ts';
import { AppError } from '../core/errors.ts';
import type { LanguageModel } from '../core/language-model.ts';
import type { Engine, LoadedEngine } from './engine.ts';
import type { PromptApi } from './prompt-api/api.ts';
import { requireSecurePage } from './secure-page.ts';
import type {
  EndpointSpec,
  ModelSpec,
  PromptApiSpec,
  SimulatedSpec,
  WebLlmSpec,
  WllamaSpec,
} from './spec.ts';

export interface Engines {
  readonly simulated: Engine<SimulatedSpec>;
  readonly webllm: Engine<WebLlmSpec>;
  readonly wllama: Engine<WllamaSpec>;
  readonly endpoint: Engine<EndpointSpec>;
  readonly 'prompt-api': Engine<PromptApiSpec>;
}

const keepsNothing = {
  kept: () => Promise.resolve([]),
  deleteKept: () => Promise.resolve(),
};

const simulated: Engine<SimulatedSpec> = {
  ...keepsNothing,
  async load(spec, { world }) {
    if (!world) throw new AppError('internal', 'The simulated model was started without a task.');
    const { createSimulatedModel } = await import('./simulated/simulated-model.ts');
    const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    return unloadable(createSimulatedModel(spec, world, { sleep }));
  },
};

/** A model without memory to give back, which must not answer after it was unloaded either. */
function unloadable(model: LanguageModel): LoadedEngine {
  let isLoaded = true;
  const gone = new AppError('model-not-loaded', 'This model is no longer loaded. Load it and try again.');
  return {
    model: decorated(model, (...args) => (isLoaded ? model.complete(...args) : Promise.reject(gone))),
    notes: [],
    unload() {
      isLoaded = false;
      return Promise.resolve();
    },
  };
}

const webllm: Engine<WebLlmSpec> = {
  async load(spec, context) {
    requireSecurePage();
    return (await import('./webllm/webllm-engine.ts')).loadWebLlm(spec, context);
  },
  kept: async () => (await import('./webllm/kept.ts')).keptModels(),
  deleteKept: async (modelId) => (await import('./webllm/kept.ts')).deleteKeptModel(modelId),
};

const wllama: Engine<WllamaSpec> = {
  async load(spec, context) {
    requireSecurePage();
    return (await import('./wllama/wllama-engine.ts')).loadWllama(spec, context);
  },
  kept: async () => (await import('./wllama/kept.ts')).keptModels(),
  deleteKept: async (modelId) => (await import('./wllama/kept.ts')).deleteKeptModel(modelId),
};

const endpoint: Engine<EndpointSpec> = {
  ...keepsNothing,
  load: async (spec, context) => (await import('./endpoint/endpoint-engine.ts')).loadEndpoint(spec, context),
};

const promptApi: Engine<PromptApiSpec> = {
  ...keepsNothing, // the browser keeps it, and shows it to nobody
  async load(_, context) {
    requireSecurePage();
    return (await import('./prompt-api/prompt-engine.ts')).loadPromptApi(context, builtInModel());
  },
};

/** Undefined in browsers without one, and in all workers so far. */
function builtInModel(): PromptApi | undefined {
  return (globalThis as { readonly LanguageModel?: PromptApi }).LanguageModel;
}

export const engines: Engines = { simulated, webllm, wllama, endpoint, 'prompt-api': promptApi };

/** @throws AppError `unsupported` for the engine of a stored run that this version does not have */
export function engineFor(spec: ModelSpec, all: Partial<Engines>): Engine {
  const engine = all[spec.engine];
  if (!engine) throw new AppError('unsupported', `The engine "${spec.engine}" is not part of this version.`);
  return engine;
}
