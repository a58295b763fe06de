/** Keys of endpoints, by address: in memory, and in the browser's storage only for those a person wants kept. */
import { normalBaseUrl } from '../models/endpoint/address.ts';
import { cleanKey } from '../models/endpoint/key.ts';
import type { ModelSpec } from '../models/spec.ts';
import { endpointKeysSetting } from '../storage/settings-repository.ts';
import type { KeyState } from './protocol.ts';

/** The part of the settings store that is used. */
interface Settings {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}

export class EndpointKeys {
  readonly #settings: () => Promise<Settings>;
  readonly #inMemory = new Map<string, string>();

  constructor(settings: () => Promise<Settings>) {
    this.#settings = settings;
  }

  /** Empty: forget it, wherever it is. @throws AppError `invalid-option` for what is no address, or can be no key */
  async set(address: string, pasted: string, keep: boolean): Promise<void> {
    const baseUrl = normalBaseUrl(address);
    const key = cleanKey(pasted);
    // At once: a run that is started in the same breath needs it.
    if (key === '') this.#inMemory.delete(baseUrl);
    else this.#inMemory.set(baseUrl, key);
    const kept = await this.#kept();
    if (key !== '' && keep) await this.#keep({ ...kept, [baseUrl]: key });
    else if (Object.hasOwn(kept, baseUrl)) await this.#keep(without(kept, baseUrl));
  }

  async stateOf(address: string): Promise<KeyState> {
    const baseUrl = normalBaseUrl(address);
    if (Object.hasOwn(await this.#kept(), baseUrl)) return 'machine';
    return this.#inMemory.has(baseUrl) ? 'page' : 'none';
  }

  async get(address: string): Promise<string | null> {
    const baseUrl = normalBaseUrl(address);
    return this.#inMemory.get(baseUrl) ?? (await this.#kept())[baseUrl] ?? null;
  }

  /** Null for everything but an endpoint. */
  async forSpec(spec: ModelSpec): Promise<string | null> {
    return spec.engine === 'endpoint' ? this.get(spec.baseUrl) : null;
  }

  async #kept(): Promise<Readonly<Record<string, string>>> {
    const stored = await (await this.#settings()).get(endpointKeysSetting);
    const entries: [string, unknown][] =
      typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  async #keep(keys: Readonly<Record<string, string>>): Promise<void> {
    await (await this.#settings()).set(endpointKeysSetting, keys);
  }
}

function without(keys: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).filter(([other]) => other !== name));
}
