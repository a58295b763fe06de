/** An experiment as it is stored: its head here, the results of its runs one by one beside it. */
import type { ExperimentDesign } from '../core/lab/design.ts';
import type { ModelSpec } from '../models/spec.ts';
import type { ErrorRecord, RunStatus } from './run-record.ts';

/** Everything an experiment depends on besides the completions. Stored with it, never changed. */
export interface ExperimentConfig {
  readonly design: ExperimentDesign;
  /** Plays both roles in every run. */
  readonly model: ModelSpec;
}

/** `queued`: starts when the experiment before it has ended. */
export type ExperimentStatus = RunStatus | 'queued';

export interface ExperimentRecord {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly config: ExperimentConfig;
  readonly status: ExperimentStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Runs that are finished. */
  readonly done: number;
  readonly error: ErrorRecord | null;
}
