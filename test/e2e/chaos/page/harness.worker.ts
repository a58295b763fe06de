/** The optimizer worker's parts as they are in the app, and the places where they can be hit. */
import { expose } from 'comlink';
import { decorated } from '../../../../src/core/decorated-model.ts';
import { completionKey } from '../../../../src/core/run/recorder.ts';
import type { LanguageModel } from '../../../../src/core/language-model.ts';
import { generateBuiltIn } from '../../../../src/data/built-in/index.ts';
import { CompletionRepository } from '../../../../src/storage/completion-repository.ts';
import { DatasetRepository } from '../../../../src/storage/dataset-repository.ts';
import { openDatabase } from '../../../../src/storage/open.ts';
import { RunRepository } from '../../../../src/storage/run-repository.ts';
import { ModelClient } from '../../../../src/workers/model-client.ts';
import { lockName } from '../../../../src/workers/run-channel.ts';
import { RunService } from '../../../../src/workers/run-service.ts';
import type { ChaosApi, Kill } from './kill.ts';
import { tappedWorker } from './tap.ts';

const never = new Promise<never>(() => undefined);
const asked: string[] = [];
let identity: LanguageModel['identity'] | null = null;
let armed: { readonly kill: Kill; readonly strike: () => void } | null = null;
/** Calls and writes since the last kill was armed. */
const counts = { calls: 0, writes: 0 };

/** Whether the armed kill is due; then it is used up. */
function isDue(count: number, ...meant: readonly Kill['kind'][]): Kill | null {
  if (!armed || armed.kill.at !== count || !meant.includes(armed.kill.kind)) return null;
  const { kill, strike } = armed;
  armed = null;
  strike();
  return kill;
}

const put = Reflect.get(IDBObjectStore.prototype, 'put');
IDBObjectStore.prototype.put = function (...args) {
  counts.writes += 1;
  if (isDue(counts.writes, 'refused write')) throw new DOMException('No room.', 'QuotaExceededError');
  return Reflect.apply(put, this, args);
};

const client = new ModelClient({
  patience: { floorMs: 1500, firstMsPerToken: 0, slack: 0 },
  startWorker: () =>
    tappedWorker((request) => {
      if (identity) asked.push(completionKey(identity, request));
      counts.calls += 1;
      if (armed?.kill.isAnswered) return 'pass';
      const kill = isDue(
        counts.calls,
        'page',
        'optimizer worker',
        'model worker',
        'lost device',
        'endless call',
      );
      if (kill?.kind === 'model worker') return 'terminate';
      if (kill?.kind === 'lost device') return 'lose device';
      return kill ? 'lose' : 'pass';
    }),
});

/** The answer is there, and nobody ever gets it. */
function holding(model: LanguageModel): LanguageModel {
  return decorated(model, async (request, cancel) => {
    const completion = await model.complete(request, cancel);
    if (armed?.kill.isAnswered && isDue(counts.calls, 'page', 'optimizer worker')) await never;
    return completion;
  });
}

async function open(): Promise<{ service: RunService; runs: RunRepository }> {
  const database = await openDatabase();
  const datasets = new DatasetRepository(database);
  await datasets.save({ ...generateBuiltIn('navigate', 1), createdAt: 0 });
  const runs = new RunRepository(database);
  const completions = new CompletionRepository(database);
  const models: ConstructorParameters<typeof RunService>[0]['models'] = {
    async obtain(_role, spec, world, onProgress) {
      const model = await client.load(spec, world, onProgress);
      identity = model.identity;
      return holding(model);
    },
    obtainInTurns: () => Promise.reject(new Error('The runs here have one model.')),
    release: () => Promise.resolve(),
    notes: () => ({ task: [], optimizer: [] }),
    waiting: () => null,
  };
  return {
    runs,
    service: new RunService({ datasets, runs, completions, models, isModelTaken: () => false }),
  };
}

const opened = open();

/** The run's lock is free: whoever held it is gone. */
async function released(id: string): Promise<void> {
  await navigator.locks.request(lockName(id), () => undefined);
}

const api: ChaosApi = {
  arm: (kill) =>
    new Promise((resolve) => {
      counts.calls = 0;
      counts.writes = 0;
      armed = { kill, strike: resolve };
    }),
  start: async (config) => (await opened).service.start(config),
  async resume(id) {
    await released(id);
    await (await opened).service.resume(id);
  },
  async ended(id) {
    await released(id);
    const { status, error } = await (await opened).runs.get(id);
    return { status, code: error?.code ?? null };
  },
  asked: () => Promise.resolve(asked),
};
expose(api);
