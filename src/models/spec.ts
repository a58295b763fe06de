/** How a model is named in a run's configuration: plain data, so that it can be stored and sent. */

/** The page's words for an engine never depend on how it is implemented. */
export type ModelSpec = SimulatedSpec | WebLlmSpec | WllamaSpec | EndpointSpec | PromptApiSpec;

export interface SimulatedSpec {
  readonly engine: 'simulated';
  /** How well it follows instructions, both as task model and as optimizer model. */
  readonly skill: 'weak' | 'middling' | 'strong';
  /** Milliseconds each reply takes for real, so that a run can be watched; 0 for benches. The recorded cost does not depend on it. */
  readonly paceMs?: number;
}

/** Milliseconds per reply: slow enough to follow with the eye. */
export const watchablePaceMs = 15;

export interface WebLlmSpec {
  readonly engine: 'webllm';
  readonly modelId: string;
  /** A model by address instead of one of the prebuilt list. */
  readonly custom?: { readonly model: string; readonly modelLib: string };
  /** Tokens; the model's own limit when left out. */
  readonly contextWindow?: number;
  /** Replaces the host of the prebuilt list's addresses (a classroom's mirror). */
  readonly mirror?: string;
}

export interface WllamaSpec {
  readonly engine: 'wllama';
  readonly modelId: string;
  /** Address of the GGUF file; `opfs:NAME` for one that was dropped onto the page and kept. */
  readonly url: string;
  readonly contextWindow?: number;
  readonly threads?: number;
}

export interface EndpointSpec {
  readonly engine: 'endpoint';
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Tokens; what the server tells, or a cautious guess, when left out. */
  readonly contextWindow?: number;
  /** Asks the server to let a thinking model answer at once (`chat_template_kwargs`; servers that do not know it ignore or refuse it). */
  readonly thinking?: 'off';
}

export interface PromptApiSpec {
  readonly engine: 'prompt-api';
}

export type LoadPhase = 'download' | 'cache' | 'compile' | 'ready';

/** How loading goes on. `share` counts over the whole load, 0 to 1; null where the engine cannot tell. */
export interface LoadProgress {
  readonly phase: LoadPhase;
  readonly share: number | null;
  readonly loadedBytes: number | null;
  readonly totalBytes: number | null;
  readonly secondsLeft: number | null;
  /** In words, for the page. */
  readonly text: string;
}
