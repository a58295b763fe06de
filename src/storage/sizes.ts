/** How much the runs take, so that a person can see what is worth deleting. */
import type { Database } from './open.ts';

export interface RunSize {
  readonly id: string;
  /** Bytes of the log and the replies as JSON. The browser packs them, so that the disk may hold fewer. */
  readonly bytes: number;
}

const encoder = new TextEncoder();

/** Bytes as JSON, record by record, so that no text of them all is made. */
export function bytesOf(records: readonly unknown[]): number {
  return records.reduce<number>((sum, record) => sum + encoder.encode(JSON.stringify(record)).length, 0);
}

/** One run at a time is in memory. The largest comes first. */
export async function sizesOfRuns(database: Database): Promise<RunSize[]> {
  const sizes: RunSize[] = [];
  for (const id of await database.getAllKeys('runs')) {
    const log = await database.getAll('runEvents', IDBKeyRange.bound([id, 0], [id, Infinity]));
    const replies = await database.getAllFromIndex('completions', 'runId', id);
    sizes.push({ id, bytes: bytesOf(log) + bytesOf(replies) });
  }
  return sizes.sort((a, b) => b.bytes - a.bytes);
}
