/**
 * A score without labels: how far several sampled answers agree (Wang et al., arXiv 2203.11171, use the majority to
 * answer; here its share is the score). A prompt that always leads to the same wrong answer scores 1 as well.
 */
import type { ComparedMetric, Outcome } from '../types.ts';
import { extractAnswer } from './extract-answer.ts';
import { isSolved, ruleOf } from './metrics/index.ts';

interface Group {
  readonly answer: string;
  readonly output: string;
  count: number;
}

/**
 * @param outputs replies to the same request with different seeds, at least one
 * @returns the first reply of the largest group (the earlier one on a tie); samples without an answer agree with none
 */
export function scoreSamples(
  outputs: readonly string[],
  metric: ComparedMetric,
  choices: readonly string[],
): Omit<Outcome, 'exampleId'> {
  const rule = ruleOf(metric, choices);
  const groups: Group[] = [];
  for (const output of outputs) {
    const { answer } = extractAnswer(output, metric, choices);
    if (answer === null) continue;
    const same = groups.find((group) =>
      isSolved(metric, rule.grade(answer, group.answer) ?? Number(answer === group.answer)),
    );
    if (same) same.count += 1;
    else groups.push({ answer, output, count: 1 });
  }
  const [first, ...rest] = groups;
  if (!first)
    return { output: outputs[0] ?? '', score: 0, correct: false, reason: 'format-fail', extracted: null };
  const largest = rest.reduce((best, group) => (group.count > best.count ? group : best), first);
  const { output, answer: extracted, count } = largest;
  const score = count / outputs.length;
  return score >= 1
    ? { output, extracted, score: 1, correct: true, reason: 'correct' }
    : { output, extracted, score, correct: false, reason: 'partly' };
}
