/**
 * The public surface of the core: usable without a page, in Node as in a worker. A run needs a task, splits and
 * something that fulfils `LanguageModel`; everything else has a default.
 */
export { createCancelSource, neverCancelled, type CancelSource, type CancelToken } from './cancel.ts';
export { AppError, isAppError, type ErrorCode } from './errors.ts';
export type { LoggedEvent, PersonAction, RunEvent, Spent } from './events.ts';
export { answerSuffix } from './evaluate/answer-suffix.ts';
export type { AnswerForCode, CodeScorer, CodeVerdict } from './evaluate/code-metric.ts';
export { extractAnswer } from './evaluate/extract-answer.ts';
export { inferChoices, inferMetric } from './evaluate/infer-metric.ts';
export { scoreAnswer } from './evaluate/score-answer.ts';
export type {
  Capabilities,
  Completion,
  CompletionRequest,
  Constraint,
  LanguageModel,
  ModelIdentity,
  Usage,
} from './language-model.ts';
export { judgeAgreement, type JudgeAgreement } from './judge/agreement.ts';
export { isMethodId, methods, type Method, type MethodId } from './methods.ts';
export { resolveOptions, type OptionSpecs } from './options.ts';
export { splitPrompt, joinPrompt } from './prompt/split.ts';
export { placeholdersOf, renderPrompt } from './prompt/template.ts';
export { probeModel, type ProbeResult } from './proposals/probe.ts';
export type { RejectionCode } from './proposals/rejection.ts';
export { createRandom, type Random } from './random.ts';
export type { PairedComparison, RunReport } from './report.ts';
export { nobody, type PersonPort } from './run/context.ts';
export { unlimited, type Budget } from './run/meter.ts';
export {
  createMemoryStore,
  withRecording,
  type CompletionStore,
  type RecordedReply,
} from './run/recorder.ts';
export { runOptimizer, type RunSetup } from './run/run.ts';
export { recommendedSizes, splitExamples } from './split.ts';
export { mcnemarTwoSided } from './stats/mcnemar.ts';
export { sampleSizeAdvice, type SampleSizeAdvice } from './stats/sample-size.ts';
export { wilsonInterval } from './stats/wilson.ts';
export type {
  Candidate,
  Evaluation,
  Example,
  JudgedAnswer,
  Metric,
  Outcome,
  Sentence,
  Splits,
  Task,
} from './types.ts';
