/** What this site keeps in the browser: how much, how safely, the models, and the way out and back in. */
import type { CachedModel, OptimizerApi, Restored, RunSize, SavedBackup } from '../../workers/protocol.ts';
import { toFailure, type Failure } from '../text.ts';

export class StorageState {
  readonly #api: OptimizerApi;
  #usage = $state.raw<StorageEstimate | null>(null);
  #isPersistent = $state<boolean | null>(null);
  #models = $state.raw<readonly CachedModel[] | null>(null);
  #runSizes = $state.raw<readonly RunSize[] | null>(null);
  #restored = $state.raw<Restored | null>(null);
  #refused = $state.raw<File | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #isBusy = $state(false);

  constructor(api: OptimizerApi) {
    this.#api = api;
  }

  get usage(): StorageEstimate | null {
    return this.#usage;
  }
  /** Left for this site; null where the browser does not tell. */
  get freeBytes(): number | null {
    const { quota, usage } = this.#usage ?? {};
    return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
  }
  /** Null where the browser does not tell. */
  get isPersistent(): boolean | null {
    return this.#isPersistent;
  }
  /** Null until they are known. */
  get models(): readonly CachedModel[] | null {
    return this.#models;
  }
  /** What deleting a run would free, the largest first; null until it is known. */
  get runSizes(): readonly RunSize[] | null {
    return this.#runSizes;
  }
  get restored(): Restored | null {
    return this.#restored;
  }
  /** A backup for which there is hardly room. */
  get refused(): File | null {
    return this.#refused;
  }
  get failure(): Failure | null {
    return this.#failure;
  }
  /** A backup or a restore is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  async refresh(): Promise<void> {
    this.#failure = null;
    await this.#look();
  }

  /** Each question on its own: one that fails leaves the answers of the others. */
  async #look(): Promise<void> {
    await this.lookAtRoom();
    await this.#attempt(async () => {
      this.#models = await this.#api.cachedModels();
    });
    await this.#attempt(async () => {
      this.#runSizes = await this.#api.sizesOfRuns();
    });
  }

  lookAtRoom(): Promise<void> {
    return this.#attempt(async () => {
      if (typeof navigator.storage === 'undefined') return; // plain http
      this.#usage = await navigator.storage.estimate();
      this.#isPersistent = await navigator.storage.persisted();
    });
  }

  askToKeep(): Promise<void> {
    this.#failure = null;
    return this.#attempt(async () => {
      this.#isPersistent = await navigator.storage.persist();
    });
  }

  async deleteModel({ engine, modelId }: CachedModel): Promise<void> {
    this.#failure = null;
    await this.#attempt(() => this.#api.deleteCachedModel(engine, modelId));
    await this.#look();
  }

  async deleteRun(id: string): Promise<void> {
    this.#failure = null;
    await this.#attempt(() => this.#api.deleteRun(id));
    await this.#look();
  }

  /** Null when it failed. */
  async backup(): Promise<SavedBackup | null> {
    let saved: SavedBackup | null = null;
    this.#failure = null;
    await this.#attempt(async () => {
      saved = await this.#api.exportBackup();
    });
    return saved;
  }

  async restore(file: File, evenIfTight = false): Promise<void> {
    this.#restored = null;
    this.#refused = null;
    this.#failure = null;
    await this.#attempt(async () => {
      this.#restored = await this.#api.importBackup(file.name, file, evenIfTight);
    });
    if (this.failure?.code === 'storage-full') this.#refused = file;
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    try {
      await action();
    } catch (thrown) {
      this.#failure ??= toFailure(thrown);
    }
    this.#isBusy = false;
  }
}
