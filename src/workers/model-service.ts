/** The models of this tab, by role: loaded when a run needs them, kept as long as the next run wants the same. */
import type { AppError } from '../core/errors.ts';
import type { LanguageModel } from '../core/language-model.ts';
import type { SimulatedWorld } from '../models/simulated/world.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import { waitingInWords, type Waiting } from '../models/waiting.ts';
import { ModelClient, startModelWorker } from './model-client.ts';
import { homeOf, type Home } from './page-link.ts';
import type { LoadedModel } from './protocol.ts';
import { inTurns } from './turns.ts';
import type { WorkerLike } from './worker-link.ts';

export type Role = 'task' | 'optimizer';

export interface ModelServiceParts {
  /** Told why the model is loaded again. */
  readonly onRestart?: (reason: AppError) => void;
  /** Told when there is something new in `notes`. */
  readonly onNotes?: () => void;
  readonly keyFor?: (spec: ModelSpec) => Promise<string | null>;
  /** Reaches the engines that only a page has. */
  readonly startPage: () => WorkerLike;
}

interface Slot {
  readonly client: ModelClient;
  readonly home: Home;
  /** What is loaded, as text; a simulated model also depends on the task it plays. */
  wanted: string | null;
  key: string | null;
  model: LanguageModel | null;
}

function identityOf(spec: ModelSpec, world: SimulatedWorld | null): string {
  return JSON.stringify(spec.engine === 'simulated' ? [spec, world] : [spec]);
}

export class ModelService {
  readonly #slots = new Map<Role, Slot>();
  readonly #parts: ModelServiceParts;
  #keeper: ModelClient | null = null;

  constructor(parts: ModelServiceParts) {
    this.#parts = parts;
  }

  loaded(role: Role = 'task'): LoadedModel | null {
    return this.#slots.get(role)?.client.loaded ?? null;
  }

  /** What the engines say of what is loaded; what one waits for comes first. */
  notes(): Readonly<Record<Role, readonly string[]>> {
    const of = (role: Role): readonly string[] => {
      const waiting = this.waiting(role);
      return [...(waiting === null ? [] : [waitingInWords(waiting)]), ...(this.loaded(role)?.notes ?? [])];
    };
    return { task: of('task'), optimizer: of('optimizer') };
  }

  /** What the model waits for outside of this machine; null when nothing. */
  waiting(role: Role = 'task'): Waiting | null {
    return this.loaded(role)?.waiting ?? null;
  }

  /** The model for a role: the loaded one when it is the same, else it is loaded in its place. */
  async obtain(
    role: Role,
    spec: ModelSpec,
    world: SimulatedWorld | null,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<LanguageModel> {
    const slot = this.#slot(role, homeOf(spec));
    const wanted = identityOf(spec, world);
    const key = (await this.#parts.keyFor?.(spec)) ?? null;
    if (slot.model && slot.wanted === wanted && slot.key === key && slot.client.loaded) return slot.model;
    slot.wanted = null;
    slot.model = await slot.client.load(spec, world, onProgress, key);
    slot.wanted = wanted;
    slot.key = key;
    return slot.model;
  }

  /** Both models of a run on a machine with room for one: loaded in turns. */
  obtainInTurns(
    specs: Readonly<Record<Role, ModelSpec>>,
    worldFor: (spec: ModelSpec) => SimulatedWorld | null,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Readonly<Record<Role, LanguageModel>>> {
    return inTurns({
      load: (role) => this.obtain(role, specs[role], worldFor(specs[role]), onProgress),
      unload: (role) => this.release(role),
    });
  }

  /** Another file lies at this address now: what is loaded from the old one is loaded anew when it is wanted next. */
  outdate(url: string): void {
    for (const slot of this.#slots.values()) {
      const spec = slot.client.loaded?.spec;
      if (spec?.engine === 'wllama' && spec.url === url) slot.wanted = null;
    }
  }

  async cancelLoading(): Promise<void> {
    await Promise.all([...this.#slots.values()].map(({ client }) => client.cancelLoad()));
  }

  async unload(): Promise<void> {
    const clients = [...this.#slots.values()].map(({ client }) => client);
    this.#slots.clear();
    await Promise.all(clients.map((client) => client.unload().finally(() => client.dispose())));
  }

  /** Unloads one model and ends its worker: only then is all memory given back for sure. */
  async release(role: Role): Promise<void> {
    const slot = this.#slots.get(role);
    this.#slots.delete(role);
    await slot?.client.unload().finally(() => slot.client.dispose());
  }

  /** For questions about what is kept on this machine; starts a worker when there is none. */
  files(): Pick<ModelClient, 'cached' | 'deleteCached'> {
    if (this.#slots.get('task')?.home !== 'page') return this.#slot('task', 'worker').client;
    return (this.#keeper ??= new ModelClient({ startWorker: startModelWorker }));
  }

  #slot(role: Role, home: Home): Slot {
    const known = this.#slots.get(role);
    if (known?.home === home) return known;
    known?.client.dispose();
    const slot: Slot = { client: this.#client(home), home, wanted: null, key: null, model: null };
    this.#slots.set(role, slot);
    return slot;
  }

  #client(home: Home): ModelClient {
    const { startPage, onRestart, onNotes } = this.#parts;
    return new ModelClient({
      startWorker: home === 'page' ? startPage : startModelWorker,
      onRestart: (reason) => onRestart?.(reason),
      onNotes: () => onNotes?.(),
    });
  }
}
