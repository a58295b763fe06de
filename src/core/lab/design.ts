/** An experiment: which methods are compared, on which tasks, with which seeds, under which budget. Plain data. */
import { AppError } from '../errors.ts';
import { methods, type MethodId } from '../methods.ts';
import { resolveOptions, type OptionValue } from '../options.ts';
import type { Budget } from '../run/meter.ts';
import { fewestWithTest } from '../split.ts';

/** A method with its options: one line of the chart. */
export interface Variant {
  /** Unique within the experiment. */
  readonly id: string;
  readonly title: string;
  readonly method: MethodId;
  /** Only what differs from the method's defaults. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /**
   * `own`: the method's own first prompt. `plain`: the same short prompt that says nothing of the answers.
   * `phase-1`: the first prompt of the dual-phase method, whose cost is charged; so that only the searches differ.
   */
  readonly start: 'own' | 'plain' | 'phase-1';
}

/** A dataset by its id, with the name it had. */
export interface LabTask {
  readonly id: string;
  readonly name: string;
}

export interface ExperimentDesign {
  readonly title: string;
  /** What the experiment is to find out, in one sentence. */
  readonly question: string;
  readonly tasks: readonly LabTask[];
  /** The first is the one that the others are tested against. */
  readonly variants: readonly Variant[];
  readonly seeds: readonly number[];
  /** Of every single run; exactly one unit has a limit, and it is the unit of the curves. */
  readonly budget: Budget;
}

/** One run of the experiment. */
export interface Cell {
  /** Unique within the experiment. */
  readonly key: string;
  readonly task: string;
  readonly variant: string;
  readonly seed: number;
}

export type Axis = keyof Budget;

/** Seed by seed, so that after every round all variants have done the same tasks and can be compared. */
export function cellsOf({ tasks, variants, seeds }: ExperimentDesign): Cell[] {
  return seeds.flatMap((seed) =>
    tasks.flatMap((task) =>
      variants.map((variant) => ({
        key: `${task.id}~${variant.id}~${seed}`,
        task: task.id,
        variant: variant.id,
        seed,
      })),
    ),
  );
}

const axes = ['calls', 'tokens', 'minutes'] as const satisfies readonly Axis[];

/** The unit that the budget is counted in. */
export function axisOf({ budget }: Pick<ExperimentDesign, 'budget'>): Axis {
  return axes.find((axis) => budget[axis] !== null) ?? 'calls';
}

/** More than this is a slip of the hand: it would run for days and fill the storage. */
export const mostCells = 5000;

function invalid(field: string, message: string): AppError {
  return new AppError('invalid-option', message, { place: { field } });
}

/** Without test examples nothing can be compared. */
export function tooFewForTest(task: string, examples: number): AppError {
  return new AppError(
    'invalid-data',
    `"${task}" has ${examples} examples: too few for a test split, and without one nothing can be compared. Use a dataset of at least ${fewestWithTest} examples.`,
  );
}

function hasDoubles(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length;
}

/** @throws AppError `invalid-option` that names what is missing or does not fit */
export function checkDesign(design: ExperimentDesign): void {
  const { tasks, variants, seeds, budget } = design;
  if (tasks.length === 0) throw invalid('tasks', 'Choose at least one task.');
  if (variants.length === 0) throw invalid('variants', 'Choose at least one method.');
  if (seeds.length === 0) throw invalid('seeds', 'Choose at least one seed.');
  if (hasDoubles(tasks.map(({ id }) => id)) || hasDoubles(seeds))
    throw invalid('tasks', 'Every task and every seed may be there only once.');
  if (hasDoubles(variants.map(({ id }) => id)))
    throw invalid('variants', 'Every variant needs an id of its own.');
  if (hasDoubles(variants.map(({ title }) => title)))
    throw invalid('variants', 'Two variants have the same name. Change one of them.');
  const limits = axes.filter((axis) => budget[axis] !== null);
  if (limits.length !== 1)
    throw invalid('budget', 'Give the runs one limit: calls, tokens or minutes. It is the same for all.');
  if (tasks.length * variants.length * seeds.length > mostCells)
    throw invalid('seeds', `An experiment has at most ${mostCells} runs. Take fewer seeds or tasks.`);
  for (const { method, options } of variants) resolveOptions(methods[method].options, options);
}
