/**
 * One run of an experiment. The method never sees a test example: every prompt that became the best so far is scored
 * on them beside the run, outside its budget, as in the published comparisons.
 */
import { neverCancelled } from '../cancel.ts';
import { isAppError } from '../errors.ts';
import { createAnswering } from '../evaluate/answering.ts';
import { withRecordedScores } from '../evaluate/code-metric.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import type { LoggedEvent } from '../events.ts';
import type { StopReason } from '../report.ts';
import type { Steps } from '../run-context.ts';
import { Meter, unlimited } from '../run/meter.ts';
import { createMemoryStore, withRecording } from '../run/recorder.ts';
import { runOptimizer, type RunSetup } from '../run/run.ts';
import type { Candidate } from '../types.ts';
import { joinPrompt } from '../prompt/split.ts';
import { tooFewForTest, type Cell, type Variant } from './design.ts';
import { amountsOf, nothingSpent, type Amounts, type CellResult, type CurvePoint } from './result.ts';
import { plus, startOf, without } from './start.ts';

export interface CellRun {
  readonly cell: Cell;
  readonly variant: Variant;
  /** Everything but what the variant says: its method, options and start replace those given here. */
  readonly setup: RunSetup;
  /** What was spent so far, after every event. */
  readonly onSpent?: (spent: Amounts) => void;
}

async function finish<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

/** Scores candidates on the test split; the same replies are not asked twice. */
function testScorer(setup: RunSetup): (candidate: Candidate) => Promise<number> {
  const { task, splits, models, cancel = neverCancelled, store = createMemoryStore() } = setup;
  const model = withRecording(models.task, store);
  const judge = models.optimizer ? withRecording(models.optimizer, store) : model;
  const scoreByCode = withRecordedScores(setup.scoreByCode, store);
  const answering = createAnswering(task, { model, judge, scoreByCode });
  const meter = new Meter(unlimited);
  const evaluator = new Evaluator({ answering, concurrency: model.concurrency, meter, cancel });
  return async (candidate) => {
    const why = 'Test accuracy for the comparison';
    return (await finish(evaluator.evaluate(candidate, splits.test, 'test', { why }))).accuracy;
  };
}

function setupOf({ setup, variant, cell }: CellRun): RunSetup {
  return {
    ...setup,
    method: variant.method,
    options: variant.options,
    seed: cell.seed,
    splits: { ...setup.splits, test: [] },
  };
}

/** What has been seen of a run so far. */
class Watched {
  readonly points: CurvePoint[] = [];
  spent = nothingSpent;
  steps = 0;
  stopReason: StopReason = 'budget';
  best: Candidate | null = null;
  readonly #candidates = new Map<string, Candidate>();
  readonly #score: (candidate: Candidate) => Promise<number>;
  #atStart: Amounts = this.spent;

  constructor(score: (candidate: Candidate) => Promise<number>) {
    this.#score = score;
  }

  /** What the first prompt cost counts. */
  startAt(spent: Amounts): void {
    this.spent = this.#atStart = spent;
  }

  async see({ event, spent }: LoggedEvent): Promise<void> {
    this.spent = plus(this.#atStart, amountsOf(spent));
    if (event.type === 'candidate-created') this.#candidates.set(event.candidate.id, event.candidate);
    if (event.type === 'step-finished') this.steps += 1;
    if (event.type === 'run-finished') this.stopReason = event.report.stopReason;
    if (event.type !== 'incumbent-changed') return;
    this.best = this.#candidates.get(event.candidateId) ?? null;
    if (this.best) this.points.push({ ...this.spent, accuracy: await this.#score(this.best) });
  }
}

/** The budget was spent before a first prompt was scored: a result too, and not a good one. */
function isTooSmallBudget(error: unknown, { cancel, stop }: RunSetup): boolean {
  const isAsked = cancel?.isCancelled === true || stop?.isCancelled === true;
  return isAppError(error, 'cancelled') && !isAsked;
}

/** @throws AppError `invalid-data` without test examples, `cancelled`, or a systemic failure of the model */
export async function runCell(run: CellRun): Promise<CellResult> {
  const { setup, cell, onSpent } = run;
  const { train, validation, test } = setup.splits;
  if (test.length === 0) {
    throw tooFewForTest(setup.task.name, train.length + validation.length);
  }
  const watched = new Watched(testScorer(setup));
  try {
    const blind = setupOf(run);
    const { userPrompt, spent } = await startOf(run.variant.start, blind);
    watched.startAt(spent);
    const budget = without(blind.budget ?? unlimited, spent);
    for await (const logged of runOptimizer({ ...blind, userPrompt, budget })) {
      await watched.see(logged);
      onSpent?.(watched.spent);
    }
  } catch (error) {
    if (!isTooSmallBudget(error, setup)) throw error;
  }
  const { points, spent, steps, stopReason, best } = watched;
  return {
    ...cell,
    points,
    spent,
    steps,
    stopReason,
    prompt: best ? joinPrompt(best.sentences) : '',
    testExamples: test.length,
  };
}
