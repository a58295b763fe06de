/**
 * Drives a method from start to report. The run is a pure function of its setup and of the completions: same
 * setup, same replies, same events, to the last byte.
 */
import { neverCancelled, type CancelToken } from '../cancel.ts';
import { AppError, isAppError } from '../errors.ts';
import { withRecordedScores, type CodeScorer } from '../evaluate/code-metric.ts';
import type { LoggedEvent, RunEvent } from '../events.ts';
import type { Scheduling } from '../evaluate/evaluator.ts';
import type { LanguageModel } from '../language-model.ts';
import { methods, type MethodId } from '../methods.ts';
import { createRandom } from '../random.ts';
import type { RunReport, StopReason } from '../report.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import type { Candidate, Splits, Task } from '../types.ts';
import { compareWithLabels, introduceMetric } from './belief.ts';
import { AnswerAdvice } from './answer-advice.ts';
import { confirmOnTest, type TestEvaluations } from './confirm.ts';
import { createContext, nobody, type PersonPort, type RunState } from './context.ts';
import { Ends } from './ends.ts';
import { Meter, unlimited, type Budget } from './meter.ts';
import {
  createMemoryStore,
  forgetful,
  withRecording,
  type CompletionStore,
  type RecordingModel,
} from './recorder.ts';
import { passOn } from './pass-on.ts';
import { adviseOnReplies } from './reply-advice.ts';
import { buildReport, Tally } from './report-builder.ts';
import { StopRun } from './stop-run.ts';

export interface RunSetup {
  readonly method: MethodId;
  /** Only what differs from the method's defaults; validated before anything is asked. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly task: Task;
  readonly splits: Splits;
  readonly models: {
    readonly task: LanguageModel;
    /** The task model when left out. */ readonly optimizer?: LanguageModel;
  };
  readonly seed: number;
  /** The prompt to start from; the model writes the first one when left out. */
  readonly userPrompt?: string | null;
  readonly budget?: Budget;
  /** Where replies are kept and found again; in memory when left out. */
  readonly store?: CompletionStore;
  readonly person?: PersonPort;
  /** Runs the code of the metric `javascript`; without it only recorded scores are known. */
  readonly scoreByCode?: CodeScorer;
  /** Abandons the run: the generator throws `cancelled`. A new one replays what is in the store. */
  readonly cancel?: CancelToken;
  /** Ends the search at once; the best so far goes into the final check. */
  readonly stop?: CancelToken;
  /** Leaves the final check on the test split out, or breaks it off. */
  readonly skipTest?: CancelToken;
  /** `lossless` when left out; `naive` is what benchmarks and tests compare it with. */
  readonly scheduling?: Scheduling;
}

/**
 * Runs a method and yields its log.
 * @returns the report, which the last event carries too
 * @throws AppError `invalid-option`, `invalid-data`, `cancelled`, or a systemic failure of the model
 */
export function runOptimizer(setup: RunSetup): AsyncGenerator<LoggedEvent, RunReport, undefined> {
  const meter = new Meter(setup.budget ?? unlimited);
  let seq = 0;
  return passOn(run(setup, meter), function* (event) {
    yield { seq, spent: meter.spent, event };
    seq += 1;
  });
}

function checkSplits(splits: Splits): void {
  if (splits.train.length === 0 || splits.validation.length === 0) {
    throw new AppError(
      'invalid-data',
      `A run needs examples to learn from and examples to decide with; there are ${splits.train.length} and ${splits.validation.length}. Add examples or change the split.`,
    );
  }
}

/** What the method works with: models that remember, and everything else it can reach. */
function contextOf(
  setup: RunSetup,
  state: RunState,
  meter: Meter,
  cancel: CancelToken,
): { context: RunContext; optimizer: RecordingModel } {
  const { scheduling = 'lossless', models, splits, userPrompt = null, person = nobody } = setup;
  const store = scheduling === 'naive' ? forgetful : (setup.store ?? createMemoryStore());
  const task = withRecording(models.task, store);
  const optimizer = models.optimizer ? withRecording(models.optimizer, store) : task;
  const parts = {
    task: setup.task,
    splits,
    random: createRandom(setup.seed),
    cancel,
    models: { task, optimizer },
    userPrompt,
    person,
    meter,
    scoreByCode: withRecordedScores(setup.scoreByCode, store),
    scheduling,
  };
  return { context: createContext(parts, state), optimizer };
}

async function* run(setup: RunSetup, meter: Meter): Steps<RunReport> {
  checkSplits(setup.splits);
  const { cancel = neverCancelled } = setup;
  const state: RunState = { first: null, incumbent: null };
  const ends = new Ends(setup);
  const { context, optimizer } = contextOf(setup, state, meter, ends);
  const tally = new Tally();
  const { train, validation, test } = setup.splits;
  yield {
    type: 'run-started',
    method: setup.method,
    seed: setup.seed,
    sizes: { train: train.length, validation: validation.length, test: test.length },
  };
  const introduction = introduceMetric({ task: setup.task, judge: optimizer, meter, cancel: ends });
  const answers = new AnswerAdvice(setup.task);
  const result = yield* tally.watch(answers.watch(search(setup, context, introduction, state, cancel)));
  const best = state.incumbent;
  if (!best)
    throw new AppError('cancelled', 'Stopped before the first prompt was scored, so there is no result yet.');
  // Where no answer could be read, whoever wrote the rewrites is not to blame.
  const advice = answers.isHopeless ? [] : adviseOnReplies(tally.rejected, meter.spent.optimizerCalls);
  for (const event of advice) {
    tally.count(event);
    yield event;
  }
  yield* compareWithLabels(setup.task, validation, best.validation);
  meter.lift();
  ends.searchIsOver();
  const { tests, stopReason } = yield* confirm(setup, context, result, best.candidate, cancel);
  const ended = { ...result, stopReason };
  const falseAcceptLevel = methods[setup.method].falseAcceptLevel(setup.options ?? {});
  const { spent } = meter;
  const report = buildReport({
    method: setup.method,
    result: ended,
    falseAcceptLevel,
    best,
    tests,
    tally,
    spent,
  });
  yield { type: 'run-finished', report };
  return report;
}

/** The test examples are left alone when the person does not want to wait for them, also in the middle. */
async function* confirm(
  setup: RunSetup,
  context: RunContext,
  { start, stopReason }: OptimizerResult,
  best: Candidate,
  cancel: CancelToken,
): Steps<{ tests: TestEvaluations | null; stopReason: StopReason }> {
  try {
    return { tests: yield* confirmOnTest(context, start, best), stopReason };
  } catch (error) {
    if (stopReasonOf(error, setup.skipTest, cancel) === null) throw error;
    return { tests: null, stopReason: 'stopped' };
  }
}

/** The method itself; a stop or a spent budget ends it with the best so far. */
async function* search(
  setup: RunSetup,
  context: RunContext,
  introduction: AsyncGenerator<RunEvent, void>,
  state: RunState,
  cancel: CancelToken,
): AsyncGenerator<RunEvent, OptimizerResult, undefined> {
  try {
    const method = methods[setup.method].start(context, setup.options ?? {}); // options are checked before anything is asked
    yield* introduction;
    return yield* method;
  } catch (error) {
    const reason = stopReasonOf(error, setup.stop, cancel);
    if (!reason) throw error;
    if (!state.first) {
      throw new AppError(
        'cancelled',
        reason === 'budget'
          ? 'The budget was spent before the first prompt was scored. Give the run more calls, tokens or minutes.'
          : 'Stopped before the first prompt was scored, so there is no result yet.',
        { cause: error },
      );
    }
    if (reason === 'stopped') yield { type: 'search-stopped' };
    const { candidate, validation } = state.first;
    return { stopReason: reason, start: candidate, startValidation: validation };
  }
}

function stopReasonOf(
  error: unknown,
  stop: CancelToken | undefined,
  cancel: CancelToken,
): StopRun['reason'] | null {
  if (error instanceof StopRun) return error.reason;
  const isStop = isAppError(error, 'cancelled') && stop?.isCancelled === true && !cancel.isCancelled;
  return isStop ? 'stopped' : null;
}
