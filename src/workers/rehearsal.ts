/**
 * How long a run may take, found out by rehearsing it: the same method, options, examples and budget, with the
 * simulated model in the place of the chosen one and a virtual clock that goes by the speed measured. So the forecast
 * knows about gates that end early and answers that are known already, for every method there is.
 */
import type { CancelToken } from '../core/cancel.ts';
import { decorated } from '../core/decorated-model.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { LoggedEvent } from '../core/events.ts';
import type { LanguageModel } from '../core/language-model.ts';
import { isMethodId } from '../core/methods.ts';
import { runOptimizer, type RunSetup } from '../core/run/run.ts';
import type { Speed } from '../core/speed.ts';
import type { Dataset } from '../data/dataset.ts';
import { costed, type CostedModel, type Costs } from '../models/cost-model.ts';
import { createSimulatedModel } from '../models/simulated/simulated-model.ts';
import { worldOf } from '../models/simulated/world-of.ts';
import type { RunConfig } from '../storage/run-record.ts';
import { splitsOf, taskOf } from './run-task.ts';
import { withinLimit } from './time-limit.ts';
import type { Timers } from './timers.ts';

/** Milliseconds are of the clock on the wall. */
export interface Forecast {
  /** Until the first prompt is scored. */
  readonly firstMs: number;
  /** From there to the end of the search. */
  readonly searchMs: number;
  /** The report on the test examples. */
  readonly testMs: number;
  readonly calls: number;
  /** Prompts that were scored besides the first one. */
  readonly candidates: number;
  /** Whether the budget ends the search, not the method. */
  readonly isCutByBudget: boolean;
  /** False when the rehearsal itself took too long: then all figures are lower bounds. */
  readonly isWhole: boolean;
}

/** Of the model that answers, and of the one that rewrites: null where it is the same one, or its speed is not known. */
export interface Speeds {
  readonly task: Speed;
  readonly optimizer: Speed | null;
}

/** Milliseconds a rehearsal may take, and after which others get their turn. */
const limitMs = 4000;
const breathMs = 30;

const skill = 'middling';

/** Lets messages through, among them the one that a newer forecast is wanted. */
function breathing(inner: LanguageModel, timers: Timers): LanguageModel {
  let last = timers.now();
  return decorated(inner, async (request, cancel) => {
    if (timers.now() - last > breathMs) {
      await new Promise<void>((resolve) => timers.after(0, resolve));
      last = timers.now();
    }
    return inner.complete(request, cancel);
  });
}

/** Proposals come one by one. What passes on the wall is counted by the share of the answers in the end. */
function proposalCosts({ task, optimizer }: Speeds): Partial<Costs> {
  const pace = optimizer ? (optimizer.alone ?? optimizer) : task.alone;
  if (!pace) return {};
  const share = pace.wallShare / task.wallShare;
  const isOtherModel = optimizer !== null;
  return {
    proposals: { prefillMs: pace.prefillMs * share, decodeMs: pace.decodeMs * share, isOtherModel },
  };
}

function standIn(config: RunConfig, dataset: Dataset, speeds: Speeds): CostedModel {
  const { constrain } = config.answer;
  const spec = { engine: 'simulated', skill, paceMs: 0 } as const;
  const model = createSimulatedModel(spec, worldOf(dataset), { sleep: () => Promise.resolve() });
  const answerTokens = constrain ? {} : { answerTokens: speeds.task.replyTokens };
  const reuses = config.taskModel.engine !== 'endpoint'; // what a server keeps is unknown: nothing is taken for granted
  const { prefillMs, decodeMs } = speeds.task;
  return costed(model, { prefillMs, decodeMs, ...answerTokens, ...proposalCosts(speeds) }, reuses);
}

function setupOf(config: RunConfig, dataset: Dataset, model: LanguageModel): RunSetup {
  const { method, options, metric, seed, userPrompt, budget } = config;
  if (!isMethodId(method)) throw new AppError('invalid-option', `There is no method "${method}".`);
  // A metric that is code can only be run in the page; how an answer is scored hardly changes the time.
  const scored = metric.kind === 'javascript' ? ({ kind: 'exact' } as const) : metric;
  return {
    method,
    options,
    task: { ...taskOf(config, dataset), metric: scored },
    splits: splitsOf(config, dataset),
    models: { task: model },
    seed,
    userPrompt,
    budget,
  };
}

/** The virtual clock at the turning points, and what was scored. */
class Progress {
  firstMs: number | null = null;
  searchMs: number | null = null;
  calls = 0;
  isCutByBudget = false;
  #first: string | null = null;
  readonly #scored = new Set<string>();

  get candidates(): number {
    return this.#scored.size;
  }

  see({ event, spent }: LoggedEvent, ms: number): void {
    if (this.searchMs === null) this.calls = spent.taskCalls + spent.optimizerCalls;
    if (event.type === 'incumbent-changed' && this.#first === null) {
      this.#first = event.candidateId;
      this.firstMs = ms;
    }
    if (event.type === 'phase-started' && event.phase === 'confirmation') this.searchMs = ms;
    if (event.type === 'run-finished') this.isCutByBudget = event.report.stopReason === 'budget';
    const isOfSearch = this.#first !== null && this.searchMs === null;
    if (isOfSearch && event.type === 'evaluation-started' && event.candidateId !== this.#first)
      this.#scored.add(event.candidateId);
  }
}

async function follow(setup: RunSetup, progress: Progress, ms: () => number): Promise<void> {
  try {
    for await (const logged of runOptimizer(setup)) progress.see(logged, ms());
  } catch (error) {
    // A budget that does not reach the first score, or the limit: what was seen until then is the answer.
    if (!isAppError(error, 'cancelled')) throw error;
    progress.isCutByBudget = setup.cancel?.isCancelled !== true;
  }
}

/** @throws AppError `cancelled` when it is no longer wanted; what is wrong with the configuration */
export async function rehearse(
  config: RunConfig,
  dataset: Dataset,
  speeds: Speeds,
  timers: Timers,
  cancel: CancelToken,
): Promise<Forecast> {
  const { model, ms } = standIn(config, dataset, speeds);
  const { wallShare } = speeds.task;
  const progress = new Progress();
  const isWhole = await withinLimit({ limitMs, timers, cancel }, async ({ token }) => {
    const setup = setupOf(config, dataset, breathing(model, timers));
    await follow({ ...setup, cancel: token }, progress, ms);
    return !token.isCancelled;
  });
  cancel.throwIfCancelled();
  const first = progress.firstMs ?? ms();
  const searched = progress.searchMs ?? ms();
  return {
    firstMs: first * wallShare,
    searchMs: (searched - first) * wallShare,
    testMs: (ms() - searched) * wallShare,
    calls: progress.calls,
    candidates: progress.candidates,
    isCutByBudget: progress.isCutByBudget,
    isWhole,
  };
}
