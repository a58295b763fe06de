/** One experiment as it is watched: what the worker tells, and the figures that follow from it. */
import { scoreName, type ScoreName } from '../../core/evaluate/score-name.ts';
import { axisOf, cellsOf, type Axis } from '../../core/lab/design.ts';
import type { CellResult } from '../../core/lab/result.ts';
import { comparable, comparisonsOf, curveOf, gridOf, standingsOf } from '../../core/lab/statistics.ts';
import type { DatasetSummary } from '../../data/dataset.ts';
import type { CurrentCell, ExperimentRecord, ExperimentUpdate } from '../../workers/lab-protocol.ts';
import type { OptimizerApi } from '../../workers/protocol.ts';
import type { Failure } from '../text.ts';
import { LastFailure } from './last-failure.svelte.ts';
import type { CurveLine } from '../charts/curve-geometry.ts';

/** Points of a curve; more would not be seen. */
const samples = 80;

export class ExperimentState {
  readonly id: string;
  readonly #api: OptimizerApi;
  readonly #last = new LastFailure();
  #record = $state.raw<ExperimentRecord | null>(null);
  #results = $state.raw<readonly CellResult[]>([]);
  #current = $state.raw<CurrentCell | null>(null);
  #isElsewhere = $state(false);
  #key: number | null = null;
  #isClosed = false;
  #datasets = $state.raw<readonly DatasetSummary[]>([]);
  #chosenAxis = $state<Axis | null>(null);

  readonly #fair = $derived.by(() =>
    this.#record === null ? [] : comparable(this.#record.config.design, this.#results),
  );
  readonly #standings = $derived.by(() => {
    const design = this.#record?.config.design;
    return design === undefined ? [] : standingsOf(design, this.#fair, axisOf(design));
  });
  readonly #comparisons = $derived.by(() =>
    this.#record === null ? [] : comparisonsOf(this.#record.config.design, this.#fair),
  );
  readonly #curves = $derived.by((): readonly CurveLine[] => {
    const design = this.#record?.config.design;
    if (design === undefined || this.#fair.length === 0) return [];
    const grid = gridOf(design, this.#fair, this.axis, samples);
    return design.variants.map(({ id, title }) => ({
      id,
      title,
      samples: curveOf(
        this.#fair.filter(({ variant }) => variant === id),
        this.axis,
        grid,
      ),
    }));
  });

  constructor(api: OptimizerApi, id: string) {
    this.#api = api;
    this.id = id;
  }

  /** Null until the worker has answered. */
  get record(): ExperimentRecord | null {
    return this.#record;
  }
  get results(): readonly CellResult[] {
    return this.#results;
  }
  get current(): CurrentCell | null {
    return this.#current;
  }
  /** Another tab works on it: it can be watched here, and not held. */
  get isElsewhere(): boolean {
    return this.#isElsewhere;
  }
  get failure(): Failure | null {
    return this.#last.current;
  }
  /** Results of complete rounds: the ones that are compared. */
  get fair(): readonly CellResult[] {
    return this.#fair;
  }
  get standings() {
    return this.#standings;
  }
  get comparisons() {
    return this.#comparisons;
  }
  get curves(): readonly CurveLine[] {
    return this.#curves;
  }
  /** Of the curves; the unit of the budget unless the person chose another. */
  get axis(): Axis {
    return this.#chosenAxis ?? (this.#record === null ? 'calls' : axisOf(this.#record.config.design));
  }
  set axis(axis: Axis) {
    this.#chosenAxis = axis;
  }
  /** Runs in all. */
  get planned(): number {
    return this.#record === null ? 0 : cellsOf(this.#record.config.design).length;
  }
  /** What the tasks' scores are called; the word that is never wrong where a task is no longer there. */
  get scoreName(): ScoreName {
    const tasks = this.#record?.config.design.tasks.map(({ id }) => id) ?? [];
    const [first, ...others] = this.#datasets
      .filter(({ id }) => tasks.includes(id))
      .map(({ metric }) => metric);
    return first === undefined || others.length + 1 < tasks.length ? 'score' : scoreName(first, ...others);
  }
  titleOf(variant: string): string {
    const variants = this.#record?.config.design.variants ?? [];
    return variants.find(({ id }) => id === variant)?.title ?? variant;
  }
  taskName(task: string): string {
    return this.#record?.config.design.tasks.find(({ id }) => id === task)?.name ?? task;
  }

  async open(): Promise<void> {
    await this.#last.attempt(async () => {
      const key = await this.#api.watchExperiment(this.id, (update) => this.#take(update));
      void this.#last.attempt(async () => {
        this.#datasets = await this.#api.listDatasets();
      });
      if (this.#isClosed) await this.#api.unwatchExperiment(key);
      else this.#key = key;
    });
  }

  close(): void {
    this.#isClosed = true;
    if (this.#key !== null) void this.#api.unwatchExperiment(this.#key);
  }

  pause = (): Promise<boolean> => this.#last.attempt(() => this.#api.pauseExperiment(this.id));
  stop = (): Promise<boolean> => this.#last.attempt(() => this.#api.stopExperiment(this.id));
  resume = (): Promise<boolean> => this.#last.attempt(() => this.#api.resumeExperiment(this.id));

  #take({ record, fresh, current, isElsewhere = false }: ExperimentUpdate): void {
    this.#isElsewhere = isElsewhere;
    this.#record = record;
    this.#current = current;
    const known = Object.fromEntries(this.#results.map(({ key }) => [key, true]));
    const added = fresh.filter(({ key }) => known[key] !== true);
    if (added.length > 0) this.#results = [...this.#results, ...added];
  }
}
