/** Everything that is stored as a stream of lines: a few hundred records are in memory at a time. */
import * as v from 'valibot';
import type { IDBPDatabase, IDBPObjectStore } from 'idb';
import type { Database } from '../open.ts';
import { databaseVersion } from '../schema.ts';
import { stored } from '../stored-schemas.ts';
import {
  backupFormat,
  backupVersion,
  LineSum,
  parts,
  secretSettings,
  wholes,
  type BackupFoot,
  type BackupHead,
  type BackupRecord,
  type StoreName,
} from './backup-file.ts';

const recordsAtATime = 200;

async function* recordsOf(database: IDBPDatabase, store: StoreName): AsyncGenerator<BackupRecord> {
  let range: IDBKeyRange | null = null;
  for (;;) {
    const source: IDBPObjectStore<unknown, [string], string> = database.transaction(store as string).store;
    const [keys, values] = await Promise.all([
      source.getAllKeys(range, recordsAtATime),
      source.getAll(range, recordsAtATime),
    ]);
    for (const [index, key] of keys.entries()) {
      yield { store, key: key as BackupRecord['key'], value: values[index] as unknown };
    }
    if (keys.length < recordsAtATime) return;
    range = IDBKeyRange.lowerBound(keys.at(-1), true);
  }
}

async function collect(records: AsyncIterable<BackupRecord>): Promise<BackupRecord[]> {
  const all: BackupRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

async function* allRecords(database: IDBPDatabase): AsyncGenerator<BackupRecord> {
  // Read first and written last: a run that goes on meanwhile has at least the log that its record speaks of.
  const heads = await Promise.all(wholes.map((store) => collect(recordsOf(database, store))));
  for (const store of parts) {
    for await (const record of recordsOf(database, store)) {
      const isSecret = store === 'settings' && secretSettings.has(String(record.key));
      if (!isSecret) yield record;
    }
  }
  yield* heads.flat();
}

/** Lines without their ends; tells how many records are damaged and therefore not among them. */
async function* backupLines(database: IDBPDatabase): AsyncGenerator<string, number> {
  const sum = new LineSum();
  let records = 0;
  let leftOut = 0;
  const counted = (line: string): string => {
    sum.add(line);
    return line;
  };
  const head: BackupHead = { format: backupFormat, schemaVersion: backupVersion, databaseVersion };
  yield counted(JSON.stringify(head));
  for await (const { store, key, value } of allRecords(database)) {
    // What a restore would refuse is in no backup.
    if (!v.is(stored[store], value)) {
      leftOut += 1;
      continue;
    }
    records += 1;
    yield counted(JSON.stringify({ store, key, value }));
  }
  yield JSON.stringify({ records, checksum: sum.checksum } satisfies BackupFoot);
  return leftOut;
}

export interface SavedBackup {
  readonly file: Blob;
  /** Records that cannot be read and are not in it. */
  readonly leftOut: number;
}

/** Gzipped where the browser can. */
export async function writeBackup(database: Database): Promise<SavedBackup> {
  let leftOut = 0;
  const lines = backupLines(database as unknown as IDBPDatabase);
  const encoder = new TextEncoder();
  const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await lines.next();
      if (!next.done) {
        controller.enqueue(encoder.encode(`${next.value}\n`));
        return;
      }
      leftOut = next.value;
      controller.close();
    },
  });
  const canZip = typeof CompressionStream === 'function';
  const file = await new Response(canZip ? bytes.pipeThrough(new CompressionStream('gzip')) : bytes).blob();
  return { file, leftOut };
}
