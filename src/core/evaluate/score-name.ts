import type { Metric } from '../types.ts';

/** What the mean of scores is called: `accuracy` only where it is a share of answers that are the right ones. */
export type ScoreName = 'accuracy' | 'agreement' | 'score';

function nameOf(metric: Metric): ScoreName {
  switch (metric.kind) {
    case 'exact':
    case 'multiple-choice':
    case 'yes-no':
    case 'number':
    case 'label':
    case 'contains':
    case 'starts-with':
    case 'regex':
      return 'accuracy';
    case 'list':
      return metric.ordered || metric.brackets === true ? 'accuracy' : 'score'; // part of a set is part of a score
    case 'self-consistency':
      return 'agreement';
    case 'token-f1':
    case 'rouge-l':
    case 'levenshtein':
    case 'json':
    case 'judge':
    case 'javascript':
      return 'score';
  }
}

/** One word for scores of several metrics: theirs when it is the same for all, else `score`. At least one metric. */
export function scoreName(...metrics: readonly [Metric, ...Metric[]]): ScoreName {
  const names = new Set(metrics.map(nameOf));
  return names.size === 1 ? nameOf(metrics[0]) : 'score';
}
