/** A fake optimizer with runs in it: sends the events a test gives, records what the page asks for. */
import type { LoggedEvent } from '../../../src/core/events.ts';
import type { LiveState, OptimizerApi, RunListener, RunRecord } from '../../../src/workers/protocol.ts';
import { sampleDataset } from '../../ui/sample-run.ts';
import { FakeOptimizer } from './fake-optimizer.ts';

interface Given {
  readonly runs: readonly RunRecord[];
  readonly events: readonly LoggedEvent[];
  readonly live?: Partial<LiveState>;
}

export class FakeRun {
  readonly optimizer = new FakeOptimizer();
  /** Commands of the page, in order: name, then arguments without the run's id. */
  readonly asked: unknown[][] = [];
  readonly #listeners: RunListener[] = [];
  #live: LiveState;

  constructor({ runs, events, live }: Given) {
    this.optimizer.runs = [...runs];
    this.#live = { ...quiet, status: runs[0]?.status ?? 'running', ...live };
    void this.optimizer.saveDataset(sampleDataset);
    const commands: Partial<OptimizerApi> = {
      getEvents: () => Promise.resolve(events),
      watchRun: (_id, onEvents, onLive) => {
        this.#listeners.push({ onEvents, onLive });
        onLive(this.#live);
        onEvents(events);
        return Promise.resolve(1);
      },
      pauseRun: () => this.#note('pause'),
      stopRun: () => this.#note('stop'),
      resumeRun: () => this.#note('resume'),
      cancelLoading: () => this.#note('cancel loading'),
      act: (_id, action) => {
        this.sendLive({ waiting: [...this.#live.waiting, action] });
        return this.#note('act', action);
      },
      approve: (_id, keep) => this.#note('approve', keep),
      deleteRun: (id) => {
        this.optimizer.runs = this.optimizer.runs.filter((run) => run.id !== id);
        return this.#note('delete', id);
      },
    };
    Object.assign(this.optimizer, commands);
  }

  send(events: readonly LoggedEvent[]): void {
    for (const listener of this.#listeners) listener.onEvents(events);
  }

  sendLive(change: Partial<LiveState>): void {
    this.#live = { ...this.#live, ...change };
    for (const listener of this.#listeners) listener.onLive(this.#live);
  }

  #note(...command: unknown[]): Promise<void> {
    this.asked.push(command);
    return Promise.resolve();
  }
}

const quiet: LiveState = {
  runId: 'r1',
  status: 'running',
  isHere: true,
  loading: null,
  replayed: 0,
  asked: 0,
  adopted: 0,
  tokensPerSecond: 38,
  asksApproval: null,
  waiting: [],
  losses: 0,
  notes: { task: [], optimizer: [] },
  error: null,
};
