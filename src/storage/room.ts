/** Room in the browser's storage, asked about before something large is written. */
import { AppError } from '../core/errors.ts';

/** Bytes below which a write is simply tried: it is refused at once, and as a whole. */
const large = 1_000_000;

/** Bytes this site may still store; null where the browser does not tell (plain http). Recent Chromium tells every site the same large number: there a full disk shows only at the write, which is refused as a whole. */
async function freeBytes(): Promise<number | null> {
  const { storage } = (globalThis as { navigator?: { storage?: StorageManager } }).navigator ?? {};
  if (!storage) return null;
  const { quota, usage } = await storage.estimate();
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
}

/**
 * @param what - the beginning of a sentence
 * @param bytes - as JSON: the browser packs what it stores, so that it may need less
 * @throws AppError `storage-full` that says how much is missing
 */
export async function requireRoom(what: string, bytes: number): Promise<void> {
  if (bytes < large) return;
  const free = await freeBytes().catch(() => null);
  if (free === null || bytes <= free) return;
  throw new AppError(
    'storage-full',
    `${what} takes up to ${megabytes(bytes)}, and this browser has ${megabytes(free)} left for this site: ${megabytes(bytes - free)} are missing. Nothing was stored. Delete models or runs, then try again.`,
  );
}
