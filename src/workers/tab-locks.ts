/** Who works on what, over all tabs. */
import { AppError } from '../core/errors.ts';

/** Pages that came by plain http have none. */
function browserLocks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager }).locks;
}

/** What this tab holds where the browser has no locks: other tabs go unnoticed there, but here nothing is done twice. */
const ownLocks = new Map<string, Promise<void>>();

/** Names of the locks that are held. */
export async function heldLocks(): Promise<ReadonlySet<string>> {
  const locks = browserLocks();
  if (!locks) return new Set(ownLocks.keys());
  const { held = [] } = await locks.query();
  return new Set(held.flatMap(({ name }) => name ?? []));
}

/** Works while it holds the lock. @throws AppError `busy` with these words while somebody else does */
export async function withLock(name: string, busy: string, work: () => Promise<void>): Promise<void> {
  const locks = browserLocks();
  if (!locks) return withOwnLock(name, busy, work);
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new AppError('busy', busy);
    await work();
  });
}

async function withOwnLock(name: string, busy: string, work: () => Promise<void>): Promise<void> {
  if (ownLocks.has(name)) throw new AppError('busy', busy);
  const done = work();
  const over = done.catch(() => undefined); // whoever holds it is told
  ownLocks.set(name, over);
  await done.finally(() => ownLocks.delete(name));
}

/** Calls back once nobody holds the lock, whether its holder ended in good order or was killed. @returns what calls it off */
export function onceReleased(name: string, callback: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const released = browserLocks()?.request(name, { signal }, () => undefined) ?? ownLocks.get(name);
  void Promise.resolve(released).then(
    () => {
      if (!signal.aborted) callback();
    },
    () => undefined, // called off
  );
  return () => stop.abort();
}
