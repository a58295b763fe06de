/** How much room the things take that a person can delete, so that they can see what is worth it. */
import type { Database } from './open.ts';
import { partsOf, replyOwners } from './key-ranges.ts';

export type StoredKind = 'run' | 'dataset' | 'experiment';

/** What deleting something would free. */
export interface StoredSize {
  readonly kind: StoredKind;
  /** Unique among those of its kind. */
  readonly id: string;
  /** Bytes of its records as JSON. The browser packs them, so that the disk may hold fewer. */
  readonly bytes: number;
}

const encoder = new TextEncoder();

/** Bytes as JSON, record by record, so that no text of them all is made. */
export function bytesOf(records: readonly unknown[]): number {
  return records.reduce<number>((sum, record) => sum + encoder.encode(JSON.stringify(record)).length, 0);
}

async function bytesOfRun(database: Database, id: string): Promise<number> {
  const log = await database.getAll('runEvents', partsOf(id));
  const replies = await database.getAllFromIndex('completions', 'runId', id);
  return bytesOf(log) + bytesOf(replies);
}

async function bytesOfDataset(database: Database, id: string): Promise<number> {
  return bytesOf(await database.getAll('examples', partsOf(id)));
}

/** Its results, and the replies of the runs that are not finished. */
async function bytesOfExperiment(database: Database, id: string): Promise<number> {
  const cells = await database.getAll('experimentCells', partsOf(id));
  return bytesOf(cells) + bytesOf(await database.getAllFromIndex('completions', 'runId', replyOwners(id)));
}

const measured = [
  { kind: 'run', store: 'runs', bytesIn: bytesOfRun },
  { kind: 'dataset', store: 'datasets', bytesIn: bytesOfDataset },
  { kind: 'experiment', store: 'experiments', bytesIn: bytesOfExperiment },
] as const;

/** One at a time is in memory. The largest comes first. */
export async function storedSizes(database: Database): Promise<StoredSize[]> {
  const sizes: StoredSize[] = [];
  for (const { kind, store, bytesIn } of measured) {
    for (const id of await database.getAllKeys(store))
      sizes.push({ kind, id, bytes: await bytesIn(database, id) });
  }
  return sizes.sort((a, b) => b.bytes - a.bytes);
}
