/** What IndexedDB holds, typed. Every stored thing carries a `schemaVersion` or is covered by a migration. */
import type { DBSchema } from 'idb';
import type { LoggedEvent, PersonAction } from '../core/events.ts';
import type { CellResult } from '../core/lab/result.ts';
import type { RecordedReply } from '../core/run/recorder.ts';
import type { Example } from '../core/types.ts';
import type { Dataset, DatasetSummary, ExampleNeeds } from '../data/dataset.ts';
import type { ExperimentRecord } from './experiment-record.ts';
import type { RunRecord } from './run-record.ts';

/** Raised with every change of the schema; `migrations.ts` has a step for each. */
export const databaseVersion = 2;

/** A dataset without its examples: lists stay quick however large the data are. */
export type DatasetHead = Omit<Dataset, 'examples' | 'needs'> & Pick<DatasetSummary, 'size'>;

/** Examples in pieces of `examplesPerChunk`, with their needs (simulated model) beside them. */
export interface ExampleChunk {
  readonly examples: readonly Example[];
  readonly needs: Readonly<Record<string, ExampleNeeds>> | null;
}

export interface StoredReply {
  readonly key: string;
  readonly reply: RecordedReply;
  /** The run it belongs to, and goes with. */
  readonly runId: string;
}

/** What a person did in a run: actions by checkpoint, approvals by candidate. */
export interface PersonRecord {
  readonly actions?: readonly PersonAction[];
  readonly keep?: boolean;
}

export interface SententialSchema extends DBSchema {
  datasets: { key: string; value: DatasetHead };
  /** Key: dataset id, number of the chunk. */
  examples: { key: [string, number]; value: ExampleChunk };
  runs: { key: string; value: RunRecord; indexes: { createdAt: number; datasetId: string } };
  /** Key: run id, sequence number. */
  runEvents: { key: [string, number]; value: LoggedEvent };
  /** Key: hash of engine, model, parameters and full text; behind "run id/" where it serves that run only. */
  completions: { key: string; value: StoredReply; indexes: { runId: string } };
  /** Key: run id, "checkpoint N", "candidate ID", or "inbox" for what waits for the next checkpoint. */
  person: { key: [string, string]; value: PersonRecord };
  settings: { key: string; value: unknown };
  experiments: { key: string; value: ExperimentRecord; indexes: { createdAt: number } };
  /** Key: experiment id, key of the run within it. */
  experimentCells: { key: [string, string]; value: CellResult };
}
