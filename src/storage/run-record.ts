/** A run as it is stored. Plain data; `config` is all the run depends on besides the completions. */
import type { ErrorCode, Place } from '../core/errors.ts';
import type { OptionValue } from '../core/options.ts';
import type { RunReport } from '../core/report.ts';
import type { Budget } from '../core/run/meter.ts';
import type { AnswerSettings, Metric } from '../core/types.ts';
import type { ModelSpec } from '../models/spec.ts';

/** An `AppError` as plain data: on its way through a message, or stored. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place?: Place;
}

/** Everything a run depends on besides the completions. Stored with it, never changed. */
export interface RunConfig {
  readonly name: string;
  readonly datasetId: string;
  readonly method: string;
  /** Only what differs from the method's defaults. */
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly seed: number;
  /** Examples per split. */
  readonly sizes: { readonly train: number; readonly validation: number; readonly test: number };
  readonly metric: Metric;
  readonly choices: readonly string[];
  readonly answer: AnswerSettings;
  /** Null: the model writes the first prompt. */
  readonly userPrompt: string | null;
  readonly taskModel: ModelSpec;
  /** Null: the task model plays both roles. */
  readonly optimizerModel: ModelSpec | null;
  /** Of two models only one is loaded at a time. */
  readonly inTurns?: boolean;
  readonly budget: Budget;
  /** Ask the person before a candidate is kept. */
  readonly askMe: boolean;
  /** Use no reply that another run has got: the model behind the name may be another one by now. */
  readonly askAnew?: boolean;
  /** The run whose prompt it began with, and the seed that divided that run's examples: here they are divided alike. */
  readonly fork?: { readonly runId: string; readonly splitSeed: number };
}

/**
 * `interrupted`: the page went away while it ran; it can be resumed. `paused`: on the person's wish.
 * `failed`: ended by an error that the person must deal with; it can be resumed afterwards too.
 */
export type RunStatus = 'running' | 'paused' | 'interrupted' | 'finished' | 'stopped' | 'failed';

export interface RunRecord {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly config: RunConfig;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Events in the log so far. */
  readonly eventCount: number;
  readonly report: RunReport | null;
  readonly error: ErrorRecord | null;
  /** Place in the log at which the person ended the search: a replay ends it there too. */
  readonly stoppedAt?: number;
  /** Replies that an earlier run had got and that were not asked again; left out where there are none. */
  readonly adopted?: number;
  /** Of what it was started with, by name ("Sentential", "WebLLM"). Missing in records from before this was kept. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** What lists and comparisons say of a report. */
export type ReportSummary = Pick<
  RunReport,
  'test' | 'validation' | 'candidatesTested' | 'candidatesAccepted' | 'spent' | 'bestText'
>;

/** A run for lists: without the sentences of its prompts, which are most of a record. */
export type RunListItem = Omit<RunRecord, 'report'> & { readonly report: ReportSummary | null };
