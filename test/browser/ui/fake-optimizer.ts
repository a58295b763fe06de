/** An optimizer worker in memory: keeps datasets and runs, and remembers what the page asked for. */
import { AppError } from '../../../src/core/errors.ts';
import { generateBuiltIn } from '../../../src/data/built-in/index.ts';
import type { Dataset, DatasetSummary } from '../../../src/data/dataset.ts';
import type {
  ExperimentConfig,
  ExperimentListener,
  ExperimentRecord,
} from '../../../src/workers/lab-protocol.ts';
import type { AnswerTally, Forecast, Measured, Speed } from '../../../src/workers/forecast-protocol.ts';
import { connectImporter } from '../../../src/workers/client.ts';
import type { OptimizerApi, ProbeResult, RunConfig, RunRecord } from '../../../src/workers/protocol.ts';

const nothing = (): Promise<void> => Promise.resolve();
const notFaked = (): Promise<never> => Promise.reject(new AppError('unsupported', 'Not part of the fake.'));

function summarize(dataset: Dataset): DatasetSummary {
  const { id, name, description, source, metric, choices, createdAt, examples } = dataset;
  return { id, name, description, source, metric, choices, createdAt, size: examples.length };
}

export function aRun(config: Partial<RunConfig>, status: RunRecord['status']): RunRecord {
  const full: RunConfig = {
    name: 'Dates',
    datasetId: 'built-in-dates-1',
    method: 'dual-phase',
    options: {},
    seed: 1,
    sizes: { train: 50, validation: 83, test: 107 },
    metric: { kind: 'multiple-choice' },
    choices: [],
    answer: { maxTokens: 256, suffix: '', constrain: false },
    userPrompt: null,
    taskModel: { engine: 'simulated', skill: 'middling' },
    optimizerModel: null,
    budget: { calls: 2000, tokens: null, minutes: null },
    askMe: false,
    ...config,
  };
  const times = { createdAt: 1_000, updatedAt: 2_000 };
  return {
    schemaVersion: 1,
    id: `run-${full.name}`,
    config: full,
    status,
    ...times,
    eventCount: 0,
    report: null,
    error: null,
  };
}

export class FakeOptimizer implements OptimizerApi {
  readonly datasets = new Map<string, Dataset>();
  runs: RunRecord[] = [];
  readonly started: RunConfig[] = [];
  readonly resumed: string[] = [];

  /** What `App` is given instead of the real workers; files are read by the real import worker. */
  get workers() {
    return { connectOptimizer: (): OptimizerApi => this, connectImporter };
  }

  listDatasets = () => Promise.resolve([...this.datasets.values()].map(summarize));
  getDataset = (id: string): Promise<Dataset> => {
    const found = this.datasets.get(id);
    return found ? Promise.resolve(found) : Promise.reject(new AppError('not-found', `No dataset “${id}”.`));
  };
  openBuiltIn = (task: string) => this.saveDataset(generateBuiltIn(task, 1));
  saveDataset = (dataset: Dataset) => {
    this.datasets.set(dataset.id, structuredClone(dataset)); // as a message would
    return Promise.resolve(summarize(dataset));
  };
  deleteDataset = (id: string) => {
    this.datasets.delete(id);
    return nothing();
  };

  listRuns = (_known: number) => {
    const newestFirst = this.runs.toSorted((a, b) => b.createdAt - a.createdAt);
    return Promise.resolve({ mark: 1, ids: newestFirst.map(({ id }) => id), changed: newestFirst });
  };
  getRun = (id: string): Promise<RunRecord> => {
    const found = this.runs.find((run) => run.id === id);
    return found ? Promise.resolve(found) : notFaked();
  };
  startRun = (config: RunConfig) => {
    this.started.push(structuredClone(config));
    return Promise.resolve('run-1');
  };
  resumeRun = (id: string) => {
    this.resumed.push(id);
    return nothing();
  };
  getEvents = () => Promise.resolve([]);
  watchRun = () => Promise.resolve(1);
  unwatch = nothing;
  /** What the page is told about the run this tab works on. */
  tellActivity: (runId: string | null) => void = () => undefined;
  watchActivity = (onChange: (runId: string | null) => void) => {
    this.tellActivity = onChange;
    return nothing();
  };
  pauseRun = nothing;
  stopRun = nothing;
  deleteRun = nothing;
  act = nothing;
  approve = nothing;

  experiments: ExperimentRecord[] = [];
  readonly startedExperiments: ExperimentConfig[] = [];
  listExperiments = () => Promise.resolve(this.experiments);
  startExperiment = (config: ExperimentConfig) => {
    this.startedExperiments.push(structuredClone(config));
    return Promise.resolve('experiment-1');
  };
  resumeExperiment = nothing;
  pauseExperiment = nothing;
  stopExperiment = nothing;
  deleteExperiment = nothing;
  watchExperiment = (_id: string, _listener: ExperimentListener) => Promise.resolve(1);
  unwatchExperiment = nothing;

  exportRun = notFaked;
  importRun = notFaked;
  loadModel = notFaked;
  cancelLoading = nothing;
  unloadModel = nothing;
  cachedModels = () => Promise.resolve([]);
  keepModelFile = notFaked;
  deleteCachedModel = nothing;

  diagnose: OptimizerApi['diagnose'] = notFaked;
  stopDiagnosis = nothing;

  /** What a trial of the model ends with. */
  probed: ProbeResult | null = null;
  probeModel = (): Promise<ProbeResult> => (this.probed ? Promise.resolve(this.probed) : notFaked());
  stopProbe = nothing;

  /** What measuring the model's speed ends with, and the forecast that follows. */
  speed: Speed | null = null;
  forecasted: Forecast | null = null;
  answers: AnswerTally = { asked: 6, empty: 0, cut: 0, read: 6 };
  measureSpeed = (): Promise<Measured> =>
    this.speed ? Promise.resolve({ speed: this.speed, answers: this.answers }) : notFaked();
  stopMeasuring = nothing;
  forecast = (): Promise<Forecast | null> => Promise.resolve(this.forecasted);

  endpointModels = (): Promise<readonly string[]> => Promise.resolve([]);
  setEndpointKey: OptimizerApi['setEndpointKey'] = nothing;
  endpointKey = () => Promise.resolve('none' as const);

  exportBackup: OptimizerApi['exportBackup'] = () =>
    Promise.resolve({ file: new Blob(['a backup']), leftOut: 0 });
  importBackup: OptimizerApi['importBackup'] = notFaked;

  damagedRecords: OptimizerApi['damagedRecords'] = () => Promise.resolve([]);
  exportDamaged = notFaked;

  storedSizes: OptimizerApi['storedSizes'] = () => Promise.resolve([]);

  hostCodeMetrics = nothing;
  hostModels = nothing;
  getSetting = () => Promise.resolve(undefined);
  setSetting = nothing;
}
