/** What the simulated model knows of: the examples of one task. Real models are asked anything. */
import { generateBuiltIn } from '../data/built-in/index.ts';
import type { Dataset } from '../data/dataset.ts';
import { worldOf } from '../models/simulated/world-of.ts';
import type { SimulatedWorld } from '../models/simulated/world.ts';
import type { ModelSpec } from '../models/spec.ts';

/** Null for real models. */
export function worldFor({ engine }: ModelSpec, dataset: Dataset): SimulatedWorld | null {
  return engine === 'simulated' ? worldOf(dataset) : null;
}

/** Where a model is tried without a task of the person's; null for real models. */
export function trialTaskFor({ engine }: ModelSpec): Dataset | null {
  return engine === 'simulated' ? { ...generateBuiltIn('dates', 1), createdAt: 0 } : null;
}
