/**
 * What each switch of the dual-phase method does, on the simulated model and under one budget, against the defaults:
 * at the end of the budget, and on average while it is spent. A switch is on by default only where it wins here.
 */
import { mean } from '../src/core/arithmetic.ts';
import type { ExperimentDesign, Variant } from '../src/core/lab/design.ts';
import { finalAccuracy, type CellResult } from '../src/core/lab/result.ts';
import { unlimited } from '../src/core/run/meter.ts';
import { holmAdjust } from '../src/core/stats/holm.ts';
import { mcnemarTwoSided } from '../src/core/stats/mcnemar.ts';
import { builtInTasks } from '../src/data/built-in/index.ts';
import { runDesign, type Heat } from './cells.ts';
import { percent } from './figures.ts';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
const calls = 800;

export const title = `Switches of the dual-phase method, simulated model (not a language model), 8 tasks × ${seeds.length} seeds, ${calls} calls each`;

type Switches = Readonly<Record<string, Variant['options']>>;

const base = 'as by default';

const switches: Switches = {
  [base]: {},
  'cause and sentence votes': { reflection: true },
  'same, one rewrite': { reflection: true, rewritesPerAttempt: 1 },
  'one rewrite': { rewritesPerAttempt: 1 },
  'minibatch gate': { screen: 3 },
  'Pareto pool of 6': { pool: 6 },
  'merge near misses': { merge: true },
  'pool and merge': { pool: 6, merge: true },
  'new sentences 0.3': { insertShare: 0.3 },
  'no trajectory': { triedShown: 0 },
  'delete 0.2': { deleteShare: 0.2 },
  'operators 0.3': { operatorShare: 0.3 },
  'library 0.25': { libraryShare: 0.25 },
  'few-shot when stuck': { fewShot: 'when-stuck' },
  'drop at the end': { prune: 'drop' },
};

/** What needs nothing of the model that writes. */
const withoutWriter: Switches = {
  [base]: {},
  'library when stuck': { libraryWhenStuck: true },
  'few-shot when stuck': { fewShot: 'when-stuck' },
};

function designOf(options: Switches): ExperimentDesign {
  return {
    title,
    question: '',
    tasks: builtInTasks.map(({ id, title: name }) => ({ id, name })),
    variants: Object.entries(options).map(([name, own]) => ({
      id: name,
      title: name,
      method: 'dual-phase',
      options: own,
      start: 'own',
    })),
    seeds,
    budget: { ...unlimited, calls },
  };
}

/** Mean test accuracy of the best prompt so far over the budget: what somebody has who may stop at any time. */
function overTheBudget({ points }: CellResult): number {
  return mean(
    points
      .flatMap(({ calls: from, accuracy }, index) => {
        const until = points[index + 1]?.calls ?? calls;
        return Array.from({ length: Math.max(0, Math.min(until, calls) - from) }, () => accuracy);
      })
      .concat(Array.from({ length: points[0]?.calls ?? calls }, () => 0)),
  );
}

interface Against {
  readonly better: number;
  readonly worse: number;
}

function against(
  own: readonly CellResult[],
  others: readonly CellResult[],
  valueOf: (result: CellResult) => number,
): Against {
  const pairOf = ({ task, seed }: CellResult): string => `${task} ${seed}`;
  const known = new Map(others.map((other) => [pairOf(other), valueOf(other)]));
  const differences = own.map((result) => valueOf(result) - (known.get(pairOf(result)) ?? 0));
  return {
    better: differences.filter((difference) => difference > 1e-9).length,
    worse: differences.filter((difference) => difference < -1e-9).length,
  };
}

/** Exact sign tests, corrected by Holm over the switches. */
function inWords(all: readonly Against[]): string[] {
  const pValues = holmAdjust(all.map(({ better, worse }) => mcnemarTwoSided(better, worse)));
  return all.map(
    ({ better, worse }, index) => `${better} / ${worse} (p ${(pValues[index] ?? 1).toPrecision(2)})`,
  );
}

async function rowsFor(
  model: string,
  options: Switches,
  heat: Partial<Heat>,
): Promise<Record<string, string | number>[]> {
  const results = await runDesign(designOf(options), heat);
  const runsOf = (name: string): CellResult[] => results.filter(({ variant }) => variant === name);
  const names = Object.keys(options);
  const finals = inWords(names.slice(1).map((name) => against(runsOf(name), runsOf(base), finalAccuracy)));
  const whole = inWords(names.slice(1).map((name) => against(runsOf(name), runsOf(base), overTheBudget)));
  return names.map((name, index) => ({
    model,
    switch: name,
    'at the end': percent(mean(runsOf(name).map(finalAccuracy))),
    'better / worse': finals[index - 1] ?? '',
    'over the budget': percent(mean(runsOf(name).map(overTheBudget))),
    'better / worse then': whole[index - 1] ?? '',
    calls: Math.round(mean(runsOf(name).map(({ spent }) => spent.calls))),
    steps: mean(runsOf(name).map(({ steps }) => steps)).toFixed(1),
    'prompt length': Math.round(mean(runsOf(name).map(({ prompt }) => prompt.length))),
  }));
}

export async function run(): Promise<Record<string, string | number>[]> {
  return [
    ...(await rowsFor('middling', switches, {})),
    ...(await rowsFor('useless optimizer', withoutWriter, { isOptimizerUseless: true })),
  ];
}
