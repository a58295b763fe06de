/** The models of a run: one for both roles, two side by side, or two in turns. */
import type { LanguageModel } from '../core/language-model.ts';
import type { Dataset } from '../data/dataset.ts';
import { worldOf } from '../models/simulated/world-of.ts';
import type { SimulatedWorld } from '../models/simulated/world.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import type { RunConfig } from '../storage/run-record.ts';
import type { ModelService, Role } from './model-service.ts';

export type RunModels = Readonly<Record<Role, LanguageModel>>;

export async function obtainModels(
  service: Pick<ModelService, 'obtain' | 'obtainInTurns' | 'release'>,
  { taskModel, optimizerModel, inTurns }: Pick<RunConfig, 'taskModel' | 'optimizerModel' | 'inTurns'>,
  dataset: Dataset,
  onProgress: (progress: LoadProgress) => void,
): Promise<RunModels> {
  const worldFor = ({ engine }: ModelSpec): SimulatedWorld | null =>
    engine === 'simulated' ? worldOf(dataset) : null;
  if (optimizerModel && inTurns)
    return service.obtainInTurns({ task: taskModel, optimizer: optimizerModel }, worldFor, onProgress);
  if (!optimizerModel) await service.release('optimizer'); // of an earlier run
  const task = await service.obtain('task', taskModel, worldFor(taskModel), onProgress);
  if (!optimizerModel) return { task, optimizer: task };
  const optimizer = await service.obtain('optimizer', optimizerModel, worldFor(optimizerModel), onProgress);
  return { task, optimizer };
}
