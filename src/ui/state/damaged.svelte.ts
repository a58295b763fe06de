/** What is stored and cannot be read: said, saved as it is, deleted when the person says so. */
import type { DamagedKind, DamagedRecord } from '../../workers/protocol.ts';
import { download } from '../download.ts';
import { toFailure, type Failure } from '../text.ts';
import type { AppState } from './app.svelte.ts';

export class DamagedState {
  readonly #app: AppState;
  readonly #kinds: readonly DamagedKind[];
  #records = $state.raw<readonly DamagedRecord[]>([]);
  #failure = $state.raw<Failure | null>(null);

  /** @param kinds - that the page is about */
  constructor(app: AppState, kinds: readonly DamagedKind[]) {
    this.#app = app;
    this.#kinds = kinds;
  }

  get records(): readonly DamagedRecord[] {
    return this.#records;
  }
  get failure(): Failure | null {
    return this.#failure;
  }

  refresh(): Promise<void> {
    return this.#attempt(() => this.#look());
  }

  save({ kind, id }: DamagedRecord): Promise<void> {
    return this.#attempt(async () => {
      download(`damaged-${kind}-${id}.json`, await this.#app.api.exportDamaged(kind, id));
    });
  }

  delete({ kind, id }: DamagedRecord): Promise<void> {
    const { api } = this.#app;
    const remove: Readonly<Record<DamagedKind, () => Promise<void>>> = {
      run: () => api.deleteRun(id),
      dataset: () => api.deleteDataset(id),
      experiment: () => api.deleteExperiment(id),
    };
    return this.#attempt(async () => {
      await remove[kind]();
      await this.#look();
    });
  }

  async #look(): Promise<void> {
    const all = await this.#app.api.damagedRecords();
    this.#records = all.filter(({ kind }) => this.#kinds.includes(kind));
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    this.#failure = null;
    try {
      await action();
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    }
  }
}
