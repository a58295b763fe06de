/**
 * All methods on the eight built-in tasks under one budget, as an experiment of the Lab. Options are the browser
 * defaults, with as many rounds as the budget allows; the model, the splits and the budget are the same for all. Without
 * a person's prompt, dual-phase writes its first prompt itself and the others start from a plain one; the last rows tell
 * apart what the first prompt brings and what the search does.
 */
import { dualPhasePresets } from '../src/core/dual-phase/options.ts';
import type { ExperimentDesign, Variant } from '../src/core/lab/design.ts';
import { untilSpent } from '../src/core/lab/presets.ts';
import type { CellResult } from '../src/core/lab/result.ts';
import {
  accuracyAt,
  comparisonsOf,
  estimate,
  reachedShare,
  reaches,
  standingsOf,
  type Estimate,
  type Standing,
} from '../src/core/lab/statistics.ts';
import { unlimited } from '../src/core/run/meter.ts';
import { builtInTasks } from '../src/data/built-in/index.ts';
import { runDesign } from './cells.ts';
import { percent } from './figures.ts';

const calls = 800;
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

export const title = `The race: simulated model (not a language model), 8 tasks × ${seeds.length} seeds, ${calls} calls each`;
/** Filled by `run`: what does not fit into the table. */
export const notes: string[] = [];

function racer(name: string, method: Variant['method'], start: Variant['start'] = 'own'): Variant {
  return { id: name, title: name, method, options: untilSpent[method] ?? {}, start };
}

const reference = 'dual-phase';
const thorough = 'dual-phase, all of validation';
const published = ['APE', 'APO', 'PromptAgent', 'OPRO', 'GEPA'];
const fromPhaseOne = ['APO, phase 1 start', 'PromptAgent, phase 1 start', 'GEPA, phase 1 start'];

const variants: readonly Variant[] = [
  racer(reference, 'dual-phase'),
  { ...racer(thorough, 'dual-phase'), options: dualPhasePresets.thorough.options },
  racer('APE', 'ape'),
  racer('APO', 'apo'),
  racer('PromptAgent', 'prompt-agent'),
  racer('OPRO', 'opro'),
  racer('GEPA', 'gepa'),
  racer('few-shot', 'few-shot'),
  racer('step by step', 'step-by-step'),
  racer('start as it is', 'start-only'),
  racer('APO, phase 1 start', 'apo', 'phase-1'),
  racer('PromptAgent, phase 1 start', 'prompt-agent', 'phase-1'),
  racer('GEPA, phase 1 start', 'gepa', 'phase-1'),
  racer('dual-phase, plain start', 'dual-phase', 'plain'),
  {
    ...racer('dual-phase, all of validation, plain start', 'dual-phase', 'plain'),
    options: dualPhasePresets.thorough.options,
  },
];

const design: ExperimentDesign = {
  title,
  question: 'Which method finds the best prompt with the same number of calls?',
  tasks: builtInTasks.map(({ id, title: name }) => ({ id, name })),
  variants,
  seeds,
  budget: { ...unlimited, calls },
};

const runsOf = (results: readonly CellResult[], name: string): CellResult[] =>
  results.filter(({ variant }) => variant === name);

function withInterval({ mean, interval }: Estimate): string {
  return interval
    ? `${percent(mean)} (${percent(interval.low)} to ${percent(interval.high)})`
    : percent(mean);
}

/** What the method is asked to show: a third of a rival's calls for the accuracy that the rival has in the end. */
function speedNote(rival: string, results: readonly CellResult[], method: string): string {
  const [ours, theirs] = [runsOf(results, method), runsOf(results, rival)];
  const level = reachedShare * estimate(theirs).mean;
  const [own, other] = [reaches(ours, 'calls', level), reaches(theirs, 'calls', level)];
  if (own === null || other === null)
    return `  ${rival}: ${method} does not reach ${percent(level)} on average`;
  const ratio = own / other;
  return `  ${rival}: ${percent(level)} after ${own} calls of ${method} and ${other} of ${rival}, ratio ${ratio.toFixed(2)} (${ratio <= 1 / 3 ? 'at most a third' : 'more than a third'})`;
}

function taskNotes(results: readonly CellResult[]): string[] {
  return variants.map(({ id }) => {
    const means = design.tasks.map((task) =>
      percent(estimate(runsOf(results, id).filter((run) => run.task === task.id)).mean),
    );
    return `  ${id}: ${means.join(', ')}`;
  });
}

/** The first of each list with the others, corrected by Holm over all of them together with it. */
function pairNotes(results: readonly CellResult[]): string[] {
  return variants
    .filter(({ id }) => id === reference || published.includes(id))
    .flatMap(({ id }, index, all) => {
      const rest = id === reference ? variants.slice(1) : all.slice(index + 1);
      const own = { ...design, variants: variants.filter((one) => one.id === id || rest.includes(one)) };
      return comparisonsOf(own, results).map(({ variant, difference, wins, losses, pValue }) => {
        const points = `${difference >= 0 ? '+' : ''}${(difference * 100).toFixed(1)} points`;
        return `  ${id} against ${variant}: ${points}, better ${wins}, worse ${losses}, p (Holm) ${pValue.toPrecision(2)}`;
      });
    });
}

function row(
  { variant, accuracy, spent, steps, toReach }: Standing,
  results: readonly CellResult[],
  level: number,
): Record<string, string | number> {
  const after = (amount: number): string =>
    percent(estimate(runsOf(results, variant), (run) => accuracyAt(run, 'calls', amount)).mean);
  return {
    method: variant,
    'test accuracy (95 % interval)': withInterval(accuracy),
    'after 200 calls': after(200),
    'after 400 calls': after(400),
    [`calls to ${percent(level)}`]: toReach ?? 'not reached',
    'calls spent': Math.round(spent),
    steps: steps.toFixed(1),
  };
}

export async function run(): Promise<Record<string, string | number>[]> {
  const results = await runDesign(design);
  const standings = standingsOf(design, results, 'calls');
  const level = reachedShare * Math.max(...standings.map(({ accuracy }) => accuracy.mean));
  notes.push(
    `\nCalls to ${reachedShare * 100} % of what a rival has in the end:`,
    ...[reference, thorough].flatMap((method) =>
      [...published, ...fromPhaseOne].map((rival) => speedNote(rival, results, method)),
    ),
    `\nFinal test accuracy by task (${design.tasks.map(({ id }) => id).join(', ')}):`,
    ...taskNotes(results),
    '\nPaired by task and seed, exact sign test, each list corrected by Holm:',
    ...pairNotes(results),
  );
  return variants.flatMap(({ id }) =>
    standings.filter(({ variant }) => variant === id).map((standing) => row(standing, results, level)),
  );
}
