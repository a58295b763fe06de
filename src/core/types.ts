/**
 * The plain data of a run. Everything here survives `structuredClone`: it crosses workers and is stored.
 * Units: accuracies and scores are shares in [0, 1]; times are milliseconds; sizes are tokens unless named otherwise.
 */

/** One labelled example of a task. */
export interface Example {
  /** Unique within its dataset and stable over imports of the same file. */
  readonly id: string;
  /** What the task model is shown, already rendered when it comes from several columns. */
  readonly input: string;
  /** The expected answer; empty only under a metric that needs none (a judge, self-consistency). */
  readonly target: string;
  /** Further answers that count as right. */
  readonly alternatives?: readonly string[];
  /** The original columns, for prompts with several `{{placeholders}}`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** `train`: exemplars and shown failures. `validation`: accepts candidates. `test`: the report, looked at once. */
export type SplitName = 'train' | 'validation' | 'test';

/** Disjoint parts of a dataset. */
export type Splits = Readonly<Record<SplitName, readonly Example[]>>;

/**
 * A metric whose scores lie between 0 and 1 as well. Means stay graded; paired tests, failures and the gate need to know
 * whether an example is solved.
 */
interface GradedMetric {
  /** The score from which on an example counts as solved, in (0, 1]; 1 when left out. */
  readonly solvedFrom?: number;
}

/** How an answer is extracted and compared with a target; see `evaluate/metrics`. */
export type ComparedMetric =
  | { readonly kind: 'exact'; readonly ignoreCase?: boolean }
  | { readonly kind: 'multiple-choice' }
  /** Two labels of opposite meaning, e.g. ["Yes", "No"] or ["valid", "invalid"]; compared without case. */
  | { readonly kind: 'yes-no'; readonly labels: readonly [string, string] }
  /** `tolerance`: largest absolute difference that counts as right; 0 when left out. */
  | { readonly kind: 'number'; readonly tolerance?: number }
  /** Items in order (`ordered`) or as a set. `brackets`: the items are bracket characters. */
  | { readonly kind: 'list'; readonly ordered: boolean; readonly brackets?: boolean }
  /** One of a known set of labels (the task's `choices`), compared without case. */
  | { readonly kind: 'label' }
  /** `all`: the target and all its alternatives have to be said; otherwise one of them. */
  | { readonly kind: 'contains'; readonly ignoreCase?: boolean; readonly all?: boolean }
  | { readonly kind: 'starts-with'; readonly ignoreCase?: boolean }
  /** `pattern`: for all examples, with `{{target}}` for the expected answer; left out: the target is the pattern. */
  | { readonly kind: 'regex'; readonly pattern?: string; readonly ignoreCase?: boolean }
  | ({ readonly kind: 'token-f1' } & GradedMetric)
  | ({ readonly kind: 'rouge-l' } & GradedMetric)
  | ({ readonly kind: 'levenshtein'; readonly ignoreCase?: boolean } & GradedMetric)
  /** `weights`: by the name of a field ("a.b" within one); left out: all fields of the target alike. */
  | ({
      readonly kind: 'json';
      readonly weights?: Readonly<Record<string, number>>;
      readonly ignoreCase?: boolean;
    } & GradedMetric);

/** An answer that a person has judged: what a judge is compared with before it is trusted. */
export interface JudgedAnswer {
  readonly input: string;
  readonly output: string;
  /** Whether it meets the rubric, in the person's eyes. */
  readonly isGood: boolean;
}

/** For few or no labels: a model says whether an answer meets a rubric. The target, where there is one, is shown to it. */
interface JudgeMetric {
  readonly kind: 'judge';
  /** What a good answer is, in words. */
  readonly rubric: string;
  readonly labelled?: readonly JudgedAnswer[];
}

/** For no labels: several sampled answers; the score is the share of the most frequent one. */
interface ConsistencyMetric {
  readonly kind: 'self-consistency';
  /** Answers per example, at least 2. */
  readonly samples: number;
  /** How an answer is read and when two are the same. */
  readonly answers: ComparedMetric;
}

/** JavaScript of the person's own, run in a sandbox; see `evaluate/code-metric.ts`. */
interface CodeMetric extends GradedMetric {
  readonly kind: 'javascript';
  /** An expression, or the body of a function that returns a number from 0 to 1, true or false. */
  readonly code: string;
}

export type Metric = ComparedMetric | JudgeMetric | ConsistencyMetric | CodeMetric;

export type MetricKind = Metric['kind'];

/** What is to be solved: everything a run needs to know besides the examples. */
export interface Task {
  readonly name: string;
  readonly description?: string;
  readonly metric: Metric;
  /** The labels an answer may be; empty when answers are open. */
  readonly choices: readonly string[];
  readonly answer: AnswerSettings;
}

export interface AnswerSettings {
  /** Tokens an answer may take, at most. */
  readonly maxTokens: number;
  /** Fixed text after the input that says where the answer goes; never optimized. May be empty. */
  readonly suffix: string;
  /** Let the engine produce nothing but one of the task's `choices` (no reasoning before it). */
  readonly constrain: boolean;
}

/** A piece of a prompt. `content + suffix` of all pieces, in order, is the text to the letter. */
export interface Sentence {
  /** Kept when the content is rewritten; unique within its prompt. */
  readonly id: string;
  readonly kind: 'sentence' | 'heading' | 'code' | 'blank';
  readonly content: string;
  /** The white space (or nothing) up to the next piece. */
  readonly suffix: string;
  /** False for headings, code and blanks, and for what the person locked. */
  readonly optimizable: boolean;
  /** Set when the person locked it. */
  readonly locked?: boolean;
}

export type Operation = 'draft' | 'user' | 'rewrite' | 'insert' | 'delete' | 'merge' | 'edit' | 'whole';

/** A prompt under consideration and where it came from. */
export interface Candidate {
  /** Unique within the run, in order of creation: c0, c1, … */
  readonly id: string;
  readonly parentId: string | null;
  readonly sentences: readonly Sentence[];
  readonly origin: {
    readonly operation: Operation;
    /** The sentence that was rewritten, inserted or deleted. */
    readonly sentenceId?: string;
    /** How it came about, in a few words for the page (e.g. "paraphrase of c3"). */
    readonly note?: string;
  };
}

/**
 * Why an example got its score. `format-fail`: no answer could be read; `call-failed`: the model gave none;
 * `metric-failed`: the person's own metric gave no score.
 */
export type OutcomeReason = 'correct' | 'partly' | 'wrong' | 'format-fail' | 'call-failed' | 'metric-failed';

/** What a candidate did on one example. */
export interface Outcome {
  readonly exampleId: string;
  /** In [0, 1]. */
  readonly score: number;
  /** Solved: a score of 1, or from the metric's `solvedFrom` on. The bit that paired tests use. */
  readonly correct: boolean;
  readonly reason: OutcomeReason;
  /** The answer read from the output; null when none was found. */
  readonly extracted: string | null;
  /** The model's whole reply. Untrusted text. */
  readonly output: string;
  /** What went wrong in a metric of the person's own. Untrusted text. */
  readonly note?: string;
  /** The reply broke off at its limit of tokens, and no answer could be read from it. */
  readonly isCut?: true;
}

/** Outcomes of one candidate on (part of) one split, in the order they were asked. */
export interface Evaluation {
  readonly candidateId: string;
  readonly split: SplitName;
  readonly outcomes: readonly Outcome[];
  /** Examples there were; `outcomes` has fewer when a gate ended it early. */
  readonly planned: number;
  /** Mean score over `outcomes`; 0 when there are none. */
  readonly accuracy: number;
}

/** A candidate with what it did on the validation split, or on what was asked of it. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly validation: Evaluation;
}

/** An evaluation without its outcomes: what the log repeats. */
export interface EvaluationSummary {
  readonly candidateId: string;
  readonly split: SplitName;
  readonly accuracy: number;
  /** Outcomes that are right. */
  readonly correct: number;
  /** Outcomes there are; fewer than `planned` when a gate ended it early. */
  readonly asked: number;
  readonly planned: number;
}

/** A wrong answer, as shown to the optimizer model and to the person. */
export interface FailureCase {
  readonly exampleId: string;
  readonly input: string;
  readonly expected: string;
  readonly got: string;
  readonly reason: OutcomeReason;
}
