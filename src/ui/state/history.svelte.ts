/** The list of runs as the History page handles it: filter, window, choice of two, deletion. */
import type { RunListItem, RunRecord } from '../../workers/protocol.ts';
import type { AppState } from './app.svelte.ts';
import { LastFailure } from './last-failure.svelte.ts';
import { modelName } from './model-name.ts';
import type { Failure } from '../text.ts';

const pageSize = 20;

export class HistoryState {
  readonly #app: AppState;
  readonly #last = new LastFailure();
  #query = $state('');
  #length = $state(pageSize);
  #chosen = $state.raw<readonly string[]>([]);
  #isOpening = $state(false);

  readonly #matching = $derived.by(() => (this.#app.runs ?? []).filter((run) => matches(run, this.#query)));
  readonly #shown = $derived(this.#matching.slice(0, this.#length));
  readonly #compared = $derived.by(() =>
    (this.#app.runs ?? []).filter((run) => this.#chosen.includes(run.id)),
  );

  constructor(app: AppState) {
    this.#app = app;
  }

  get query(): string {
    return this.#query;
  }
  set query(query: string) {
    this.#query = query;
    this.#length = pageSize;
  }
  /** Runs that match the query, the newest first, as far as the window reaches. */
  get shown(): readonly RunListItem[] {
    return this.#shown;
  }
  /** Matching runs below the window. */
  get hidden(): number {
    return this.#matching.length - this.#shown.length;
  }
  get chosen(): readonly string[] {
    return this.#chosen;
  }
  /** The chosen runs, in the order of the list; two when there is something to compare. */
  get compared(): readonly RunListItem[] {
    return this.#compared;
  }
  get failure(): Failure | null {
    return this.#last.current;
  }

  showMore(): void {
    this.#length += pageSize;
  }

  /** A third choice replaces the first. */
  toggle(id: string): void {
    this.#chosen = this.#chosen.includes(id)
      ? this.#chosen.filter((other) => other !== id)
      : [...this.#chosen, id].slice(-2);
  }

  async delete(id: string): Promise<void> {
    await this.#last.attempt(() => this.#app.api.deleteRun(id));
    this.#chosen = this.#chosen.filter((other) => other !== id);
    await this.#app.refreshRuns();
  }

  /** @returns whether it goes on */
  async resume(id: string): Promise<boolean> {
    return this.#last.attempt(() => this.#app.api.resumeRun(id));
  }

  get isOpening(): boolean {
    return this.#isOpening;
  }

  /** Brings in a run file. @returns the run as it is here; null when the file was refused (then `failure` says why) */
  async open(file: File): Promise<RunRecord | null> {
    this.#isOpening = true;
    let run: RunRecord | null = null;
    await this.#last.attempt(async () => {
      run = await this.#app.api.getRun(await this.#app.api.importRun(file.name, file));
      await this.#app.refreshRuns();
    });
    this.#isOpening = false;
    return run;
  }
}

function matches({ config }: RunListItem, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return (
    wanted === '' ||
    `${config.name} ${modelName(config.taskModel)} ${config.method}`.toLowerCase().includes(wanted)
  );
}
