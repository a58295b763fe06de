import type { Metric, MetricKind, Outcome } from '../types.ts';
import { extractAnswer } from './extract-answer.ts';
import { guessPair } from './label-pairs.ts';
import { isSolved, ruleOf } from './metrics/index.ts';

interface AnswerToScore {
  /** The model's whole reply. */
  readonly output: string;
  readonly target: string;
  /** Either a metric or its bare kind, such as `'exact'`, which gets its details from the target. */
  readonly metric: Metric | MetricKind;
  /** Labels the answer may be; empty when open. */
  readonly choices?: readonly string[];
  /** Further answers that count as right. */
  readonly alternatives?: readonly string[];
}

type ScoredAnswer = Pick<Outcome, 'score' | 'correct' | 'extracted' | 'reason'>;

const asText: Metric = { kind: 'exact', ignoreCase: true };

const bracketsOnly = /^[\s()[\]{}<>]+$/;

function metricOf(metric: Metric | MetricKind, target: string): Metric {
  if (typeof metric !== 'string') return metric;
  if (metric === 'yes-no') return { kind: metric, labels: guessPair(target) };
  if (metric === 'list') return { kind: metric, ordered: true, brackets: bracketsOnly.test(target) };
  if (metric === 'exact' || metric === 'contains') return { kind: metric, ignoreCase: true };
  if (metric === 'judge' || metric === 'self-consistency' || metric === 'javascript') return asText; // a bare kind says neither rubric nor form
  return { kind: metric };
}

interface Graded {
  readonly score: number;
  readonly extracted: string | null;
}

/** A target that is not of the metric's form (a dirty label) is compared as text. */
function grade(output: string, target: string, metric: Metric, choices: readonly string[]): Graded {
  const { answer } = extractAnswer(output, metric, choices);
  const isReadable = ruleOf(metric, choices).grade(target, target) !== null;
  if (isReadable) return { score: gradeBy(metric, answer, target, choices), extracted: answer };
  const text = extractAnswer(output, asText).answer;
  const score = gradeBy(asText, text, target, []);
  return { score, extracted: score > 0 ? text : answer };
}

function gradeBy(metric: Metric, answer: string | null, target: string, choices: readonly string[]): number {
  return answer === null ? 0 : (ruleOf(metric, choices).grade(answer, target) ?? 0);
}

/**
 * Extracts the answer and compares it with the target. Never throws: one strange reply must not end a run.
 *
 * A part of the public surface: within the app a metric is always whole, but whoever scores replies on their own may
 * give its kind alone.
 */
export function scoreAnswer(asked: AnswerToScore): ScoredAnswer {
  const { output, target, choices = [], alternatives = [] } = asked;
  const metric = metricOf(asked.metric, target);
  const graded = [target, ...alternatives].map((accepted) => grade(output, accepted, metric, choices));
  const needsAll = ruleOf(metric, choices).needsAll ?? false;
  const { score, extracted } = graded.reduce((kept, other) =>
    (needsAll ? other.score < kept.score : other.score > kept.score) ? other : kept,
  );
  if (isSolved(metric, score)) return { score, correct: true, extracted, reason: 'correct' };
  if (extracted === null) return { score: 0, correct: false, extracted, reason: 'format-fail' };
  return { score, correct: false, extracted, reason: score > 0 ? 'partly' : 'wrong' };
}
