/**
 * Recorded replies. A run reads all of its own at the start, so that a replay does not wait for the database once per
 * reply; writes are awaited one by one, because a reply counts only once it is stored.
 */
import * as v from 'valibot';
import type { CompletionStore, RecordedReply } from '../core/run/recorder.ts';
import type { Database } from './open.ts';
import type { StoredReply } from './schema.ts';
import { soundOnly } from './sound.ts';
import { stored } from './stored-schemas.ts';
import { written } from './write.ts';

/** Replies of one run by their keys, as they are exported. */
type KeyedReply = Pick<StoredReply, 'key' | 'reply'>;

/** A reply that only this run may use: its key is never what another run looks for. */
function ownKey(runId: string, key: string): string {
  return `${runId}/${key}`;
}

/** Keys of replies are hexadecimal, so that the last slash parts them from the run. */
function bareKey(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

export interface RunCompletions extends CompletionStore {
  /** Replies found, those of them that another run had asked for, and replies newly stored, since it (re)started here. */
  readonly counts: { readonly found: number; readonly adopted: number; readonly stored: number };
}

export interface SharingOptions {
  /** It neither uses what other runs asked nor leaves them its own replies. */
  readonly isAlone?: boolean;
  /** Waited for before a reply that another run had asked for is handed out. */
  readonly beforeAdopted?: () => Promise<void>;
}

export class CompletionRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async forRun(
    runId: string,
    { isAlone = false, beforeAdopted = () => Promise.resolve() }: SharingOptions = {},
  ): Promise<RunCompletions> {
    const known = new Map<string, RecordedReply>(
      (await this.ofRun(runId)).map(({ key, reply }) => [key, reply]),
    );
    const counts = { found: 0, adopted: 0, stored: 0 };
    const adopt = async (key: string): Promise<RecordedReply | undefined> => {
      const reply = isAlone ? undefined : await this.#adopt(key, runId);
      if (!reply) return undefined;
      counts.adopted += 1;
      known.set(key, reply);
      await beforeAdopted();
      return reply;
    };
    return {
      counts,
      get: async (key) => {
        const reply = known.get(key) ?? (await adopt(key));
        if (reply) counts.found += 1;
        return reply;
      },
      put: async (key, reply) => {
        await this.#put(isAlone ? ownKey(runId, key) : key, reply, runId);
        known.set(key, reply);
        counts.stored += 1;
      },
    };
  }

  /** All replies a run can be replayed from. */
  async ofRun(runId: string): Promise<KeyedReply[]> {
    const own = await this.#database.getAllFromIndex('completions', 'runId', runId);
    return soundOnly(stored.completions, own).map(({ key, reply }) => ({ key: bareKey(key), reply }));
  }

  /** Replies out of a file serve the run they came with and no other: a false one must not reach one's own runs. */
  async keepImported(runId: string, replies: readonly KeyedReply[]): Promise<void> {
    const transaction = this.#database.transaction('completions', 'readwrite');
    const { store } = transaction;
    const writes = replies.map(
      ({ key, reply }) =>
        () =>
          store.put({ key: ownKey(runId, key), reply, runId }),
    );
    await written(transaction, writes);
  }

  /** A reply that another run asked for becomes this run's too, so that either can be exported or deleted alone. */
  async #adopt(key: string, runId: string): Promise<RecordedReply | undefined> {
    const found = await this.#database.get('completions', key);
    if (!found || !v.is(stored.completions, found)) return undefined; // damaged: asked again
    if (found.runId !== runId) await this.#put(ownKey(runId, key), found.reply, runId);
    return found.reply;
  }

  async #put(key: string, reply: RecordedReply, runId: string): Promise<void> {
    const transaction = this.#database.transaction('completions', 'readwrite', { durability: 'relaxed' });
    await written(transaction, [() => transaction.store.put({ key, reply, runId })]);
  }
}
