/** The log of a run under way: kept for those who watch, stored in groups, sent in batches. */
import { AppError, messageOf } from '../core/errors.ts';
import type { LoggedEvent } from '../core/events.ts';
import type { RunListener } from './protocol.ts';

/** Milliseconds between two deliveries to a page: a few frames. */
const deliverEveryMs = 50;
/** Milliseconds between two writes. The events follow from the completions, so a late write loses nothing. */
const storeEveryMs = 400;

interface Watcher {
  /** Resolves once the page has taken the batch. */
  readonly onEvents: (events: readonly LoggedEvent[]) => void | Promise<void>;
  sent: number;
  isBusy: boolean;
}

export class EventStream {
  readonly #events: LoggedEvent[] = [];
  readonly #watchers = new Set<Watcher>();
  readonly #store: (events: readonly LoggedEvent[]) => Promise<void>;
  #stored: number;
  #storing: Promise<void> = Promise.resolve();
  #storeTimer: ReturnType<typeof setTimeout> | null = null;
  #deliverTimer: ReturnType<typeof setTimeout> | null = null;
  #failure: Error | null = null;

  /** `stored`: events of the log that an earlier session has written already. */
  constructor(stored: number, store: (events: readonly LoggedEvent[]) => Promise<void>) {
    this.#stored = stored;
    this.#store = store;
  }

  get count(): number {
    return Math.max(this.#events.length, this.#stored);
  }

  /** Events that are safe; those after them are written again when the run is resumed. */
  get stored(): number {
    return this.#stored;
  }

  /** @throws whatever the last write failed with: a run whose log cannot be kept must not go on */
  push(event: LoggedEvent): void {
    if (this.#failure) throw this.#failure;
    this.#events.push(event);
    if (this.#deliverTimer === null) this.#deliverTimer = setTimeout(() => this.#deliver(), deliverEveryMs);
    this.#storeTimer ??= setTimeout(() => void this.#write(), storeEveryMs);
  }

  /** Everything from event `from` on, then what comes. */
  watch(onEvents: RunListener['onEvents'], from = 0): () => void {
    const watcher: Watcher = { onEvents, sent: from, isBusy: false };
    this.#watchers.add(watcher);
    this.#send(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Resolves when all is stored and sent. */
  async flush(): Promise<void> {
    this.#deliver();
    await this.#write();
    if (this.#failure) throw this.#failure;
  }

  #deliver(): void {
    this.#deliverTimer = null;
    for (const watcher of this.#watchers) this.#send(watcher);
  }

  /** One batch at a time per watcher: a slow page gets larger batches, not a longer queue. */
  #send(watcher: Watcher): void {
    const batch = this.#events.slice(watcher.sent);
    if (watcher.isBusy || batch.length === 0) return;
    watcher.sent += batch.length;
    watcher.isBusy = true;
    void this.#deliverTo(watcher, batch);
  }

  async #deliverTo(watcher: Watcher, batch: readonly LoggedEvent[]): Promise<void> {
    try {
      await watcher.onEvents(batch);
    } finally {
      watcher.isBusy = false;
      if (this.#watchers.has(watcher)) this.#send(watcher);
    }
  }

  #write(): Promise<void> {
    if (this.#storeTimer) clearTimeout(this.#storeTimer);
    this.#storeTimer = null;
    this.#storing = this.#storing.then(() => this.#writeNow());
    return this.#storing;
  }

  async #writeNow(): Promise<void> {
    const batch = this.#events.slice(this.#stored);
    if (batch.length === 0 || this.#failure) return;
    try {
      await this.#store(batch);
      this.#stored += batch.length;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new AppError('storage-failed', messageOf(error));
    }
  }
}
