/** Whole runs, as the obvious code would do them and as this app does them: the same decisions, fewer calls and less time. */
import type { RunEvent } from '../../src/core/events.ts';
import { runOptimizer, type RunSetup } from '../../src/core/run/run.ts';
import { builtInTasks, generateBuiltIn } from '../../src/data/built-in/index.ts';
import { simulatedSetup } from '../simulated-setup.ts';
import { costed, type Costs } from '../../src/models/cost-model.ts';

interface Told {
  /** Of the search: the report on the test split asks the same examples either way. */
  readonly calls: number;
  /** What was decided about which prompt, in order. */
  readonly decisions: string;
}

const decisive: readonly RunEvent['type'][] = ['candidate-created', 'gate-decided', 'incumbent-changed'];

async function follow(setup: RunSetup): Promise<Told> {
  const decisions: RunEvent[] = [];
  let calls = 0;
  for await (const { event, spent } of runOptimizer(setup)) {
    if (decisive.includes(event.type)) decisions.push(event);
    if (event.type === 'phase-started' && event.phase === 'confirmation') calls = spent.taskCalls;
  }
  return { calls, decisions: JSON.stringify(decisions) };
}

/** One run as the obvious code does it beside the same run as this app does it. */
export interface Compared {
  readonly naiveCalls: number;
  readonly calls: number;
  /** Virtual milliseconds. */
  readonly naiveMs: number;
  readonly ms: number;
  readonly isSame: boolean;
}

async function compare(setup: RunSetup, costs: Costs): Promise<Compared> {
  const { task } = setup.models;
  const [plain, reusing] = [costed(task, costs, false), costed(task, costs, true)];
  const naive = await follow({ ...setup, models: { task: plain.model }, scheduling: 'naive' });
  const ours = await follow({ ...setup, models: { task: reusing.model } });
  return {
    naiveCalls: naive.calls,
    calls: ours.calls,
    naiveMs: plain.ms(),
    ms: reusing.ms(),
    isSame: naive.decisions === ours.decisions,
  };
}

/** Alternating, on every built-in task with every seed. */
export async function compareRuns(
  seeds: readonly number[],
  costs: Costs,
  options: Readonly<Record<string, unknown>>,
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const { id } of builtInTasks) {
    const dataset = generateBuiltIn(id, 1);
    for (const seed of seeds)
      compared.push(await compare(simulatedSetup({ dataset, seed, method: 'dual-phase', options }), costs));
  }
  return compared;
}
