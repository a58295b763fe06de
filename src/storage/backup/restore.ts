/**
 * A backup back into the store. The whole file is checked before the first record is written; what is here already
 * stays as it is; and a restore that fails in the middle takes back what it wrote.
 */
import type { IDBPDatabase } from 'idb';
import { storageError, type Database } from '../open.ts';
import { requireRoom } from '../room.ts';
import { bytesOf } from '../sizes.ts';
import { wholes, type BackupRecord, type StoreName } from './backup-file.ts';
import { readBackup } from './read-backup.ts';

export interface Restored {
  readonly datasets: number;
  readonly runs: number;
  readonly experiments: number;
  /** Records of any kind that were here already. */
  readonly kept: number;
}

const recordsAtATime = 200;
const inlineKeys: ReadonlySet<StoreName> = new Set([...wholes, 'completions']);

/** The dataset, run or experiment a record is a part of; null for what stands for itself. */
function ownerOf({ store, key }: BackupRecord): string | null {
  const id = typeof key === 'string' ? key : key[0];
  switch (store) {
    case 'datasets':
    case 'examples':
      return `datasets ${id}`;
    case 'runs':
    case 'runEvents':
    case 'person':
      return `runs ${id}`;
    case 'experiments':
    case 'experimentCells':
      return `experiments ${id}`;
    case 'completions':
    case 'settings':
      return null;
  }
}

/** All of a batch or nothing. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // the browser has done so already
  }
}

class Restore {
  readonly #database: IDBPDatabase;
  readonly #written: BackupRecord[] = [];
  #here: ReadonlySet<string> = new Set();
  #batch: BackupRecord[] = [];
  #kept = 0;

  constructor(database: IDBPDatabase) {
    this.#database = database;
  }

  async prepare(): Promise<void> {
    const known = wholes.map(async (store) => {
      const ids = await this.#database.getAllKeys(store);
      return ids.map((id) => `${store} ${id as string}`);
    });
    this.#here = new Set((await Promise.all(known)).flat());
  }

  /** Whether it belongs to what was here before. */
  isHere(record: BackupRecord): boolean {
    const owner = ownerOf(record);
    return owner !== null && this.#here.has(owner);
  }

  async add(record: BackupRecord): Promise<void> {
    if (this.isHere(record)) this.#kept += 1;
    else this.#batch.push(record);
    if (this.#batch.length >= recordsAtATime) await this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    const used = [...new Set(batch.map(({ store }) => store))];
    if (used.length === 0) return;
    const transaction = this.#database.transaction(used, 'readwrite');
    const write = async (record: BackupRecord): Promise<BackupRecord | null> => {
      const { store: name, key, value } = record;
      const store = transaction.objectStore(name);
      if ((await store.getKey(key as IDBValidKey)) !== undefined) return null;
      await store.put(value, inlineKeys.has(name) ? undefined : (key as IDBValidKey));
      return record;
    };
    const isDone = transaction.done.catch(() => undefined); // what failed is told by the write itself
    let fresh: (BackupRecord | null)[];
    try {
      fresh = await Promise.all(batch.map(write));
      await transaction.done;
    } catch (error) {
      abort(transaction);
      await isDone;
      throw error;
    }
    // Values are forgotten: a large backup must not be in memory as a whole.
    for (const record of fresh) {
      if (record) this.#written.push({ ...record, value: null });
      else this.#kept += 1;
    }
  }

  async takeBack(): Promise<void> {
    for (const { store, key } of this.#written) await this.#database.delete(store, key as IDBValidKey);
  }

  get result(): Restored {
    const of = (name: StoreName): number => this.#written.filter(({ store }) => store === name).length;
    return { datasets: of('datasets'), runs: of('runs'), experiments: of('experiments'), kept: this.#kept };
  }
}

/** Reads to the end, so that a damaged file is refused before anything is written. @returns bytes that are to be added */
async function check(restore: Restore, name: string, file: Blob): Promise<number> {
  let bytes = 0;
  for await (const record of readBackup(name, file)) if (!restore.isHere(record)) bytes += bytesOf([record]);
  return bytes;
}

/**
 * @param name of the file, for messages
 * @param evenIfTight - tries it also where there is hardly room
 * @throws AppError `data-unreadable`, `storage-full` or `storage-failed`; then nothing has changed
 */
export async function restoreBackup(
  database: Database,
  name: string,
  file: Blob,
  evenIfTight = false,
): Promise<Restored> {
  const restore = new Restore(database as unknown as IDBPDatabase);
  await restore.prepare();
  const bytes = await check(restore, name, file);
  if (!evenIfTight) await requireRoom(`“${name}”`, bytes);
  try {
    for await (const record of readBackup(name, file)) await restore.add(record);
    await restore.flush();
    return restore.result;
  } catch (error) {
    await restore.takeBack();
    throw storageError(error);
  }
}
