/** Opens the database and says in words what stands in the way: another tab, a full disk, a private window. */
import { openDB, type IDBPDatabase } from 'idb';
import { AppError, messageOf } from '../core/errors.ts';
import { migrate } from './migrations.ts';
import { databaseVersion, type SententialSchema } from './schema.ts';

export type Database = IDBPDatabase<SententialSchema>;

interface OpenListener {
  /** The database was closed from outside; nothing can be stored until the page is reloaded. */
  readonly onClosed?: (reason: AppError) => void;
}

/**
 * @throws AppError `storage-blocked` while another tab holds an older version open, `storage-failed`; it can be tried
 * again later
 */
export async function openDatabase({ onClosed }: OpenListener = {}, name = 'sentential'): Promise<Database> {
  let giveUp: (reason: AppError) => void = () => undefined;
  const blocked = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const opening = openDB<SententialSchema>(name, databaseVersion, {
    upgrade: (database, from, to) => migrate(database, from, to ?? databaseVersion),
    blocked: () => giveUp(blockedByTab()),
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close(); // or the other tab would wait for ever
      onClosed?.(superseded());
    },
    terminated: () => onClosed?.(terminated()),
  });
  try {
    return await Promise.race([opening, blocked]);
  } catch (error) {
    void opening.then((database) => database.close()).catch(() => undefined); // opened after all, and nobody wants it
    throw error instanceof AppError ? error : openingFailed(error);
  }
}

function blockedByTab(): AppError {
  return new AppError(
    'storage-blocked',
    'Another tab shows an older version of Sentential and holds what is stored here. Close it, then reload this page.',
  );
}

function superseded(): AppError {
  return new AppError(
    'storage-blocked',
    'A newer version of Sentential was opened in another tab. Reload this page to go on: finished model calls are kept.',
  );
}

function terminated(): AppError {
  return new AppError(
    'storage-failed',
    'The browser closed what is stored here, because the data of this site were deleted or resources ran out. Reload this page.',
  );
}

function openingFailed(error: unknown): AppError {
  const isNewer = error instanceof Error && error.name === 'VersionError';
  return new AppError(
    'storage-failed',
    isNewer
      ? 'A newer version of Sentential has already changed what is stored here. Reload this page to get that version.'
      : `The browser does not let this page store anything (${messageOf(error)}). A private window or blocked site data may be the reason.`,
    { cause: error },
  );
}

/** Storage errors by their cause: a full disk is the person's to mend, the rest is not. */
export function storageError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    return new AppError(
      'storage-full',
      'The browser has no room left for this site. Delete models or old runs, then press Resume: nothing that was finished is lost.',
      { cause: error },
    );
  }
  const what =
    error instanceof Error && error.name === 'AbortError'
      ? 'The browser broke off a write and does not say why. A full disk is the usual reason: make room, then go on.'
      : `Something could not be stored: ${messageOf(error)}`;
  return new AppError('storage-failed', what, { cause: error });
}
