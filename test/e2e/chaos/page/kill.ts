/** What is done to a run, and when: agreed between the driver, its page and the worker. */
import type { RunConfig } from '../../../../src/storage/run-record.ts';

export const kinds = [
  'page',
  'optimizer worker',
  'model worker',
  'lost device',
  'endless call',
  'refused write',
] as const;
export type Kind = (typeof kinds)[number];

export interface Kill {
  readonly kind: Kind;
  /** At the how manieth call (for a refused write: write) from now on. */
  readonly at: number;
  /** The call has been answered and its answer is not stored yet; only where the page or the optimizer goes. */
  readonly isAnswered: boolean;
}

export interface Ending {
  readonly status: string;
  readonly code: string | null;
}

/** The worker's API, and with it the page's. */
export interface ChaosApi {
  /** Resolves when it has happened, or is to be done now by whoever can. */
  arm(kill: Kill): Promise<void>;
  start(config: RunConfig): Promise<string>;
  resume(id: string): Promise<void>;
  /** The end of the run under way, good or bad. */
  ended(id: string): Promise<Ending>;
  /** Keys of all calls that went to the engine since this worker lives. */
  asked(): Promise<readonly string[]>;
}
