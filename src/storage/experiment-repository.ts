/** Experiments and the results of their runs. A finished run needs its replies no more; its result says it all. */
import { AppError } from '../core/errors.ts';
import type { CellResult } from '../core/lab/result.ts';
import type { ExperimentRecord } from './experiment-record.ts';
import { experimentRecord, sound, soundOnly } from './sound.ts';
import { storageError, type Database } from './open.ts';

function resultRange(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, ''], [id, '\uffff']);
}

/** Under which the replies of one run of an experiment are stored. */
export function replyOwner(experimentId: string, cellKey: string): string {
  return `${experimentId}~${cellKey}`;
}

export class ExperimentRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list(): Promise<ExperimentRecord[]> {
    return soundOnly(
      experimentRecord,
      await this.#database.getAllFromIndex('experiments', 'createdAt'),
    ).reverse();
  }

  /** @throws AppError `not-found` */
  async get(id: string): Promise<ExperimentRecord> {
    const record = await this.#database.get('experiments', id);
    if (!record)
      throw new AppError('not-found', 'This experiment is not stored here. It may have been deleted.');
    return sound(experimentRecord, record, 'this experiment');
  }

  async save(record: ExperimentRecord): Promise<void> {
    await this.#guard(() => this.#database.put('experiments', record));
  }

  async results(id: string): Promise<CellResult[]> {
    return this.#database.getAll('experimentCells', resultRange(id));
  }

  async saveResult(id: string, result: CellResult): Promise<void> {
    await this.#guard(() => this.#database.put('experimentCells', result, [id, result.key]));
  }

  /** Experiments that a dataset is part of. */
  async usesOf(datasetId: string): Promise<number> {
    const records = await this.list();
    return records.filter(({ config }) => config.design.tasks.some(({ id }) => id === datasetId)).length;
  }

  /** Frees the replies of one run. */
  async deleteReplies(id: string, cellKey: string): Promise<void> {
    await this.#guard(() => this.#deleteReplies(IDBKeyRange.only(replyOwner(id, cellKey))));
  }

  async delete(id: string): Promise<void> {
    await this.#guard(async () => {
      const transaction = this.#database.transaction(['experiments', 'experimentCells'], 'readwrite');
      await Promise.all([
        transaction.objectStore('experiments').delete(id),
        transaction.objectStore('experimentCells').delete(resultRange(id)),
        transaction.done,
      ]);
      await this.#deleteReplies(IDBKeyRange.bound(replyOwner(id, ''), replyOwner(id, '\uffff')));
    });
  }

  async #deleteReplies(owners: IDBKeyRange): Promise<void> {
    const { store, done } = this.#database.transaction('completions', 'readwrite');
    const keys = await store.index('runId').getAllKeys(owners);
    await Promise.all([...keys.map((key) => store.delete(key)), done]);
  }

  async #guard<T>(write: () => Promise<T>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw storageError(error);
    }
  }
}
