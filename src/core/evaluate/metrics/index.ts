import type { Metric } from '../../types.ts';
import type { AnswerRule } from './answer-rule.ts';
import { containsRule } from './contains.ts';
import { exactRule } from './exact.ts';
import { jsonRule } from './json.ts';
import { labelRule } from './label.ts';
import { levenshteinRule } from './levenshtein.ts';
import { bracketsRule, listRule } from './list.ts';
import { multipleChoiceRule } from './multiple-choice.ts';
import { numberRule } from './number.ts';
import { regexRule } from './regex.ts';
import { rougeLRule } from './rouge-l.ts';
import { startsWithRule } from './starts-with.ts';
import { tokenF1Rule } from './token-f1.ts';
import { yesNoRule } from './yes-no.ts';

/** The rule of a metric. A new metric is a new case here and a file beside this one. */
export function ruleOf(metric: Metric, choices: readonly string[]): AnswerRule {
  switch (metric.kind) {
    case 'exact':
      return exactRule(metric.ignoreCase ?? false);
    case 'multiple-choice':
      return multipleChoiceRule(choices);
    case 'yes-no':
      return yesNoRule(metric.labels);
    case 'number':
      return numberRule(metric.tolerance ?? 0);
    case 'list':
      return metric.brackets ? bracketsRule() : listRule(metric.ordered);
    case 'label':
      return labelRule(choices);
    case 'contains':
      return containsRule(metric);
    case 'starts-with':
      return startsWithRule(metric.ignoreCase ?? false);
    case 'regex':
      return regexRule(metric.pattern, metric.ignoreCase ?? false);
    case 'token-f1':
      return tokenF1Rule;
    case 'rouge-l':
      return rougeLRule;
    case 'levenshtein':
      return levenshteinRule(metric.ignoreCase ?? false);
    case 'json':
      return jsonRule(metric);
    case 'self-consistency':
      return ruleOf(metric.answers, choices);
    case 'judge': // what is judged is the whole reply; this only shows an answer
    case 'javascript':
      return exactRule(true);
  }
}

/** The score from which on an example counts as solved. Rounding must not cost the last digit of a sum of shares. */
export function isSolved(metric: Metric, score: number): boolean {
  const from = 'solvedFrom' in metric ? (metric.solvedFrom ?? 1) : 1;
  return score >= from - 1e-9;
}
