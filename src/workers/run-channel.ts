/**
 * A run has one writer: the tab that holds its lock. Other tabs follow it over a BroadcastChannel and learn from the
 * lock when the writer is gone, whether it ended in good order or was killed.
 */
import { AppError } from '../core/errors.ts';
import type { LoggedEvent } from '../core/events.ts';
import type { LiveState, RunListener } from './protocol.ts';

export function lockName(runId: string): string {
  return `sentential-run-${runId}`;
}

/** Names of the runs' locks that some tab holds. */
export async function heldLocks(): Promise<Set<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => name ?? []));
}

/** Works on a run as its only writer. @throws AppError `busy` with these words while another tab does */
export async function withRunLock(runId: string, busy: string, work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(lockName(runId), { ifAvailable: true }, async (lock) => {
    if (!lock) throw new AppError('busy', busy);
    await work();
  });
}

interface Message {
  readonly events?: readonly LoggedEvent[];
  readonly live?: LiveState;
}

/** The writer's side: a listener that tells all other tabs. */
export function broadcastRun(runId: string): { listener: RunListener; close: () => void } {
  const channel = new BroadcastChannel(lockName(runId));
  const post = (message: Message): void => channel.postMessage(message);
  return {
    listener: { onEvents: (events) => post({ events }), onLive: (live) => post({ live }) },
    close: () => channel.close(),
  };
}

export interface FollowParts {
  readonly runId: string;
  /** Events the listener has already. */
  readonly sent: number;
  readonly listener: RunListener;
  /** Events that were missed, from the store. */
  readonly load: (from: number) => Promise<readonly LoggedEvent[]>;
  /** The writer is gone. */
  readonly onReleased: (sent: number) => void;
}

/** The other tabs' side. Returns the way to stop following. */
export function followRun({ runId, sent, listener, load, onReleased }: FollowParts): () => void {
  let next = sent;
  let queue = Promise.resolve();
  const deliver = (events: readonly LoggedEvent[]): void => {
    const fresh = events.filter(({ seq }) => seq >= next);
    next += fresh.length;
    if (fresh.length > 0) listener.onEvents(fresh);
  };
  const receive = async (events: readonly LoggedEvent[]): Promise<void> => {
    if ((events[0]?.seq ?? 0) > next) deliver(await load(next));
    deliver(events);
  };
  const channel = new BroadcastChannel(lockName(runId));
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const { events, live } = data;
    if (events) queue = queue.then(() => receive(events));
    if (live) listener.onLive({ ...live, isHere: false });
  };
  const stop = new AbortController();
  const released = async (): Promise<void> => {
    await navigator.locks.request(lockName(runId), { signal: stop.signal }, () => undefined);
    await queue;
    onReleased(next);
  };
  released().catch(() => undefined); // only the abort of `stop` ends here
  return () => {
    stop.abort();
    channel.close();
  };
}
