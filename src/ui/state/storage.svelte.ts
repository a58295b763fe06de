/** What this site keeps in the browser: how much, how safely, the models, and the way out and back in. */
import type { ExperimentRecord } from '../../workers/lab-protocol.ts';
import type { CachedModel, Restored, StoredSize, SavedBackup } from '../../workers/protocol.ts';
import type { Failure } from '../text.ts';
import type { AppState } from './app.svelte.ts';
import { LastFailure } from './last-failure.svelte.ts';
import { storedThings, type StoredThing } from './stored-things.ts';

export class StorageState {
  readonly #app: AppState;
  readonly #last = new LastFailure();
  readonly #lastRestore = new LastFailure();
  #usage = $state.raw<StorageEstimate | null>(null);
  #isPersistent = $state<boolean | null>(null);
  #models = $state.raw<readonly CachedModel[] | null>(null);
  #sizes = $state.raw<readonly StoredSize[] | null>(null);
  #experiments = $state.raw<readonly ExperimentRecord[]>([]);
  #restored = $state.raw<Restored | null>(null);
  #refused = $state.raw<File | null>(null);
  #isBusy = $state(false);

  readonly #things = $derived.by(() => {
    const { runs, datasets } = this.#app;
    if (this.#sizes === null || runs === null || datasets === null) return null;
    return storedThings(this.#sizes, { runs, datasets, experiments: this.#experiments });
  });

  constructor(app: AppState) {
    this.#app = app;
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
  /** Runs, datasets and experiments with what deleting each would free, the largest first; null until it is known. */
  get things(): readonly StoredThing[] | null {
    return this.#things;
  }
  get experiments(): readonly ExperimentRecord[] {
    return this.#experiments;
  }
  get restored(): Restored | null {
    return this.#restored;
  }
  /** A backup for which there is hardly room. */
  get refused(): File | null {
    return this.#refused;
  }
  get failure(): Failure | null {
    return this.#last.current;
  }
  /** Of the restore alone: it is said where the file was chosen. */
  get restoreFailure(): Failure | null {
    return this.#lastRestore.current;
  }
  /** A backup or a restore is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  async refresh(): Promise<void> {
    this.#last.forget();
    await this.#look();
  }

  /** Each question on its own: one that fails leaves the answers of the others. */
  async #look(): Promise<void> {
    await this.lookAtRoom();
    await Promise.all([this.#app.refreshRuns(), this.#app.refreshDatasets()]);
    await this.#attempt(async () => {
      this.#experiments = await this.#app.api.listExperiments();
    });
    await this.#attempt(async () => {
      this.#models = await this.#app.api.cachedModels();
    });
    await this.#attempt(async () => {
      this.#sizes = await this.#app.api.storedSizes();
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
    this.#last.forget();
    return this.#attempt(async () => {
      this.#isPersistent = await navigator.storage.persist();
    });
  }

  deleteModel({ engine, modelId }: CachedModel): Promise<void> {
    return this.#delete(() => this.#app.api.deleteCachedModel(engine, modelId));
  }

  deleteThing({ kind, id }: Pick<StoredThing, 'kind' | 'id'>): Promise<void> {
    const { api, drafts } = this.#app;
    return this.#delete(async () => {
      if (kind === 'run') await api.deleteRun(id);
      else if (kind === 'experiment') await api.deleteExperiment(id);
      else {
        await api.deleteDataset(id);
        drafts.forgetDataset(id);
      }
    });
  }

  async #delete(action: () => Promise<void>): Promise<void> {
    this.#last.forget();
    await this.#attempt(action);
    await this.#look();
  }

  /** Null when it failed. */
  async backup(): Promise<SavedBackup | null> {
    let saved: SavedBackup | null = null;
    this.#last.forget();
    await this.#attempt(async () => {
      saved = await this.#app.api.exportBackup();
    });
    return saved;
  }

  async restore(file: File, evenIfTight = false): Promise<void> {
    this.#restored = null;
    this.#refused = null;
    this.#isBusy = true;
    await this.#lastRestore.attempt(async () => {
      this.#restored = await this.#app.api.importBackup(file.name, file, evenIfTight);
    });
    if (this.#lastRestore.current?.code === 'storage-full') this.#refused = file;
    this.#isBusy = false;
    await this.refresh(); // counts and lists are of what is here now
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    await this.#last.goOn(action);
    this.#isBusy = false;
  }
}
