/** The models of a run: one for both roles, two side by side, or two in turns. */
import type { LanguageModel } from '../core/language-model.ts';
import type { Dataset } from '../data/dataset.ts';
import type { SimulatedWorld } from '../models/simulated/world.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import type { RunConfig } from '../storage/run-record.ts';
import type { ModelService, Role } from './model-service.ts';
import { worldFor } from './worlds.ts';

export type RunModels = Readonly<Record<Role, LanguageModel>>;

export async function obtainModels(
  service: Pick<ModelService, 'obtain' | 'obtainInTurns' | 'release'>,
  { taskModel, optimizerModel, inTurns }: Pick<RunConfig, 'taskModel' | 'optimizerModel' | 'inTurns'>,
  dataset: Dataset,
  onProgress: (progress: LoadProgress) => void,
): Promise<RunModels> {
  const world = (spec: ModelSpec): SimulatedWorld | null => worldFor(spec, dataset);
  if (optimizerModel && inTurns)
    return service.obtainInTurns({ task: taskModel, optimizer: optimizerModel }, world, onProgress);
  if (!optimizerModel) await service.release('optimizer'); // of an earlier run
  const task = await service.obtain('task', taskModel, world(taskModel), onProgress);
  if (!optimizerModel) return { task, optimizer: task };
  const optimizer = await service.obtain('optimizer', optimizerModel, world(optimizerModel), onProgress);
  return { task, optimizer };
}
