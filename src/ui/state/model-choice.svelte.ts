/** Which model a run uses, as it is being chosen; `spec` is the plain data a run is started with. */
import { watchablePaceMs, type ModelSpec, type SimulatedSpec, type WllamaSpec } from '../../models/spec.ts';
import { EndpointChoice, isAddress } from './endpoint-choice.svelte.ts';
import { smallModels } from '../../models/wllama/catalog.ts';
import { isOwnFile } from '../../models/wllama/own-file.ts';

/** A way to get a model. Each has its own part of the form. */
export type ModelSource = 'simulated' | 'webllm' | 'wllama' | 'prompt-api' | 'address' | 'endpoint';

/** In place of a model of the short list for the processor. */
export const byAddress = 'address';

export class ModelChoice {
  source = $state<ModelSource>('simulated');

  skill = $state<SimulatedSpec['skill']>('middling');
  /** Slow enough to follow with the eye; the result is the same. */
  isWatchable = $state(true);

  /** Of WebLLM's own list; empty before one is chosen. */
  modelId = $state('');
  contextWindow = $state<number | null>(null);
  /** Where the files of WebLLM's list come from instead of their own hosts; empty: from there. */
  mirror = $state('');

  /** Of the short list for the processor, the address of a file of the person's own, or `byAddress`. */
  smallModelId = $state(smallModels[0]?.id ?? byAddress);
  ggufAddress = $state('');

  readonly endpoint = new EndpointChoice();

  #attempts = $state(0);

  address = $state('');
  library = $state('');
  customName = $state('');

  /** Null while something is missing; `problem` says what. */
  get spec(): ModelSpec | null {
    if (this.problem !== null) return null;
    if (this.source === 'simulated') {
      return { engine: 'simulated', skill: this.skill, paceMs: this.isWatchable ? watchablePaceMs : 0 };
    }
    if (this.source === 'wllama') return this.#processorSpec();
    if (this.source === 'endpoint') return this.endpoint.spec;
    if (this.source === 'prompt-api') return { engine: 'prompt-api' };
    const context = this.contextWindow === null ? {} : { contextWindow: this.contextWindow };
    if (this.source === 'webllm')
      return { engine: 'webllm', modelId: this.modelId, ...context, ...this.#mirrored() };
    const custom = { model: this.address.trim(), modelLib: this.library.trim() };
    return { engine: 'webllm', modelId: this.#nameOfCustom(), custom, ...context };
  }

  /** What is missing, as an order to the person; null when nothing is. */
  get problem(): string | null {
    if (this.source === 'webllm') return this.#listProblem();
    if (this.source === 'wllama') return this.#processorProblem();
    if (this.source === 'endpoint') return this.endpoint.problem;
    if (this.source !== 'address') return null;
    if (!isAddress(this.address))
      return 'Enter the address of the model, beginning with https:// or http://.';
    return isAddress(this.library) ? null : 'Enter the address of the model library (a .wasm file).';
  }

  /** Whether the engine can produce nothing but one of the labels. Servers each have their own way, or none. */
  get enforcesLabels(): boolean {
    return this.source !== 'endpoint';
  }

  /** How often it was loaded, or could not be: what is kept in this browser may have changed each time. */
  get attempts(): number {
    return this.#attempts;
  }

  noteAttempt(): void {
    this.#attempts += 1;
  }

  /** Another model of the same list. */
  chooseListed(id: string): void {
    if (this.source === 'wllama') this.smallModelId = id;
    else if (this.source === 'webllm') this.modelId = id;
  }

  /** The same server; which of its models is still to be said. Nothing changes where one was chosen before. */
  beginAtSameEndpoint({ endpoint }: ModelChoice): void {
    if (this.source !== 'simulated' || this.endpoint.model !== '') return;
    this.source = 'endpoint';
    this.endpoint.address = endpoint.address;
    this.endpoint.concurrency = endpoint.concurrency;
  }

  /** Takes over what a former run used. */
  follow(spec: ModelSpec): void {
    if (spec.engine === 'simulated') {
      this.source = 'simulated';
      this.skill = spec.skill;
      this.isWatchable = (spec.paceMs ?? 0) > 0;
    }
    if (spec.engine === 'prompt-api') this.source = 'prompt-api';
    if (spec.engine === 'endpoint') {
      this.source = 'endpoint';
      this.endpoint.follow(spec);
    }
    if (spec.engine === 'wllama') {
      this.source = 'wllama';
      const isListed = smallModels.some((model) => model.url === spec.url);
      const isOwn = isOwnFile(spec.url);
      this.smallModelId = isListed ? spec.modelId : isOwn ? spec.url : byAddress;
      if (!isListed && !isOwn) this.ggufAddress = spec.url;
    }
    if (spec.engine !== 'webllm') return;
    this.source = spec.custom === undefined ? 'webllm' : 'address';
    this.contextWindow = spec.contextWindow ?? null;
    if (spec.custom === undefined) {
      this.modelId = spec.modelId;
      this.mirror = spec.mirror ?? '';
      return;
    }
    this.customName = spec.modelId;
    this.address = spec.custom.model;
    this.library = spec.custom.modelLib;
  }

  #mirrored(): { readonly mirror?: string } {
    return this.mirror.trim() === '' ? {} : { mirror: this.mirror.trim() };
  }

  #processorSpec(): WllamaSpec {
    const listed = smallModels.find((model) => model.id === this.smallModelId);
    if (listed) return { engine: 'wllama', modelId: listed.id, url: listed.url };
    const url = isOwnFile(this.smallModelId) ? this.smallModelId : this.ggufAddress.trim();
    return { engine: 'wllama', modelId: fileNameOf(url), url };
  }

  #listProblem(): string | null {
    if (this.modelId === '') return 'Choose a model from the list.';
    if (this.mirror.trim() === '' || isAddress(this.mirror)) return null;
    return 'Enter the address of the mirror, beginning with https:// or http://, or leave it empty.';
  }

  #processorProblem(): string | null {
    if (this.smallModelId !== byAddress || isGguf(this.ggufAddress)) return null;
    return 'Enter the address of a GGUF file, beginning with https:// or http:// and ending with .gguf.';
  }

  /** Named after the last part of its address when the person gave no name. */
  #nameOfCustom(): string {
    const last = this.address
      .trim()
      .replace(/\/+$/, '')
      .replace(/\/resolve\/.*$/, '')
      .split('/')
      .at(-1);
    return this.customName.trim() || last || 'custom model';
  }
}

function isGguf(text: string): boolean {
  const url = text.trim();
  return isAddress(url) && /\.gguf(\?.*)?$/.test(url);
}

/** “https://host/path/model-q8_0.gguf?download=true” → “model-q8_0” */
function fileNameOf(url: string): string {
  return /([^/:]+)\.gguf/.exec(url)?.[1] ?? url;
}
