/** Small things the page remembers: last model, theme, addresses. Values are whatever can be cloned. */
import { storageError, type Database } from './open.ts';

export class SettingsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(key: string): Promise<unknown> {
    return this.#database.get('settings', key);
  }

  async set(key: string, value: unknown): Promise<void> {
    try {
      await this.#database.put('settings', value, key);
    } catch (error) {
      throw storageError(error);
    }
  }
}
