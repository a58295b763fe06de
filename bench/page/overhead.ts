/**
 * Everything around the model: a whole run with its storage (IndexedDB) and its log as the optimizer worker does it,
 * on the simulated model. What the model itself computes is taken out; its time is that of the cost model.
 */
import type { LanguageModel } from '../../src/core/language-model.ts';
import { answerSuffix } from '../../src/core/evaluate/answer-suffix.ts';
import { runOptimizer } from '../../src/core/run/run.ts';
import { recommendedSizes, splitExamples } from '../../src/core/split.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { createSimulatedModel } from '../../src/models/simulated/simulated-model.ts';
import { worldOf } from '../../src/models/simulated/world-of.ts';
import { CompletionRepository } from '../../src/storage/completion-repository.ts';
import { openDatabase, type Database } from '../../src/storage/open.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { EventStream } from '../../src/workers/event-stream.ts';
import { costed, type Costs } from '../../src/models/cost-model.ts';

export interface OverheadRound {
  readonly overheadMs: number;
  readonly modelMs: number;
  readonly calls: number;
}

const sleep = (): Promise<void> => Promise.resolve();
const spec = { engine: 'simulated', skill: 'middling', paceMs: 0 } as const;

/** The same model, with the time that passes in it. */
function timed(inner: LanguageModel): { model: LanguageModel; ms: () => number } {
  let inside = 0;
  const model: LanguageModel = {
    ...inner,
    async complete(request, cancel) {
      const start = performance.now();
      const completion = await inner.complete(request, cancel);
      inside += performance.now() - start;
      return completion;
    },
  };
  return { model, ms: () => inside };
}

async function measureRun(
  dataset: Dataset,
  seed: number,
  costs: Costs,
  database: Database,
): Promise<OverheadRound> {
  const { name, description, metric, choices, examples } = dataset;
  const costing = costed(createSimulatedModel(spec, worldOf(dataset), { sleep }), costs, true);
  const timing = timed(costing.model);
  const id = `bench-${seed}`;
  const runs = new RunRepository(database);
  const log = new EventStream(0, (events) => runs.appendEvents(id, events));
  const start = performance.now();
  const steps = runOptimizer({
    method: 'dual-phase',
    task: {
      name,
      description,
      metric,
      choices,
      answer: { maxTokens: 256, suffix: answerSuffix(metric, choices), constrain: false },
    },
    splits: splitExamples(examples, seed, recommendedSizes(examples.length)),
    models: { task: timing.model },
    seed,
    store: await new CompletionRepository(database).forRun(id),
  });
  let calls = 0;
  for await (const event of steps) {
    log.push(event);
    calls = event.spent.taskCalls + event.spent.optimizerCalls;
  }
  await log.flush();
  const wallMs = performance.now() - start;
  return { overheadMs: wallMs - timing.ms(), modelMs: costing.ms(), calls };
}

export async function measureOverhead(
  task: string,
  seeds: readonly number[],
  costs: Costs,
): Promise<OverheadRound[]> {
  const dataset: Dataset = { ...generateBuiltIn(task, 1), createdAt: 0 };
  const name = `bench-${Date.now()}`;
  const database = await openDatabase({}, name);
  const measured: OverheadRound[] = [];
  for (const seed of seeds) measured.push(await measureRun(dataset, seed, costs, database));
  database.close();
  indexedDB.deleteDatabase(name);
  return measured;
}
