/** The plain data of a run, checked field by field; what a schema does not name is left out. */
import * as v from 'valibot';
import type { Spent } from '../../core/events.ts';
import type { PairedComparison, RunReport, StopReason } from '../../core/report.ts';
import type {
  Candidate,
  ComparedMetric,
  EvaluationSummary,
  Example,
  Metric,
  Outcome,
  OutcomeReason,
  Sentence,
  SplitName,
} from '../../core/types.ts';
import { oneOf, tagged, type SchemaOf } from './tagged.ts';

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

const comparedCases = {
  exact: v.object({ kind: v.literal('exact'), ignoreCase: v.optional(v.boolean()) }),
  'multiple-choice': v.object({ kind: v.literal('multiple-choice') }),
  'yes-no': v.object({ kind: v.literal('yes-no'), labels: v.tuple([text, text]) }),
  number: v.object({ kind: v.literal('number'), tolerance: v.optional(finite) }),
  list: v.object({ kind: v.literal('list'), ordered: v.boolean(), brackets: v.optional(v.boolean()) }),
  label: v.object({ kind: v.literal('label') }),
  contains: v.object({
    kind: v.literal('contains'),
    ignoreCase: v.optional(v.boolean()),
    all: v.optional(v.boolean()),
  }),
  'starts-with': v.object({ kind: v.literal('starts-with'), ignoreCase: v.optional(v.boolean()) }),
  regex: v.object({
    kind: v.literal('regex'),
    pattern: v.optional(text),
    ignoreCase: v.optional(v.boolean()),
  }),
  'token-f1': v.object({ kind: v.literal('token-f1'), solvedFrom: v.optional(share) }),
  'rouge-l': v.object({ kind: v.literal('rouge-l'), solvedFrom: v.optional(share) }),
  levenshtein: v.object({
    kind: v.literal('levenshtein'),
    ignoreCase: v.optional(v.boolean()),
    solvedFrom: v.optional(share),
  }),
  json: v.object({
    kind: v.literal('json'),
    weights: v.optional(shares),
    ignoreCase: v.optional(v.boolean()),
    solvedFrom: v.optional(share),
  }),
};

export const metric: SchemaOf<Metric> = tagged<Metric, 'kind'>('kind', {
  ...comparedCases,
  judge: v.object({
    kind: v.literal('judge'),
    rubric: text,
    labelled: v.optional(v.array(v.object({ input: text, output: text, isGood: v.boolean() }))),
  }),
  javascript: v.object({ kind: v.literal('javascript'), code: text, solvedFrom: v.optional(share) }),
  'self-consistency': v.object({
    kind: v.literal('self-consistency'),
    samples: count,
    answers: tagged<ComparedMetric, 'kind'>('kind', comparedCases),
  }),
});

export const example: SchemaOf<Example> = v.object({
  id: text,
  input: text,
  target: text,
  alternatives: v.optional(strings),
  fields: v.optional(v.record(text, text)),
});

export const split: SchemaOf<SplitName> = oneOf<SplitName>({ train: true, validation: true, test: true });
export const sizes = v.object({ train: count, validation: count, test: count });

export const reason = oneOf<OutcomeReason>({
  correct: true,
  partly: true,
  wrong: true,
  'format-fail': true,
  'call-failed': true,
  'metric-failed': true,
});

export const outcome: SchemaOf<Outcome> = v.object({
  exampleId: text,
  score: share,
  correct: v.boolean(),
  reason,
  extracted: v.nullable(text),
  output: text,
  note: v.optional(text),
});

const sentence = v.object({
  id: text,
  kind: oneOf<Sentence['kind']>({ sentence: true, heading: true, code: true, blank: true }),
  content: text,
  suffix: text,
  optimizable: v.boolean(),
  locked: v.optional(v.boolean()),
});

export const candidate: SchemaOf<Candidate> = v.object({
  id: text,
  parentId: v.nullable(text),
  sentences: v.array(sentence),
  origin: v.object({
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

export const summary: SchemaOf<EvaluationSummary> = v.object({
  candidateId: text,
  split,
  accuracy: share,
  correct: count,
  asked: count,
  planned: count,
});

export const spent: SchemaOf<Spent> = v.object({
  taskCalls: count,
  optimizerCalls: count,
  reused: count,
  promptTokens: finite,
  cachedTokens: finite,
  completionTokens: finite,
  modelMs: finite,
});

const interval = v.object({ low: share, high: share });

const comparison: SchemaOf<PairedComparison> = v.object({
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

export const report: SchemaOf<RunReport> = v.object({
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
  evaluations: v.object({
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
