/**
 * Runs the cells of an experiment of the Lab on the simulated model: the same runner and the same statistics as the
 * page, a task per thread at a time.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { cellsOf, checkDesign, type ExperimentDesign } from '../src/core/lab/design.ts';
import type { CellResult } from '../src/core/lab/result.ts';
import { runCell } from '../src/core/lab/run-cell.ts';
import { generateBuiltIn } from '../src/data/built-in/index.ts';
import { simulatedSetup, type SimulatedSetupOptions } from './simulated-setup.ts';

export interface Heat {
  readonly design: ExperimentDesign;
  readonly skill: SimulatedSetupOptions['skill'];
  readonly isOptimizerUseless: boolean;
}

/** Called in a thread. */
export async function runTask({ design, skill, isOptimizerUseless }: Heat): Promise<CellResult[]> {
  const results: CellResult[] = [];
  const datasets = new Map(design.tasks.map(({ id }) => [id, generateBuiltIn(id, 1)]));
  for (const cell of cellsOf(design)) {
    const variant = design.variants.find(({ id }) => id === cell.variant);
    const dataset = datasets.get(cell.task);
    if (!variant || !dataset) continue;
    const { method } = variant;
    const { seed } = cell;
    const setup = simulatedSetup({ dataset, seed, method, skill, budget: design.budget, isOptimizerUseless });
    results.push(await runCell({ cell, variant, setup }));
  }
  return results;
}

function inThread(heat: Heat): Promise<CellResult[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(path.resolve('bench/cells-worker.mjs'), { workerData: heat });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

/** On as many cores as there are. */
export async function runDesign(
  design: ExperimentDesign,
  more: Partial<Omit<Heat, 'design'>> = {},
): Promise<CellResult[]> {
  checkDesign(design);
  const waiting = [...design.tasks];
  const results: CellResult[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const part = { ...design, tasks: [task] };
      const heat = { skill: 'middling', isOptimizerUseless: false, ...more, design: part } as const;
      results.push(...(await inThread(heat)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(design.tasks.length, availableParallelism()) }, work));
  return results;
}
