/** The Lab: the experiments of this browser, and the way to start one. */
import type { ExperimentDesign, LabTask } from '../../core/lab/design.ts';
import { builtInTasks } from '../../data/built-in/catalog.ts';
import type { ModelSpec } from '../../models/spec.ts';
import type { ExperimentRecord } from '../../workers/lab-protocol.ts';
import type { Failure } from '../text.ts';
import type { AppState } from './app.svelte.ts';
import { LastFailure } from './last-failure.svelte.ts';

export class LabState {
  readonly #app: AppState;
  readonly #last = new LastFailure();
  #experiments = $state.raw<readonly ExperimentRecord[] | null>(null);
  #isStarting = $state(false);

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Null until the store has answered. Newest first. */
  get experiments(): readonly ExperimentRecord[] | null {
    return this.#experiments;
  }
  get failure(): Failure | null {
    return this.#last.current;
  }
  get isStarting(): boolean {
    return this.#isStarting;
  }

  async refresh(): Promise<void> {
    await this.#last.attempt(() => this.#look());
  }

  async #look(): Promise<void> {
    this.#experiments = await this.#app.api.listExperiments();
  }

  /**
   * @param tasks ids of sample tasks and of datasets
   * @returns the experiment's id; null when it could not be started
   */
  async start(
    tasks: readonly string[],
    model: ModelSpec,
    designWith: (tasks: readonly LabTask[]) => ExperimentDesign,
  ): Promise<string | null> {
    this.#isStarting = true;
    let id: string | null = null;
    await this.#last.attempt(async () => {
      const opened: LabTask[] = [];
      for (const task of tasks) opened.push(await this.#open(task));
      id = await this.#app.api.startExperiment({ design: designWith(opened), model });
    });
    this.#isStarting = false;
    return id;
  }

  async delete(id: string): Promise<void> {
    await this.#last.attempt(() => this.#app.api.deleteExperiment(id));
    await this.#last.goOn(() => this.#look()); // a failed deletion is still told
  }

  async #open(task: string): Promise<LabTask> {
    const isSample = builtInTasks.some(({ id }) => id === task);
    const { id, name } = isSample
      ? await this.#app.api.openBuiltIn(task)
      : await this.#app.api.getDataset(task);
    return { id, name };
  }
}
