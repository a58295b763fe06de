/** The dual-phase method on the eight built-in tasks with the simulated model: does it help, and what does it cost? */
import { mean } from '../src/core/arithmetic.ts';
import { runOptimizer } from '../src/core/run/run.ts';
import type { RunReport } from '../src/core/report.ts';
import { builtInTasks, generateBuiltIn } from '../src/data/built-in/index.ts';
import { simulatedSetup } from './simulated-setup.ts';
import { median, percent } from './figures.ts';

export const title =
  'Dual-phase method, default mode, simulated model (not a language model), 8 tasks × 10 seeds';
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

async function report(task: string, seed: number): Promise<RunReport> {
  const steps = runOptimizer(
    simulatedSetup({ dataset: generateBuiltIn(task, 1), seed, method: 'dual-phase' }),
  );
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

export async function run(): Promise<Record<string, string | number>[]> {
  const rows: Record<string, string | number>[] = [];
  for (const { id, hiddenConvention } of builtInTasks) {
    const reports: RunReport[] = [];
    for (const seed of seeds) reports.push(await report(id, seed));
    const gains = reports.map(({ test }) => (test ? test.best - test.start : 0));
    rows.push({
      task: id,
      'hidden convention': hiddenConvention ? 'yes' : 'no',
      'initial test accuracy': percent(mean(reports.map(({ test }) => test?.start ?? 0))),
      'final test accuracy': percent(mean(reports.map(({ test }) => test?.best ?? 0))),
      'median gain': percent(median(gains)),
      steps: mean(reports.map(({ steps }) => steps)).toFixed(1),
      'task calls': Math.round(mean(reports.map(({ spent }) => spent.taskCalls))),
      'optimizer calls': Math.round(mean(reports.map(({ spent }) => spent.optimizerCalls))),
      'better / worse (p ≤ .05)': `${reports.filter(({ test }) => test?.verdict === 'better').length} / ${reports.filter(({ test }) => test?.verdict === 'worse').length}`,
    });
  }
  return rows;
}
