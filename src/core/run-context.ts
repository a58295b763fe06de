/** What an optimizer is given. It has no other way to reach the outside. */
import type { CancelToken } from './cancel.ts';
import type { PersonAction, RunEvent } from './events.ts';
import type { CompletionRequest, Completion, LanguageModel } from './language-model.ts';
import type { Random } from './random.ts';
import type { StopReason } from './report.ts';
import type {
  Candidate,
  Evaluation,
  Example,
  Operation,
  Outcome,
  Sentence,
  SplitName,
  Splits,
  Task,
} from './types.ts';

/** A piece of a run: emits events, ends with a value. Compose with `yield*`. */
export type Steps<T> = AsyncGenerator<RunEvent, T, undefined>;

export interface RunContext {
  readonly task: Task;
  readonly splits: Splits;
  /** Take a `fork(label)` per purpose, so that one purpose's draws do not shift another's. */
  readonly random: Random;
  readonly cancel: CancelToken;
  /** Only for what is known about the models; requests go through `propose` and `evaluate`. */
  readonly models: { readonly task: LanguageModel; readonly optimizer: LanguageModel };
  /** The person's prompt, when there is one. */
  readonly userPrompt: string | null;

  /** Asks the optimizer model. Counts one optimizer call. @throws StopRun when the budget is spent */
  propose(request: Omit<CompletionRequest, 'purpose'>): Promise<Completion>;

  /**
   * Scores a candidate on examples, in their order; known (prompt, example) pairs are not asked again.
   * `watch` sees every outcome in order and may end the evaluation by returning true.
   */
  evaluate(
    candidate: Candidate,
    examples: readonly Example[],
    split: SplitName,
    options: EvaluateOptions,
  ): Steps<Evaluation>;

  /** A new candidate with the next id; emits `candidate-created`. */
  create(
    sentences: readonly Sentence[],
    parentId: string | null,
    origin: { operation: Operation; sentenceId?: string; note?: string },
  ): Generator<RunEvent, Candidate, undefined>;

  /** A candidate created in this run. */
  candidate(id: string): Candidate | undefined;

  /** Declares the best prompt so far: what a stop or a spent budget returns. Emits `incumbent-changed`. */
  settle(candidate: Candidate, evaluation: Evaluation): Generator<RunEvent, void, undefined>;

  /**
   * A settled candidate was asked further validation examples: what a report says of it rests on all of them.
   * Emits `evaluation-extended`.
   */
  extend(evaluation: Evaluation): Generator<RunEvent, void, undefined>;

  /** The person's actions that are due at this point; recorded, so that a replay gets the same. Emits `person-acted`. */
  checkpoint(): Steps<readonly PersonAction[]>;

  /** Whether the person wants to be asked about every candidate that passed the gates. */
  readonly asksApproval: boolean;

  /** Asks the person whether to keep a candidate; recorded. True when nobody is asked. */
  approve(candidate: Candidate): Promise<boolean>;
}

export interface EvaluateOptions {
  /** For the page: why these examples are being asked, in words. */
  readonly why: string;
  /** Returns true to end early. Called in example order, once per outcome. */
  readonly watch?: (outcome: Outcome, done: number) => boolean;
}

export interface OptimizerResult {
  readonly stopReason: StopReason;
  /** Candidate the comparison starts from: the person's prompt or the first prompt the method had. */
  readonly start: Candidate;
  /** On the whole validation split, or what was asked of it. */
  readonly startValidation: Evaluation;
  /** Tokens that pruning took from the prompt; left out where nothing was pruned. */
  readonly tokensSaved?: number;
}

/** A method: dual-phase, APE, APO … Its options are validated before it is called. */
export type Optimizer<O> = (context: RunContext, options: O) => Steps<OptimizerResult>;
