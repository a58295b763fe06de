/** What the Run page says first about the time a run still takes (with dual-phase: after one step), beside what it took. */
import type { LoggedEvent } from '../../src/core/events.ts';
import type { MethodId } from '../../src/core/methods.ts';
import { runOptimizer } from '../../src/core/run/run.ts';
import { builtInTasks, generateBuiltIn } from '../../src/data/built-in/index.ts';
import { costed, type Costs } from '../../src/models/cost-model.ts';
import { applyEvents, emptyView, type RunView } from '../../src/ui/state/run/run-view.ts';
import { timeLeft, type TimeLeft } from '../../src/ui/state/run/time-left.ts';
import { simulatedSetup } from '../simulated-setup.ts';

/** As the Setup page has it when nothing is changed. */
const budget = { calls: 2000, tokens: null, minutes: null };
const plan = { budget, options: {} };

/** Virtual milliseconds. */
export interface Told extends TimeLeft {
  readonly real: number;
  /** Of the whole run. */
  readonly total: number;
}

/** What a person reads first in the search: the model is not asked between the events of one moment. */
async function told(log: AsyncIterable<LoggedEvent>): Promise<Told[]> {
  let view = emptyView;
  let first: RunView | null = null;
  for await (const logged of log) {
    const isLater = logged.spent.modelMs > view.spent.modelMs;
    if (first === null && isLater && timeLeft(view, plan)) first = view;
    view = applyEvents(view, [logged]);
  }
  const left = first && timeLeft(first, plan);
  if (!first || !left) return [];
  return [{ ...left, real: view.spent.modelMs - first.spent.modelMs, total: view.spent.modelMs }];
}

/** On every built-in task with every seed. */
export async function firstTold(method: MethodId, seeds: readonly number[], costs: Costs): Promise<Told[]> {
  const all: Told[] = [];
  for (const { id } of builtInTasks) {
    const dataset = generateBuiltIn(id, 1);
    for (const seed of seeds) {
      const setup = simulatedSetup({ dataset, seed, method, budget });
      const { model } = costed(setup.models.task, costs, true);
      all.push(...(await told(runOptimizer({ ...setup, models: { task: model } }))));
    }
  }
  return all;
}
