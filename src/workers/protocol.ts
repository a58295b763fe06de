/**
 * What the page and the workers say to each other. Types only: importing this file costs nothing.
 * Everything is plain cloneable data; callbacks are wrapped with Comlink's `proxy`, one per subscription.
 */
import type { CodeScorer } from '../core/evaluate/code-metric.ts';
import type { LoggedEvent, PersonAction } from '../core/events.ts';
import type { Capabilities, Completion, CompletionRequest, ModelIdentity } from '../core/language-model.ts';
import type { ProbeResult } from '../core/proposals/probe.ts';
import type { Dataset, DatasetSummary } from '../data/dataset.ts';
import type { CheckResult } from '../models/conformance/conformance.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import type { SimulatedWorld } from '../models/simulated/world.ts';
import type { Waiting } from '../models/waiting.ts';
import type { SavedBackup } from '../storage/backup/write-backup.ts';
import type { Restored } from '../storage/backup/restore.ts';
import type { DamagedKind, DamagedRecord } from '../storage/damaged.ts';
import type { ErrorRecord, RunConfig, RunListItem, RunRecord, RunStatus } from '../storage/run-record.ts';
import type { StoredSize } from '../storage/sizes.ts';
import type { ForecastApi } from './forecast-protocol.ts';
import type { LabApi } from './lab-protocol.ts';
import type { Role } from './model-service.ts';
import type { ServeModels } from './page-link.ts';
import type { RunList } from './run-list.ts';

export type { Budget as BudgetLimits } from '../core/run/meter.ts';
export type { CheckResult, ProbeResult };
export type {
  DamagedKind,
  DamagedRecord,
  ErrorRecord,
  RunList,
  SavedBackup,
  RunListItem,
  Restored,
  RunConfig,
  RunRecord,
  StoredSize,
  RunStatus,
};

/** What is under way right now, beside the log: not stored, lost with the page. */
export interface LiveState {
  readonly runId: string;
  readonly status: RunStatus;
  /** This tab works on it; only then can the person do more than watch. */
  readonly isHere: boolean;
  /** Loading of the model, while it loads. */
  readonly loading: LoadProgress | null;
  /** Completions that came from the store since the run was (re)started here, and that were asked. */
  readonly replayed: number;
  readonly asked: number;
  /** Of the replayed ones: those that another run had asked for. */
  readonly adopted: number;
  /** Decode speed of the last completions, tokens per second; null before the first. */
  readonly tokensPerSecond: number | null;
  /** A candidate that waits for the person's word in "ask me" mode. */
  readonly asksApproval: string | null;
  /** What the person did and the run has not carried out yet. */
  readonly waiting: readonly PersonAction[];
  /** How often the GPU was lost or the memory ran out since the run was (re)started here; it goes on each time. */
  readonly losses: number;
  /** What the engines say of the models that are loaded, such as why every prompt is read from its start. */
  readonly notes: Readonly<Record<Role, readonly string[]>>;
  readonly error: ErrorRecord | null;
}

export interface RunListener {
  /** Events in order, in batches of what came since the last call; the first batch is the whole log so far. */
  onEvents(events: readonly LoggedEvent[]): void;
  onLive(state: LiveState): void;
}

export interface DatasetApi {
  listDatasets(): Promise<readonly DatasetSummary[]>;
  getDataset(id: string): Promise<Dataset>;
  /** Makes the built-in task's dataset from its generator and stores it (or finds it again). */
  openBuiltIn(task: string): Promise<DatasetSummary>;
  saveDataset(dataset: Dataset): Promise<DatasetSummary>;
  /** @throws `busy` when a run still refers to it, unless it is damaged: then it serves none any more */
  deleteDataset(id: string): Promise<void>;
}

export interface RunApi {
  /** The runs, as what changed since the list with this mark; 0: all of them. */
  listRuns(known: number): Promise<RunList>;
  getRun(id: string): Promise<RunRecord>;
  /** The stored log, `from` included. */
  getEvents(runId: string, from: number): Promise<readonly LoggedEvent[]>;
  startRun(config: RunConfig): Promise<string>;
  /** Replays what is known and goes on; for paused, interrupted and failed runs. */
  resumeRun(id: string): Promise<void>;
  pauseRun(id: string): Promise<void>;
  /** Ends the search and keeps the best so far. */
  stopRun(id: string): Promise<void>;
  deleteRun(id: string): Promise<void>;
  /** The run with its dataset, log and replies as one file. */
  exportRun(id: string): Promise<Blob>;
  /** Returns the id the run has here. @throws `file-refused`, naming the place, `storage-full`; then nothing was stored */
  importRun(name: string, file: Blob): Promise<string>;
  /** Carried out at the run's next checkpoint. */
  act(runId: string, action: PersonAction): Promise<void>;
  approve(runId: string, keep: boolean): Promise<void>;
  /** Sends the log so far, then what comes. Returns the key for `unwatch`. */
  watchRun(id: string, onEvents: RunListener['onEvents'], onLive: RunListener['onLive']): Promise<number>;
  unwatch(key: number): Promise<void>;
  /** Says now and at every change which run or experiment this tab works on; null: none, or it is paused. */
  watchActivity(onChange: (id: string | null) => void): Promise<void>;
}

/** What only the page has, offered to the workers. */
export interface HostApi {
  /** Offers to run the code of a metric, in the sandbox that only a page can have. */
  hostCodeMetrics(score: CodeScorer): Promise<void>;
  /** Offers the engines that only a page has: `serve` makes a port speak `ModelApi`. */
  hostModels(serve: ServeModels): Promise<void>;
}

export interface LoadingApi {
  /** Loads a model without a run (to try it, to download it ahead). */
  loadModel(spec: ModelSpec, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel>;
  cancelLoading(): Promise<void>;
  unloadModel(): Promise<void>;
  cachedModels(): Promise<readonly CachedModel[]>;
  /** Copies a GGUF file of the person's own into the browser's storage. Returns the address to load it by. */
  keepModelFile(file: File): Promise<string>;
  deleteCachedModel(engine: ModelSpec['engine'], modelId: string): Promise<void>;
}

/** A model tried before a run. */
export interface TrialApi {
  /**
   * Checks a model against the contract that all engines keep, and unloads it. A check that fails is a result.
   * @throws `busy` while a run or an experiment needs the model, `cancelled`, what loading throws
   */
  diagnose(
    spec: ModelSpec,
    onProgress: (progress: LoadProgress) => void,
    onCheck: (result: CheckResult) => void,
  ): Promise<LoadedModel>;
  stopDiagnosis(): Promise<void>;

  /**
   * Asks a model for a few rewrites, and keeps it loaded. A reply that cannot be used is a result.
   * @throws `busy` while a run or an experiment needs the model, `cancelled`, what loading throws
   */
  probeModel(
    spec: ModelSpec,
    onProgress: (progress: LoadProgress) => void,
    onReply: (done: number, of: number) => void,
  ): Promise<ProbeResult>;
  stopProbe(): Promise<void>;
}

export interface EndpointApi {
  /** Models the server at this address offers; empty where it keeps no list. @throws what is in the way, in words */
  endpointModels(baseUrl: string): Promise<readonly string[]>;
  /** Empty: forget it. Without `keep` it is gone with this page; it is never stored with a run, exported or logged. */
  setEndpointKey(baseUrl: string, key: string, keep: boolean): Promise<void>;
  /** Whether there is a key for this address; the key itself never comes back. */
  endpointKey(baseUrl: string): Promise<KeyState>;
}

/** What is stored in this browser, as a whole. */
export interface StorageApi {
  /** Everything that is stored and can be read, keys of endpoints left out, as one file. */
  exportBackup(): Promise<SavedBackup>;
  /**
   * Adds what is not here yet.
   * @param evenIfTight - tries it also where there is hardly room
   * @throws `data-unreadable`, `storage-full`; then nothing has changed
   */
  importBackup(name: string, file: Blob, evenIfTight: boolean): Promise<Restored>;

  /** What is left out of the lists, because it cannot be read. It is deleted like what can. */
  damagedRecords(): Promise<readonly DamagedRecord[]>;
  /** What is there of it, as JSON. */
  exportDamaged(kind: DamagedKind, id: string): Promise<Blob>;

  /** What deleting a run, a dataset or an experiment would free, the largest first. */
  storedSizes(): Promise<readonly StoredSize[]>;

  getSetting(key: string): Promise<unknown>;
  setSetting(key: string, value: unknown): Promise<void>;
}

/** The API of the optimizer worker, as the page calls it. */
export interface OptimizerApi
  extends DatasetApi, RunApi, HostApi, LoadingApi, TrialApi, EndpointApi, StorageApi, ForecastApi, LabApi {}

/** `page`: until the page is closed. `machine`: also afterwards, in the browser's storage. */
export type KeyState = 'none' | 'page' | 'machine';

export interface LoadedModel {
  readonly spec: ModelSpec;
  readonly identity: ModelIdentity;
  readonly concurrency: number;
  readonly contextWindow: number;
  readonly capabilities: Capabilities;
  /** Facts about this load for the page, in words ("16-bit floats", "2 threads"). */
  readonly notes: readonly string[];
  /** What it waits for outside of this machine at the moment. */
  readonly waiting?: Waiting | null;
}

export interface CachedModel {
  readonly engine: ModelSpec['engine'];
  readonly modelId: string;
  /** Null where the engine cannot tell. */
  readonly bytes: number | null;
  readonly complete: boolean;
}

/** The API of the model worker, as the optimizer worker calls it. One engine is loaded at a time. */
export interface ModelApi {
  load(
    spec: ModelSpec,
    world: SimulatedWorld | null,
    onProgress: (progress: LoadProgress) => void,
    /** The key of an endpoint; null where there is none. Held in memory only, never part of a spec. */
    key: string | null,
    /** All notes, whenever one has changed after the load, and what the model waits for at the moment. */
    onNotes: (notes: readonly string[], waiting?: Waiting | null) => void,
  ): Promise<LoadedModel>;
  /** Ends a load under way; its `load` rejects with `cancelled`. */
  cancelLoad(): Promise<void>;
  complete(callId: number, request: CompletionRequest): Promise<Completion>;
  /** The call rejects with `cancelled`; the model stays loaded. */
  cancel(callId: number): Promise<void>;
  countTokens(text: string): Promise<number>;
  unload(): Promise<void>;
  cached(): Promise<readonly CachedModel[]>;
  deleteCached(engine: ModelSpec['engine'], modelId: string): Promise<void>;
}
