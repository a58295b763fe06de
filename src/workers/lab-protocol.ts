/** The Lab's part of what the page and the optimizer worker say to each other. Types only. */
import type { Cell } from '../core/lab/design.ts';
import type { Amounts, CellResult } from '../core/lab/result.ts';
import type { LoadProgress } from '../models/spec.ts';
import type { ExperimentConfig, ExperimentRecord, ExperimentStatus } from '../storage/experiment-record.ts';

export type { ExperimentConfig, ExperimentRecord, ExperimentStatus };

/** The run of an experiment that is under way right now. */
export interface CurrentCell {
  readonly cell: Cell;
  readonly spent: Amounts;
  /** Loading of the model, while it loads. */
  readonly loading: LoadProgress | null;
}

export interface ExperimentUpdate {
  readonly record: ExperimentRecord;
  /** Results since the last update; the first update has all there are. One may come twice, by the same key. */
  readonly fresh: readonly CellResult[];
  readonly current: CurrentCell | null;
  /** Another tab works on it: this one can only watch. */
  readonly isElsewhere?: boolean;
}

export type ExperimentListener = (update: ExperimentUpdate) => void;

export interface LabApi {
  listExperiments(): Promise<readonly ExperimentRecord[]>;
  /**
   * Starts an experiment, or queues it behind the one under way.
   * @returns its id
   * @throws AppError `invalid-option` or `invalid-data` before anything is stored
   */
  startExperiment(config: ExperimentConfig): Promise<string>;
  /** For paused, interrupted, stopped and failed experiments: finished runs are kept, the open one replays. */
  resumeExperiment(id: string): Promise<void>;
  pauseExperiment(id: string): Promise<void>;
  /** Ends it; what is finished stays. */
  stopExperiment(id: string): Promise<void>;
  deleteExperiment(id: string): Promise<void>;
  /** Sends the experiment as it is, then what changes. Returns the key for `unwatchExperiment`. */
  watchExperiment(id: string, listener: ExperimentListener): Promise<number>;
  unwatchExperiment(key: number): Promise<void>;
}
