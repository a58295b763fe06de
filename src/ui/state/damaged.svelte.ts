/** What is stored and cannot be read: said, saved as it is, deleted when the person says so. */
import type { DamagedKind, DamagedRecord } from '../../workers/protocol.ts';
import { download } from '../download.ts';
import type { Failure } from '../text.ts';
import type { AppState } from './app.svelte.ts';
import { LastFailure } from './last-failure.svelte.ts';

export class DamagedState {
  readonly #app: AppState;
  readonly #kinds: readonly DamagedKind[];
  readonly #last = new LastFailure();
  #records = $state.raw<readonly DamagedRecord[]>([]);

  /** @param kinds - that the page is about */
  constructor(app: AppState, kinds: readonly DamagedKind[]) {
    this.#app = app;
    this.#kinds = kinds;
  }

  get records(): readonly DamagedRecord[] {
    return this.#records;
  }
  get failure(): Failure | null {
    return this.#last.current;
  }

  async refresh(): Promise<void> {
    await this.#last.attempt(() => this.#look());
  }

  async save({ kind, id }: DamagedRecord): Promise<void> {
    await this.#last.attempt(async () => {
      download(`damaged-${kind}-${id}.json`, await this.#app.api.exportDamaged(kind, id));
    });
  }

  async delete({ kind, id }: DamagedRecord): Promise<void> {
    const { api } = this.#app;
    const remove: Readonly<Record<DamagedKind, () => Promise<void>>> = {
      run: () => api.deleteRun(id),
      dataset: () => api.deleteDataset(id),
      experiment: () => api.deleteExperiment(id),
    };
    await this.#last.attempt(async () => {
      await remove[kind]();
      await this.#look();
    });
  }

  async #look(): Promise<void> {
    const all = await this.#app.api.damagedRecords();
    this.#records = all.filter(({ kind }) => this.#kinds.includes(kind));
  }
}
