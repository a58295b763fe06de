/** What every page needs: the optimizer worker, and the lists of datasets and runs it keeps. */
import { createContext } from 'svelte';
import type { OptimizerApi, RunListItem } from '../../workers/protocol.ts';
import type { DatasetSummary } from '../../data/dataset.ts';
import type { MetricSandbox } from '../metric-sandbox.ts';
import type { ImportConnection } from './import.svelte.ts';
import { mergeRuns } from './merge-runs.ts';
import { SetupDrafts } from './setup-drafts.svelte.ts';
import { toFailure, type Failure } from '../text.ts';

/** How the workers are reached; tests put something else in their place. */
export interface Workers {
  connectOptimizer(onFailure: (thrown: unknown) => void): OptimizerApi;
  connectImporter(onFailure: (thrown: unknown) => void): ImportConnection;
}

export class AppState {
  readonly api: OptimizerApi;
  readonly drafts = new SetupDrafts();
  #datasets = $state.raw<readonly DatasetSummary[] | null>(null);
  #runs = $state.raw<readonly RunListItem[] | null>(null);
  #failure = $state.raw<Failure | null>(null);

  #mark = 0;
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | null = null;

  readonly #workers: Workers;
  #sandbox: Promise<MetricSandbox> | null = null;

  constructor(workers: Workers) {
    this.#workers = workers;
    this.api = workers.connectOptimizer((thrown) => this.report(thrown));
    this.api
      .hostCodeMetrics(async (asked) => (await this.#openSandbox()).score(asked))
      .catch((thrown: unknown) => this.report(thrown));
  }

  /** Opened for the first answer that code is to score. */
  #openSandbox(): Promise<MetricSandbox> {
    this.#sandbox ??= import('../metric-sandbox.ts').then(({ MetricSandbox }) => new MetricSandbox());
    return this.#sandbox;
  }

  /** Starts a worker that reads files; close it when the import is over or given up. */
  connectImport(): ImportConnection {
    return this.#workers.connectImporter((thrown) => this.report(thrown));
  }

  /** Null until the store has answered. Newest first. */
  get datasets(): readonly DatasetSummary[] | null {
    return this.#datasets;
  }

  /** Null until the store has answered. Newest first. */
  get runs(): readonly RunListItem[] | null {
    return this.#runs;
  }

  /** Something that concerns the whole app: the store cannot be opened, a worker died. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Runs that were under way and can go on. */
  get unfinished(): readonly RunListItem[] {
    return (this.#runs ?? []).filter((run) => run.status === 'interrupted' || run.status === 'paused');
  }

  async refreshDatasets(): Promise<void> {
    await this.#keep(async () => {
      const datasets = await this.api.listDatasets();
      this.#datasets = datasets.toSorted((a, b) => b.createdAt - a.createdAt);
    });
  }

  /** One reading at a time: what is asked meanwhile shares the next one, which then is told only what changed. */
  refreshRuns(): Promise<void> {
    this.#nextReading ??= this.#reading.then(() => {
      this.#nextReading = null;
      return (this.#reading = this.#readRuns());
    });
    return this.#nextReading;
  }

  async #readRuns(): Promise<void> {
    await this.#keep(async () => {
      const list = await this.api.listRuns(this.#mark);
      this.#mark = list.mark;
      this.#runs = mergeRuns(this.#runs, list);
    });
  }

  report(thrown: unknown): void {
    this.#failure = toFailure(thrown);
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  async #keep(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      this.report(thrown);
    }
  }
}

export const [getApp, setApp] = createContext<AppState>();
