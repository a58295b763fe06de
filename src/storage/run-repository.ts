/** Runs, their event logs and what the person did in them. */
import { AppError } from '../core/errors.ts';
import type { LoggedEvent } from '../core/events.ts';
import { partsOf } from './key-ranges.ts';
import type { Database } from './open.ts';
import type { RunRecord } from './run-record.ts';
import type { PersonRecord } from './schema.ts';
import { sound, soundOnly } from './sound.ts';
import { stored } from './stored-schemas.ts';
import { guarded, written } from './write.ts';

export class RunRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list(): Promise<RunRecord[]> {
    return soundOnly(stored.runs, await this.#database.getAllFromIndex('runs', 'createdAt')).reverse();
  }

  async find(id: string): Promise<RunRecord | undefined> {
    return this.#database.get('runs', id);
  }

  /** @throws AppError `not-found` */
  async get(id: string): Promise<RunRecord> {
    const record = await this.#database.get('runs', id);
    if (!record) throw new AppError('not-found', 'This run is not stored here. It may have been deleted.');
    return sound(stored.runs, record, 'this run');
  }

  async save(record: RunRecord): Promise<void> {
    await guarded(() => this.#database.put('runs', record));
  }

  async usesOf(datasetId: string): Promise<number> {
    return this.#database.countFromIndex('runs', 'datasetId', datasetId);
  }

  async events(runId: string, from = 0): Promise<LoggedEvent[]> {
    const events = await this.#database.getAll('runEvents', partsOf(runId, from));
    return events.map((event) => sound(stored.runEvents, event, 'the log of this run'));
  }

  /** One transaction for a batch; writing the same event again changes nothing. */
  async appendEvents(runId: string, events: readonly LoggedEvent[]): Promise<void> {
    const transaction = this.#database.transaction('runEvents', 'readwrite', { durability: 'relaxed' });
    const { store } = transaction;
    const writes = events.map((event) => () => store.put(event, [runId, event.seq]));
    await written(transaction, writes);
  }

  async person(runId: string, key: string): Promise<PersonRecord | undefined> {
    const record = await this.#database.get('person', [runId, key]);
    return record && sound(stored.person, record, 'your part in this run');
  }

  /** Everything the person did in a run, by checkpoint and candidate. */
  async allPerson(runId: string): Promise<{ key: string; record: PersonRecord }[]> {
    const store = this.#database.transaction('person').store;
    const [keys, records] = await Promise.all([
      store.getAllKeys(partsOf(runId)),
      store.getAll(partsOf(runId)),
    ]);
    return records.map((record, index) => ({ key: keys[index]?.[1] ?? '', record }));
  }

  /** @param instead - key of a record that this one takes the place of, in the same transaction. */
  async savePerson(runId: string, key: string, record: PersonRecord, instead?: string): Promise<void> {
    await guarded(async () => {
      const transaction = this.#database.transaction('person', 'readwrite');
      await Promise.all([
        transaction.store.put(record, [runId, key]),
        ...(instead === undefined ? [] : [transaction.store.delete([runId, instead])]),
        transaction.done,
      ]);
    });
  }

  /** The run, its log and its replies. Other runs that found some of these have copies of their own. */
  async delete(id: string): Promise<void> {
    await guarded(async () => {
      const stores = ['runs', 'runEvents', 'person', 'completions'] as const;
      const transaction = this.#database.transaction(stores, 'readwrite');
      const completions = transaction.objectStore('completions');
      const keys = await completions.index('runId').getAllKeys(id);
      await Promise.all([
        transaction.objectStore('runs').delete(id),
        transaction.objectStore('runEvents').delete(partsOf(id)),
        transaction.objectStore('person').delete(partsOf(id)),
        ...keys.map((key) => completions.delete(key)),
        transaction.done,
      ]);
    });
  }
}
