/**
 * A run has one writer: the tab that holds its lock. Other tabs follow it over a BroadcastChannel and learn from the
 * lock when the writer is gone, whether it ended in good order or was killed.
 */
import type { LoggedEvent } from '../core/events.ts';
import type { LiveState, RunListener } from './protocol.ts';
import { onceReleased } from './tab-locks.ts';

export function lockName(runId: string): string {
  return `sentential-run-${runId}`;
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
  const callOff = onceReleased(lockName(runId), () => void queue.then(() => onReleased(next)));
  return () => {
    callOff();
    channel.close();
  };
}
