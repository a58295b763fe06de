/** Small things the page remembers: last model, theme, addresses. Values are whatever can be cloned. */
import type { Database } from './open.ts';
import { guarded } from './write.ts';

/** Where keys of endpoints are kept; what is under this name is in no backup. */
export const endpointKeysSetting = 'endpoint-keys';

export class SettingsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(key: string): Promise<unknown> {
    return this.#database.get('settings', key);
  }

  async set(key: string, value: unknown): Promise<void> {
    await guarded(() => this.#database.put('settings', value, key));
  }
}
