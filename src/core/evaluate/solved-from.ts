/** From which score on texts count as right, where a text is hardly ever the same to the letter. */
import type { MetricKind } from '../types.ts';

export const usualSolvedFrom: Readonly<
  Partial<Record<MetricKind, number>> & Record<'token-f1' | 'rouge-l', number>
> = {
  'token-f1': 0.8,
  'rouge-l': 0.5,
  levenshtein: 0.9,
  javascript: 1,
  json: 1,
};
