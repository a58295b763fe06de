/** How many threads the engine may use here. */

interface Machine {
  /** Threads need shared memory, which browsers give to isolated pages only (COOP and COEP). */
  readonly isIsolated: boolean;
  readonly cores: number;
}

/** More do not help: they wait for each other as soon as the machine has anything else to do. */
const most = 4;

/** @param asked replaces the choice made here, where threads are possible at all */
export function threadsFor({ isIsolated, cores }: Machine, asked?: number): number {
  if (!isIsolated) return 1;
  return Math.max(1, asked ?? Math.min(most, Math.floor(cores / 2)));
}
