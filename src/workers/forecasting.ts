/** Forecasts as the page asks for them while a form is filled in: only the last one counts. */
import { createCancelSource, type CancelSource } from '../core/cancel.ts';
import { isAppError } from '../core/errors.ts';
import type { Dataset } from '../data/dataset.ts';
import type { RunConfig } from '../storage/run-record.ts';
import { rehearse, type Forecast, type Speeds } from './rehearsal.ts';
import type { Timers } from './timers.ts';

export class Forecasting {
  readonly #dataset: (id: string) => Promise<Dataset>;
  readonly #timers: Timers;
  #latest: CancelSource | null = null;

  constructor(dataset: (id: string) => Promise<Dataset>, timers: Timers) {
    this.#dataset = dataset;
    this.#timers = timers;
  }

  /** Null when another one was asked for before this one was ready. */
  async of(config: RunConfig, speeds: Speeds): Promise<Forecast | null> {
    this.#latest?.cancel();
    const source = (this.#latest = createCancelSource());
    try {
      const dataset = await this.#dataset(config.datasetId);
      return await rehearse(config, dataset, speeds, this.#timers, source.token);
    } catch (error) {
      if (source.token.isCancelled && isAppError(error, 'cancelled')) return null;
      throw error;
    }
  }
}
