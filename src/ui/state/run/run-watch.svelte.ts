/** A run as the page watches it: the projected log, what is under way beside it, and what the person can do. */
import type { LoggedEvent, PersonAction } from '../../../core/events.ts';
import type { Example } from '../../../core/types.ts';
import type {
  BudgetLimits,
  LiveState,
  OptimizerApi,
  RunRecord,
  RunStatus,
} from '../../../workers/protocol.ts';
import { toFailure, type Failure } from '../../text.ts';
import { Announcer } from './announcer.ts';
import { byId, progressOf } from './figures.ts';
import { Pace } from './pace.ts';
import { applyEvents, emptyView, type RunView } from './run-view.ts';
import { timeLeft, type TimeLeft } from './time-left.ts';

const listenEveryMs = 5000;

/** Events applied in one frame at most; a long log that comes at once is spread over several. */
const eventsPerFrame = 3000;

export class RunWatch {
  readonly id: string;
  readonly #api: OptimizerApi;
  readonly #pace = new Pace();
  readonly #announcer = new Announcer();
  #queue: LoggedEvent[] = [];
  #frame: number | null = null;
  #view = $state.raw<RunView>(emptyView);
  #live = $state.raw<LiveState | null>(null);
  #record = $state.raw<RunRecord | null>(null);
  #examples = $state.raw<ReadonlyMap<string, Example>>(byId([]));
  #failure = $state.raw<Failure | null>(null);
  #sending = $state.raw<readonly PersonAction[]>([]);
  #busy = $state(false);
  #announcement = $state('');
  #left = $state.raw<TimeLeft | null>(null);
  #heardAt = performance.now();
  #silentMs = $state(0);

  constructor(api: OptimizerApi, id: string) {
    this.#api = api;
    this.id = id;
  }

  get view(): RunView {
    return this.#view;
  }
  get live(): LiveState | null {
    return this.#live;
  }
  /** Null until the store has answered. */
  get record(): RunRecord | null {
    return this.#record;
  }
  get examples(): ReadonlyMap<string, Example> {
    return this.#examples;
  }
  /** Of the last thing the person asked for, or of opening the run. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** What the person did and the run has not carried out yet; it is stored. */
  get pending(): readonly PersonAction[] {
    return [...(this.#live?.waiting ?? []), ...this.#sending];
  }
  /** Whether the run is under way in this tab: in another one, or after a reload, it can only be watched. */
  get isHere(): boolean {
    return this.#live?.isHere ?? false;
  }
  /** A pause, resume, stop … is on its way. */
  get busy(): boolean {
    return this.#busy;
  }
  /** For the screen reader: what matters, not more often than every few seconds. */
  get announcement(): string {
    return this.#announcement;
  }
  /** Estimated, in milliseconds on the clock; null while nobody can tell. */
  get left(): TimeLeft | null {
    return this.#left;
  }
  /** Milliseconds since anything was heard of a run that is under way; 0 where nothing is to be expected. */
  get silentMs(): number {
    return this.#silentMs;
  }
  get status(): RunStatus | null {
    return this.#live?.status ?? this.#record?.status ?? null;
  }
  get progress(): number {
    return progressOf(this.#view, this.#limits);
  }
  get #limits(): BudgetLimits {
    return this.#record?.config.budget ?? { calls: null, tokens: null, minutes: null };
  }

  /** Starts to watch. @returns what ends it */
  open(): () => void {
    let isOpen = true;
    const listening = setInterval(() => this.#listen(), listenEveryMs);
    const key = this.#attempt(async () => {
      const record = await this.#api.getRun(this.id);
      if (!isOpen) return null;
      this.#record = record;
      void this.#loadExamples(record.config.datasetId);
      return this.#api.watchRun(
        this.id,
        (events) => this.#receive(events),
        (live) => this.#receiveLive(live),
      );
    });
    return () => {
      isOpen = false;
      clearInterval(listening);
      if (this.#frame !== null) cancelAnimationFrame(this.#frame);
      void key.then((known) => (known === null ? undefined : this.#api.unwatch(known)));
    };
  }

  pause = () => this.#command(() => this.#api.pauseRun(this.id));
  resume = () => this.#command(() => this.#api.resumeRun(this.id));
  stop = () => this.#command(() => this.#api.stopRun(this.id));
  cancelLoading = () => this.#command(() => this.#api.cancelLoading());
  approve = (keep: boolean) => this.#command(() => this.#api.approve(this.id, keep));

  act = async (action: PersonAction): Promise<void> => {
    this.#sending = [...this.#sending, action];
    await this.#attempt(() => this.#api.act(this.id, action));
    this.#sending = this.#sending.filter((other) => other !== action);
  };

  /** One at a time: a second press while one is on its way is the same wish. */
  async #command(action: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await this.#attempt(action);
    this.#busy = false;
  }

  async #attempt<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      this.#failure = null;
      return await action();
    } catch (thrown) {
      this.#failure = toFailure(thrown);
      return null;
    }
  }

  async #loadExamples(datasetId: string): Promise<void> {
    const dataset = await this.#attempt(() => this.#api.getDataset(datasetId));
    if (dataset) this.#examples = byId(dataset.examples);
  }

  #listen(): void {
    const isExpected =
      this.status === 'running' && this.isHere && !this.#live?.loading && !this.#live?.asksApproval;
    if (!isExpected) this.#heardAt = performance.now();
    this.#silentMs = isExpected ? performance.now() - this.#heardAt : 0;
  }

  #receive(events: readonly LoggedEvent[]): void {
    this.#heardAt = performance.now();
    this.#silentMs = 0;
    // Not `push(...events)`: a long log would not fit on the stack.
    this.#queue = this.#queue.length === 0 ? [...events] : this.#queue.concat(events);
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const batch = this.#queue.slice(0, eventsPerFrame);
    this.#queue = this.#queue.slice(eventsPerFrame);
    this.#frame = this.#queue.length === 0 ? null : requestAnimationFrame(() => this.#draw());
    this.#view = applyEvents(this.#view, batch);
    const now = performance.now();
    this.#estimate(now);
    this.#announcement = this.#announcer.next(this.#view, batch, now) ?? this.#announcement;
  }

  #estimate(now: number): void {
    if (this.status === 'running' && this.#live?.loading === null)
      this.#pace.observe(now, this.#view.spent.modelMs);
    const left = timeLeft(this.#view, { budget: this.#limits, options: this.#record?.config.options ?? {} });
    const expected = left && this.#pace.wallMs(left.expected);
    const longest = left && this.#pace.wallMs(left.longest);
    this.#left = expected === null || longest === null ? null : { expected, longest };
  }

  #receiveLive(live: LiveState): void {
    if (live.status !== this.status) this.#pace.reset();
    this.#live = live;
  }
}
