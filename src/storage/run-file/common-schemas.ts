/** The plain data of a run, checked field by field; what a schema does not name is left out. */
import * as v from 'valibot';
import type { Spent } from '../../core/events.ts';
import type { Interval, PairedComparison, RunReport, StopReason } from '../../core/report.ts';
import type {
  Candidate,
  ComparedMetric,
  EvaluationSummary,
  Example,
  JudgedAnswer,
  Metric,
  Outcome,
  OutcomeReason,
  Sentence,
  SplitName,
} from '../../core/types.ts';
import { object, oneOf, tagged } from './tagged.ts';

export const text = v.string();
/** Of runs and datasets: part of keys in the store. */
export const storedId = v.pipe(
  text,
  v.regex(/^[\w.-]{1,200}$/, 'Expected an id of letters, digits and hyphens'),
);
export const finite = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const strings = v.array(text);
/** Keys that would reach the prototype are dropped by valibot. */
export const shares = v.record(text, finite);

const ignoreCase = v.optional(v.boolean());
const solvedFrom = v.optional(share);

const comparedCases = {
  exact: { ignoreCase },
  'multiple-choice': {},
  'yes-no': { labels: v.tuple([text, text]) },
  number: { tolerance: v.optional(finite) },
  list: { ordered: v.boolean(), brackets: v.optional(v.boolean()) },
  label: {},
  contains: { ignoreCase, all: v.optional(v.boolean()) },
  'starts-with': { ignoreCase },
  regex: { pattern: v.optional(text), ignoreCase },
  'token-f1': { solvedFrom },
  'rouge-l': { solvedFrom },
  levenshtein: { ignoreCase, solvedFrom },
  json: { weights: v.optional(shares), ignoreCase, solvedFrom },
};

const judgedAnswer = object<JudgedAnswer>({ input: text, output: text, isGood: v.boolean() });

export const metric = tagged<Metric, 'kind'>('kind', {
  ...comparedCases,
  judge: { rubric: text, labelled: v.optional(v.array(judgedAnswer)) },
  javascript: { code: text, solvedFrom },
  'self-consistency': { samples: count, answers: tagged<ComparedMetric, 'kind'>('kind', comparedCases) },
});

export const example = object<Example>({
  id: text,
  input: text,
  target: text,
  alternatives: v.optional(strings),
  fields: v.optional(v.record(text, text)),
});

export const split = oneOf<SplitName>({ train: true, validation: true, test: true });
export const sizes = object<Readonly<Record<SplitName, number>>>({
  train: count,
  validation: count,
  test: count,
});

export const reason = oneOf<OutcomeReason>({
  correct: true,
  partly: true,
  wrong: true,
  'format-fail': true,
  'call-failed': true,
  'metric-failed': true,
});

export const outcome = object<Outcome>({
  exampleId: text,
  score: share,
  correct: v.boolean(),
  reason,
  extracted: v.nullable(text),
  output: text,
  note: v.optional(text),
  isCut: v.optional(v.literal(true)),
});

const sentence = object<Sentence>({
  id: text,
  kind: oneOf<Sentence['kind']>({ sentence: true, heading: true, code: true, blank: true }),
  content: text,
  suffix: text,
  optimizable: v.boolean(),
  locked: v.optional(v.boolean()),
});

export const candidate = object<Candidate>({
  id: text,
  parentId: v.nullable(text),
  sentences: v.array(sentence),
  origin: object<Candidate['origin']>({
    operation: oneOf<Candidate['origin']['operation']>({
      draft: true,
      user: true,
      rewrite: true,
      insert: true,
      delete: true,
      merge: true,
      edit: true,
      whole: true,
    }),
    sentenceId: v.optional(text),
    note: v.optional(text),
  }),
});

export const summary = object<EvaluationSummary>({
  candidateId: text,
  split,
  accuracy: share,
  correct: count,
  asked: count,
  planned: count,
});

export const spent = object<Spent>({
  taskCalls: count,
  optimizerCalls: count,
  reused: count,
  promptTokens: finite,
  cachedTokens: finite,
  completionTokens: finite,
  modelMs: finite,
});

const interval = object<Interval>({ low: share, high: share });

const comparison = object<PairedComparison>({
  examples: count,
  start: share,
  best: share,
  startInterval: interval,
  bestInterval: interval,
  wins: count,
  losses: count,
  pValue: share,
  verdict: oneOf<PairedComparison['verdict']>({ better: true, worse: true, noise: true, same: true }),
});

export const report = object<RunReport>({
  method: text,
  stopReason: oneOf<StopReason>({
    'steps-done': true,
    'no-failures': true,
    converged: true,
    budget: true,
    stopped: true,
    'no-usable-proposal': true,
  }),
  start: candidate,
  best: candidate,
  recommended: oneOf<RunReport['recommended']>({ start: true, best: true }),
  startText: text,
  bestText: text,
  evaluations: object<RunReport['evaluations']>({
    startValidation: summary,
    bestValidation: summary,
    startTest: v.nullable(summary),
    bestTest: v.nullable(summary),
  }),
  validation: comparison,
  test: v.nullable(comparison),
  steps: count,
  candidatesTested: count,
  candidatesAccepted: count,
  rejectedProposals: count,
  expectedFalseAccepts: v.nullable(finite),
  tokensSaved: v.optional(count),
  warnings: v.optional(v.array(text)),
  spent,
});
