/** Measures how fast a model is here, by a few questions of the dataset itself. The model stays loaded for the run. */
import type { CancelSource, CancelToken } from '../core/cancel.ts';
import { AppError } from '../core/errors.ts';
import { answerRequest } from '../core/evaluate/answer-request.ts';
import type { Completion, CompletionRequest, LanguageModel, Usage } from '../core/language-model.ts';
import { plainPrompt } from '../core/prompt/plain-prompt.ts';
import { speedOf, type Speed } from '../core/speed.ts';
import type { Dataset } from '../data/dataset.ts';
import type { LoadProgress } from '../models/spec.ts';
import type { RunConfig } from '../storage/run-record.ts';
import { tallyOf } from './answer-tally.ts';
import type { Measured } from './forecast-protocol.ts';
import { impatient } from './impatient-model.ts';
import type { ModelService } from './model-service.ts';
import { taskOf } from './run-task.ts';
import { SingleWork } from './single-work.ts';
import { withinLimit } from './time-limit.ts';
import type { Timers } from './timers.ts';
import { worldFor } from './worlds.ts';

interface SpeedMeasureParts {
  readonly models: Pick<ModelService, 'obtain' | 'cancelLoading' | 'waiting'>;
  readonly isModelTaken: () => Promise<boolean>;
  readonly timers: Timers;
}

/** Milliseconds, loading not counted. */
const limitMs = 20_000;
const fewestQuestions = 6;
/** Of those in flight at once, so many times as many as there can be; and not too many of a server that costs money. */
const rounds = 2;
const mostQuestions = 33;
const writtenTokens = 16;

/** What is to be measured, and who is told how it goes on. */
interface Order {
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onReply: (done: number, of: number) => void;
}

interface Asking {
  readonly model: LanguageModel;
  /** Cancelled when the time is over. */
  readonly limit: CancelSource;
  readonly timers: Timers;
  readonly onReply: () => void;
}

interface Asked {
  readonly replies: readonly Completion[];
  /** Milliseconds from the first request to the last reply. */
  readonly wallMs: number;
}

interface MeasuredReplies {
  readonly replies: readonly Completion[];
  /** Of at least one reply. */
  readonly speed: () => Speed;
}

function questionsOf(
  config: RunConfig,
  dataset: Dataset,
  { concurrency }: LanguageModel,
): CompletionRequest[] {
  const task = taskOf(config, dataset);
  const prompt = config.userPrompt ?? plainPrompt(task);
  const count = concurrency === 1 ? 0 : Math.min(mostQuestions, 1 + rounds * concurrency);
  const asked = dataset.examples.slice(0, Math.max(fewestQuestions, count));
  const questions = asked.map((example) => answerRequest(task, prompt, example));
  const [first, ...others] = questions;
  return task.answer.constrain && first ? [written(first), ...others] : questions;
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
  ): Promise<Measured> {
    const order = { config, dataset, onProgress, onReply };
    return this.#work.run(({ token }) => this.#measure(order, token));
  }

  /** Resolves when the model is free again. */
  stop(): Promise<void> {
    return this.#work.stop();
  }

  async #measure(order: Order, cancel: CancelToken): Promise<Measured> {
    await this.#requireFree();
    cancel.throwIfCancelled();
    const model = await this.#load(order);
    cancel.throwIfCancelled();
    const { replies, speed } = await this.#ask(model, order, cancel);
    cancel.throwIfCancelled();
    if (replies.length === 0) throw tooSlow();
    const hasWritten = replies.some(({ usage }) => usage.completionTokens > 0);
    return { speed: hasWritten ? speed() : null, answers: tallyOf(order.config, replies) };
  }

  async #requireFree(): Promise<void> {
    if (!(await this.#parts.isModelTaken())) return;
    throw new AppError('busy', 'A run needs the model. Wait until it is finished, or stop it, then measure.');
  }

  /** Not counted as time of the model. */
  #load({ config, dataset, onProgress }: Order): Promise<LanguageModel> {
    const world = worldFor(config.taskModel, dataset);
    return this.#parts.models.obtain('task', config.taskModel, world, onProgress);
  }

  #ask(inner: LanguageModel, order: Order, cancel: CancelToken): Promise<MeasuredReplies> {
    const { models, timers } = this.#parts;
    const model = impatient(inner, () => models.waiting(), timers);
    const questions = questionsOf(order.config, order.dataset, model);
    let done = 0;
    const onReply = (): void => order.onReply((done += 1), questions.length);
    return withinLimit({ limitMs, timers, cancel }, (limit) =>
      measure({ model, limit, timers, onReply }, questions),
    );
  }
}

/** One question after the other, or with several in flight. Ends early, with what there is, when the time is over. */
async function ask(
  { model, limit, timers, onReply }: Asking,
  questions: readonly CompletionRequest[],
  inFlight: number,
): Promise<Asked> {
  const replies: Completion[] = [];
  const left = questions.values();
  const start = timers.now();
  let end = start;
  async function askOn(): Promise<void> {
    for (const question of left) {
      replies.push(await model.complete(question, limit.token));
      end = timers.now();
      onReply();
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(inFlight, questions.length) }, askOn));
  } catch (error) {
    if (!limit.token.isCancelled) {
      limit.cancel(); // what else is in flight
      throw error;
    }
  }
  return { replies, wallMs: end - start };
}

/** The first one alone: some of a run comes one by one. The others as many at once as the run will have. */
async function measure(asking: Asking, questions: readonly CompletionRequest[]): Promise<MeasuredReplies> {
  const { concurrency } = asking.model;
  if (concurrency === 1) {
    const { replies, wallMs } = await ask(asking, questions, 1);
    return { replies, speed: () => ({ ...speedOf(usagesOf(replies), wallMs), inFlight: 1 }) };
  }
  const first = await ask(asking, questions.slice(0, 1), 1);
  const others = questions.slice(1);
  const inFlight = Math.min(concurrency, others.length);
  const rest = await ask(asking, others, inFlight);
  const speed = (): Speed => {
    const alone = speedOf(usagesOf(first.replies), first.wallMs);
    if (rest.replies.length === 0) return { ...alone, inFlight: 1 };
    const together = speedOf(usagesOf(rest.replies), rest.wallMs);
    return { ...together, decodeMs: together.decodeMs || alone.decodeMs, inFlight, alone };
  };
  return { replies: [...first.replies, ...rest.replies], speed };
}

function usagesOf(replies: readonly Completion[]): Usage[] {
  return replies.map(({ usage }) => usage);
}

function tooSlow(): AppError {
  return new AppError(
    'timed-out',
    `The model did not answer one question within ${limitMs / 1000} seconds, so a run would take very long here. Choose a smaller model, or shorter answers.`,
  );
}
