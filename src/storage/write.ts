/** Writes, with failures that say why. */
import { storageError } from './open.ts';

interface Transaction {
  readonly done: Promise<void>;
  abort(): void;
}

type Write = () => Promise<unknown>;

/** One write. @throws AppError `storage-full` or `storage-failed` */
export async function guarded(write: Write): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw storageError(error);
  }
}

/**
 * Writes of several records, all of them or none. Resolves once everything is stored. The transaction is asked first: it knows that the disk is full, when its writes
 * only know that they were aborted.
 *
 * @throws AppError `storage-full` or `storage-failed`
 */
export async function written(transaction: Transaction, writes: readonly Write[]): Promise<void> {
  const begun = writes.map((write) => begin(transaction, write));
  const results = await Promise.allSettled([transaction.done, ...begun]);
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  const reason = reasons.find((thrown) => !isAbort(thrown)) ?? reasons[0];
  if (reason !== undefined) throw storageError(reason);
}

/** What cannot even be begun (data that cannot be cloned) takes the others with it. */
function begin(transaction: Transaction, write: Write): Promise<unknown> {
  try {
    return write();
  } catch (thrown) {
    abort(transaction);
    return Promise.reject(thrown instanceof Error ? thrown : storageError(thrown));
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // a write before this one has done so already
  }
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
