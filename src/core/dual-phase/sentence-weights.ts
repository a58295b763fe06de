/**
 * Which sentence to rewrite next. Two learners behind one interface:
 * - paper (Eq. 5 and 9, as implemented by yhlooo/nfa): p = softmax(w) over the optimizable sentences; on acceptance
 *   w_i ← w_i · exp(μ · mix / (p_i · n)), mix = α·a_V + (1−α)·a_F. Clamped to [0.05, 20], or exp(w) explodes in long runs.
 * - exp3 (algorithms.md 1.4): after *every* attempt l_i ← l_i + η (r − r̄) / max(p_i·n, 0.2), with exploration.
 *   r is the mix, or (1−α)·a_F for a rewrite that never reached validation; r̄ is the running mean of r.
 */
import { sum } from '../arithmetic.ts';
import type { Sentence } from '../types.ts';
import type { DualPhaseOptions } from './options.ts';

/** What an attempt on a sentence achieved. Accuracies in [0, 1]. */
export interface Reward {
  /** Share of the failures it solved (a_F); 0 for an unusable reply. */
  readonly failures: number;
  /** Accuracy on validation (a_V); null when it never got there. */
  readonly validation: number | null;
  readonly accepted: boolean;
}

export interface SentenceWeights {
  /** By sentence id, over the optimizable sentences; sums to 1 (empty when there are none). */
  probabilities(sentences: readonly Sentence[]): Record<string, number>;
  /** `probability`: the chance with which the sentence was drawn. `count`: optimizable sentences then. */
  learn(sentenceId: string, reward: Reward, probability: number, count: number): void;
  /** A critique blames the sentence: it is drawn more often from here on. */
  vote(sentenceId: string): void;
  /** Current weights by sentence id, for the page. */
  values(sentences: readonly Sentence[]): Record<string, number>;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function softmax(values: readonly number[]): number[] {
  const top = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - top)); // max-subtraction: no overflow
  const total = sum(powers);
  return powers.map((power) => power / total);
}

function optimizableIds(sentences: readonly Sentence[]): string[] {
  return sentences.filter(({ optimizable }) => optimizable).map(({ id }) => id);
}

function byId(ids: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(ids.map((id, index) => [id, values[index] ?? 0]));
}

function mixOf(reward: Reward, mixing: number): number {
  return mixing * (reward.validation ?? 0) + (1 - mixing) * reward.failures;
}

/** What a vote adds to the exponent of Eq. 5 (algorithms.md 3.4): 1.6 times as likely. */
const perVote = 0.5;

function paperWeights({ mixing, learningRate }: DualPhaseOptions): SentenceWeights {
  const weights = new Map<string, number>();
  const weightOf = (id: string): number => weights.get(id) ?? 1;
  return {
    probabilities(sentences) {
      const ids = optimizableIds(sentences);
      return byId(ids, softmax(ids.map(weightOf)));
    },
    learn(id, reward, probability, count) {
      if (!reward.accepted) return; // as published: rejected rewrites leave no trace
      const grown = weightOf(id) * Math.exp((learningRate * mixOf(reward, mixing)) / (probability * count));
      weights.set(id, clamp(grown, 0.05, 20));
    },
    vote: (id) => weights.set(id, clamp(weightOf(id) + perVote, 0.05, 20)),
    values: (sentences) => Object.fromEntries(optimizableIds(sentences).map((id) => [id, weightOf(id)])),
  };
}

function exp3Weights({ mixing, exploration, exp3Rate }: DualPhaseOptions): SentenceWeights {
  const logits = new Map<string, number>();
  const logitOf = (id: string): number => logits.get(id) ?? 0;
  let meanReward = 0;
  let rewards = 0;
  return {
    probabilities(sentences) {
      const ids = optimizableIds(sentences);
      const exploited = softmax(ids.map(logitOf));
      return byId(
        ids,
        exploited.map((p) => (1 - exploration) * p + exploration / ids.length),
      );
    },
    learn(id, reward, probability, count) {
      const value = mixOf(reward, mixing);
      const baseline = rewards === 0 ? value : meanReward;
      const step = (exp3Rate * (value - baseline)) / Math.max(probability * count, 0.2);
      logits.set(id, clamp(logitOf(id) + step, -3, 3));
      rewards += 1;
      meanReward += (value - meanReward) / rewards;
    },
    vote: (id) => logits.set(id, clamp(logitOf(id) + perVote, -3, 3)),
    values: (sentences) => Object.fromEntries(optimizableIds(sentences).map((id) => [id, logitOf(id)])),
  };
}

export function createSentenceWeights(options: DualPhaseOptions): SentenceWeights {
  return options.weights === 'paper' ? paperWeights(options) : exp3Weights(options);
}
