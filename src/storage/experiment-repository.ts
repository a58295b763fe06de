/** Experiments and the results of their runs. A finished run needs its replies no more; its result says it all. */
import { AppError } from '../core/errors.ts';
import type { CellResult } from '../core/lab/result.ts';
import type { ExperimentRecord } from './experiment-record.ts';
import { sound, soundOnly } from './sound.ts';
import { stored } from './stored-schemas.ts';
import { partsOf, replyOwner, replyOwners } from './key-ranges.ts';
import type { Database } from './open.ts';
import { guarded } from './write.ts';

export class ExperimentRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list(): Promise<ExperimentRecord[]> {
    return soundOnly(
      stored.experiments,
      await this.#database.getAllFromIndex('experiments', 'createdAt'),
    ).reverse();
  }

  /** @throws AppError `not-found` */
  async get(id: string): Promise<ExperimentRecord> {
    const record = await this.#database.get('experiments', id);
    if (!record)
      throw new AppError('not-found', 'This experiment is not stored here. It may have been deleted.');
    return sound(stored.experiments, record, 'this experiment');
  }

  async save(record: ExperimentRecord): Promise<void> {
    await guarded(() => this.#database.put('experiments', record));
  }

  async results(id: string): Promise<CellResult[]> {
    return this.#database.getAll('experimentCells', partsOf(id));
  }

  async saveResult(id: string, result: CellResult): Promise<void> {
    await guarded(() => this.#database.put('experimentCells', result, [id, result.key]));
  }

  /** Experiments that a dataset is part of. */
  async usesOf(datasetId: string): Promise<number> {
    const records = await this.list();
    return records.filter(({ config }) => config.design.tasks.some(({ id }) => id === datasetId)).length;
  }

  /** Frees the replies of one run. */
  async deleteReplies(id: string, cellKey: string): Promise<void> {
    await guarded(() => this.#deleteReplies(IDBKeyRange.only(replyOwner(id, cellKey))));
  }

  async delete(id: string): Promise<void> {
    await guarded(async () => {
      const transaction = this.#database.transaction(['experiments', 'experimentCells'], 'readwrite');
      await Promise.all([
        transaction.objectStore('experiments').delete(id),
        transaction.objectStore('experimentCells').delete(partsOf(id)),
        transaction.done,
      ]);
      await this.#deleteReplies(replyOwners(id));
    });
  }

  async #deleteReplies(owners: IDBKeyRange): Promise<void> {
    const { store, done } = this.#database.transaction('completions', 'readwrite');
    const keys = await store.index('runId').getAllKeys(owners);
    await Promise.all([...keys.map((key) => store.delete(key)), done]);
  }
}
