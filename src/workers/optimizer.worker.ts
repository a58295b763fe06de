/**
 * The composition root: wires core, models and storage, owns the model worker, and is the only writer of IndexedDB.
 * The page talks to it through `client.ts`.
 */
import { expose } from 'comlink';
import { AppError } from '../core/errors.ts';
import type { CodeScorer } from '../core/evaluate/code-metric.ts';
import { normalBaseUrl } from '../models/endpoint/address.ts';
import { askForModels } from '../models/endpoint/ask-for-models.ts';
import { realEnvironment } from '../models/endpoint/environment.ts';
import { restoreBackup } from '../storage/backup/restore.ts';
import { writeBackup } from '../storage/backup/write-backup.ts';
import { CompletionRepository } from '../storage/completion-repository.ts';
import { damagedAsText, damagedRecords } from '../storage/damaged.ts';
import { DatasetRepository } from '../storage/dataset-repository.ts';
import { ExperimentRepository } from '../storage/experiment-repository.ts';
import { openDatabase, type Database } from '../storage/open.ts';
import { RunRepository } from '../storage/run-repository.ts';
import { RunTransfer } from '../storage/run-transfer.ts';
import { SettingsRepository } from '../storage/settings-repository.ts';
import { storedSizes } from '../storage/sizes.ts';
import { watchEither } from './activity.ts';
import { installErrorTransfer } from './errors.ts';
import { deleteDataset } from './delete-dataset.ts';
import { Diagnosis } from './diagnosis.ts';
import { EndpointKeys } from './endpoint-keys.ts';
import { Forecasting } from './forecasting.ts';
import type { ForecastApi } from './forecast-protocol.ts';
import type { LabApi } from './lab-protocol.ts';
import { LabService } from './lab-service.ts';
import { createLoadingApi } from './loading-api.ts';
import { ModelService } from './model-service.ts';
import { openBuiltIn } from './open-built-in.ts';
import { PageLink } from './page-link.ts';
import { Probing } from './probing.ts';
import type {
  DatasetApi,
  EndpointApi,
  HostApi,
  OptimizerApi,
  RunApi,
  StorageApi,
  TrialApi,
} from './protocol.ts';
import { RunService } from './run-service.ts';
import { reportUnhandled } from './unhandled.ts';
import { SpeedMeasure } from './speed-measure.ts';
import { realTimers } from './timers.ts';

interface Services {
  readonly database: Database;
  readonly datasets: DatasetRepository;
  readonly settings: SettingsRepository;
  readonly stored: RunRepository;
  readonly runs: RunService;
  readonly experiments: ExperimentRepository;
  readonly lab: LabService;
  readonly transfer: RunTransfer;
}

const keys = new EndpointKeys(async () => (await services()).settings);

const page = new PageLink();

const models = new ModelService({
  onRestart: (reason) => void noteRestart(reason),
  onNotes: () => void services().then(({ runs }) => runs.noteEngines()),
  keyFor: (spec) => keys.forSpec(spec),
  startPage: () => page.start(),
});

async function noteRestart(reason: AppError): Promise<void> {
  console.warn('The model is started again:', reason.message);
  (await services()).runs.noteRestart(reason);
}

async function isModelTaken(): Promise<boolean> {
  const { runs, lab } = await services();
  return runs.isBusy || lab.isBusy;
}

const diagnosis = new Diagnosis({
  keyFor: (spec) => keys.forSpec(spec),
  startPage: () => page.start(),
  isModelTaken,
  makeRoom: () => models.unload(),
});

const probing = new Probing({ models, isModelTaken, timers: realTimers });
const speedMeasure = new SpeedMeasure({ models, isModelTaken, timers: realTimers });
const forecasting = new Forecasting(async (id) => (await services()).datasets.get(id), realTimers);

/** Set by the page before anything else is asked. */
let codeScorer: CodeScorer | null = null;

const scoreByCode: CodeScorer = async (asked) => {
  if (codeScorer === null)
    throw new AppError('unsupported', 'No page is there to run the code of the metric.');
  return codeScorer(asked);
};

async function startServices(): Promise<Services> {
  const database = await openDatabase({ onClosed: (reason) => reportError(reason) });
  const datasets = new DatasetRepository(database);
  const stored = new RunRepository(database);
  const completions = new CompletionRepository(database);
  const experiments = new ExperimentRepository(database);
  const runs: RunService = new RunService({
    datasets,
    runs: stored,
    completions,
    models,
    isModelTaken: () => lab.isBusy,
    scoreByCode,
  });
  const lab = new LabService({
    datasets,
    experiments,
    completions,
    models,
    isModelTaken: () => runs.isBusy,
    scoreByCode,
  });
  return {
    database,
    experiments,
    lab,
    runs,
    datasets,
    stored,
    settings: new SettingsRepository(database),
    transfer: new RunTransfer(datasets, stored, completions),
  };
}

let started: Promise<Services> | null = null;

/** Opened on first use and again after a failure: a person who frees the disk need not reload the page. */
function services(): Promise<Services> {
  started ??= startServices().catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

const datasetApi: DatasetApi = {
  listDatasets: async () => (await services()).datasets.list(),
  getDataset: async (id) => (await services()).datasets.get(id),
  openBuiltIn: async (task) => openBuiltIn(task, (await services()).datasets),
  saveDataset: async (dataset) => (await services()).datasets.save(dataset),
  deleteDataset: async (id) => deleteDataset(id, await services()),
};

const hostApi: HostApi = {
  hostCodeMetrics: (score) => {
    codeScorer = score;
    return Promise.resolve();
  },
  hostModels: (serve) => {
    page.offer(serve);
    return Promise.resolve();
  },
};

const trialApi: TrialApi = {
  probeModel: (spec, onProgress, onReply) => probing.run(spec, onProgress, onReply),
  stopProbe: () => probing.stop(),
  diagnose: (spec, onProgress, onCheck) => diagnosis.run(spec, onProgress, onCheck),
  stopDiagnosis: () => diagnosis.stop(),
};

const endpointApi: EndpointApi = {
  async endpointModels(address) {
    const access = { baseUrl: normalBaseUrl(address), key: await keys.get(address), model: '' };
    return (await askForModels(access, realEnvironment)).map(({ id }) => id);
  },
  setEndpointKey: (baseUrl, key, keep) => keys.set(baseUrl, key, keep),
  endpointKey: (baseUrl) => keys.stateOf(baseUrl),
};

const forecastApi: ForecastApi = {
  async measureSpeed(config, onProgress, onReply) {
    const dataset = await (await services()).datasets.get(config.datasetId);
    return speedMeasure.run(config, dataset, onProgress, onReply);
  },
  stopMeasuring: () => speedMeasure.stop(),
  forecast: (config, speeds) => forecasting.of(config, speeds),
};

/** What is started on purpose ends a trial of the model. */
async function withModelFree(): Promise<Services> {
  await Promise.all([probing.stop(), speedMeasure.stop()]);
  return services();
}

const labApi: LabApi = {
  listExperiments: async () => (await services()).lab.list(),
  startExperiment: async (config) => (await withModelFree()).lab.start(config),
  resumeExperiment: async (id) => (await withModelFree()).lab.resume(id),
  pauseExperiment: async (id) => (await services()).lab.pause(id),
  stopExperiment: async (id) => (await services()).lab.stop(id),
  deleteExperiment: async (id) => (await services()).lab.delete(id),
  watchExperiment: async (id, listener) => (await services()).lab.watch(id, listener),
  unwatchExperiment: async (key) => (await services()).lab.unwatch(key),
};

const runApi: RunApi = {
  listRuns: async (known) => (await services()).runs.list(known),
  getRun: async (id) => (await services()).runs.get(id),
  getEvents: async (runId, from) => (await services()).stored.events(runId, from),
  startRun: async (config) => (await withModelFree()).runs.start(config),
  resumeRun: async (id) => (await withModelFree()).runs.resume(id),
  pauseRun: async (id) => (await services()).runs.pause(id),
  stopRun: async (id) => (await services()).runs.stop(id),
  deleteRun: async (id) => (await services()).runs.delete(id),
  exportRun: async (id) =>
    new Blob([await (await services()).transfer.write(id)], { type: 'application/json' }),
  importRun: async (name, file) => (await services()).transfer.read(name, await file.text()),
  act: async (runId, action) => (await services()).runs.act(runId, action),
  approve: async (runId, keep) => (await services()).runs.approve(runId, keep),
  watchRun: async (id, onEvents, onLive) => (await services()).runs.watch(id, onEvents, onLive),
  unwatch: async (key) => (await services()).runs.unwatch(key),
  async watchActivity(onChange) {
    const { runs, lab } = await services();
    watchEither(runs.activity, lab.activity, onChange);
  },
};

const storageApi: StorageApi = {
  exportBackup: async () => writeBackup((await services()).database),
  importBackup: async (name, file, evenIfTight) =>
    restoreBackup((await services()).database, name, file, evenIfTight),
  damagedRecords: async () => damagedRecords((await services()).database),
  exportDamaged: async (kind, id) =>
    new Blob([await damagedAsText((await services()).database, kind, id)], { type: 'application/json' }),
  storedSizes: async () => storedSizes((await services()).database),
  getSetting: async (key) => (await services()).settings.get(key),
  setSetting: async (key, value) => (await services()).settings.set(key, value),
};

installErrorTransfer();
reportUnhandled(globalThis);
expose({
  ...datasetApi,
  ...runApi,
  ...hostApi,
  ...createLoadingApi(models),
  ...trialApi,
  ...endpointApi,
  ...storageApi,
  ...forecastApi,
  ...labApi,
} satisfies OptimizerApi);
