/** What this machine can run, found out once, when somebody wants to know. */
import { createContext } from 'svelte';
import { loadCatalog, type CatalogModel } from '../../models/catalog.ts';
import { detectMachine, type MachineReport } from '../../models/detect.ts';
import { recommendModel, type Recommendation } from '../../models/recommend.ts';
import { toFailure, type Failure } from '../text.ts';

export class MachineState {
  #report = $state.raw<MachineReport | null>(null);
  #catalog = $state.raw<readonly CatalogModel[]>([]);
  #failure = $state.raw<Failure | null>(null);
  #found: Promise<void> | null = null;

  readonly #recommendation = $derived.by((): Recommendation | null =>
    this.#report === null ? null : recommendModel(this.#report, this.#catalog, 'wllama'),
  );

  /** Null until it is known. */
  get report(): MachineReport | null {
    return this.#report;
  }

  /** WebLLM's own list; empty until it is loaded. */
  get catalog(): readonly CatalogModel[] {
    return this.#catalog;
  }

  get recommendation(): Recommendation | null {
    return this.#recommendation;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Finds out once; asking again costs nothing. */
  find(): Promise<void> {
    this.#found ??= this.#look();
    return this.#found;
  }

  async #look(): Promise<void> {
    try {
      const [report, catalog] = await Promise.all([detectMachine(), loadCatalog()]);
      this.#catalog = catalog;
      this.#report = report;
    } catch (thrown) {
      this.#failure = toFailure(thrown);
      this.#found = null;
    }
  }
}

export const [getMachine, setMachine] = createContext<MachineState>();
