/** Measures how fast a model is here, by a few questions of the dataset itself. The model stays loaded for the run. */
import { createCancelSource, type CancelSource } from '../core/cancel.ts';
import { AppError, isAppError } from '../core/errors.ts';
import { answerRequest } from '../core/evaluate/answer-request.ts';
import type { CompletionRequest, LanguageModel, Usage } from '../core/language-model.ts';
import { plainPrompt } from '../core/dual-phase/meta-instruction.ts';
import { speedOf, type Speed } from '../core/speed.ts';
import type { Dataset } from '../data/dataset.ts';
import { worldOf } from '../models/simulated/world-of.ts';
import type { LoadProgress } from '../models/spec.ts';
import type { RunConfig } from '../storage/run-record.ts';
import type { ModelService } from './model-service.ts';
import { SingleWork } from './single-work.ts';
import type { Timers } from './timers.ts';

interface SpeedMeasureParts {
  readonly models: Pick<ModelService, 'obtain' | 'cancelLoading'>;
  readonly isModelTaken: () => Promise<boolean>;
  readonly timers: Timers;
}

/** Milliseconds, loading not counted. */
const limitMs = 20_000;
const mostQuestions = 6;
const writtenTokens = 16;

function questionsOf(
  { metric, choices, answer, userPrompt }: RunConfig,
  dataset: Dataset,
): CompletionRequest[] {
  const { name, description, examples } = dataset;
  const task = { name, description, metric, choices, answer };
  const prompt = userPrompt ?? plainPrompt(task);
  const questions = examples.slice(0, mostQuestions).map((example) => answerRequest(task, prompt, example));
  const [first, ...others] = questions;
  return answer.constrain && first ? [written(first), ...others] : questions;
}

/** A label is over with its first token; how fast a model writes is seen in a longer reply only. */
function written({ constraint: _, ...request }: CompletionRequest): CompletionRequest {
  return { ...request, maxTokens: writtenTokens };
}

export class SpeedMeasure {
  readonly #parts: SpeedMeasureParts;
  readonly #work: SingleWork;

  constructor(parts: SpeedMeasureParts) {
    this.#parts = parts;
    this.#work = new SingleWork('The model is being measured already.', () => parts.models.cancelLoading());
  }

  /** @throws AppError `busy`, `cancelled`, `timed-out`; what loading or asking throws */
  run(
    config: RunConfig,
    dataset: Dataset,
    onProgress: (progress: LoadProgress) => void,
    onReply: (done: number, of: number) => void,
  ): Promise<Speed> {
    return this.#work.run((source) => this.#measure(config, dataset, source, onProgress, onReply));
  }

  /** Resolves when the model is free again. */
  stop(): Promise<void> {
    return this.#work.stop();
  }

  async #measure(
    config: RunConfig,
    dataset: Dataset,
    { token }: CancelSource,
    onProgress: (progress: LoadProgress) => void,
    onReply: (done: number, of: number) => void,
  ): Promise<Speed> {
    const { models, timers, isModelTaken } = this.#parts;
    if (await isModelTaken())
      throw new AppError(
        'busy',
        'A run needs the model. Wait until it is finished, or stop it, then measure.',
      );
    token.throwIfCancelled();
    const world = config.taskModel.engine === 'simulated' ? worldOf(dataset) : null;
    const model = await models.obtain('task', config.taskModel, world, onProgress);
    token.throwIfCancelled();
    const limit = createCancelSource();
    const unsubscribe = token.onCancel(() => limit.cancel());
    const callOff = timers.after(limitMs, () => limit.cancel());
    try {
      return await ask(model, questionsOf(config, dataset), limit, timers, onReply);
    } catch (error) {
      token.throwIfCancelled();
      throw isAppError(error, 'cancelled') ? tooSlow() : error;
    } finally {
      callOff();
      unsubscribe();
    }
  }
}

/** Ends early, with what there is, when the time is over. */
async function ask(
  model: LanguageModel,
  questions: readonly CompletionRequest[],
  limit: CancelSource,
  timers: Timers,
  onReply: (done: number, of: number) => void,
): Promise<Speed> {
  const usages: Usage[] = [];
  const start = timers.now();
  let end = start;
  for (const question of questions) {
    try {
      usages.push((await model.complete(question, limit.token)).usage);
    } catch (error) {
      if (usages.length === 0 || !limit.token.isCancelled) throw error;
      break;
    }
    end = timers.now();
    onReply(usages.length, questions.length);
  }
  return speedOf(usages, end - start);
}

function tooSlow(): AppError {
  return new AppError(
    'timed-out',
    'The model did not answer one question within 20 seconds, so a run would take very long here. Choose a smaller model, or shorter answers.',
  );
}
