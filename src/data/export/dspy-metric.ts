/**
 * The metric as a function that DSPy's optimizers and `Evaluate` take: a verdict, or the score where part of an answer
 * may be right.
 */
import { parseOptions } from '../../core/evaluate/metrics/multiple-choice.ts';
import type { Metric, Task } from '../../core/types.ts';
import { labelInPython, letterInPython, openLabelInPython, yesNoInPython } from './dspy-answers.ts';
import { numberInPython } from './dspy-numbers.ts';
import { lineInPython, marksInPython, mentionsInPython, partsInPython, saidInPython } from './dspy-reader.ts';
import {
  bracketsInPython,
  containsInPython,
  exactInPython,
  jsonInPython,
  levenshteinInPython,
  listInPython,
  regexInPython,
  rougeLInPython,
  startsWithInPython,
  textInPython,
  tokenF1InPython,
} from './dspy-texts.ts';

const line = [saidInPython, marksInPython, lineInPython];
const parts = [...line, partsInPython];
const named = [...parts, mentionsInPython];
const text = [...line, textInPython];

function letters(choices: readonly string[]): string[] {
  const { isLetter, texts } = parseOptions(choices);
  const last = [...Array(26).keys()].map((place) => String.fromCharCode(65 + place)).findLast(isLetter);
  return [...named, letterInPython(last ?? 'Z', texts)];
}

/** Pieces of Python, the last of which compares; null for what Python cannot do here. */
function piecesOf(metric: Metric, choices: readonly string[]): readonly string[] | null {
  switch (metric.kind) {
    case 'exact':
      return [...line, exactInPython(metric.ignoreCase)];
    case 'label':
      return choices.length > 0 ? [...named, labelInPython(choices)] : [...line, openLabelInPython];
    case 'yes-no':
      return [...named, yesNoInPython(metric.labels)];
    case 'multiple-choice':
      return letters(choices);
    case 'number':
      return [...parts, numberInPython(metric.tolerance ?? 0)];
    case 'list':
      return [...line, metric.brackets === true ? bracketsInPython : listInPython(metric.ordered)];
    case 'contains':
      return [saidInPython, containsInPython(metric.ignoreCase)];
    case 'starts-with':
      return [saidInPython, marksInPython, textInPython, startsWithInPython(metric.ignoreCase)];
    case 'regex': {
      const compared = regexInPython(metric.pattern, metric.ignoreCase);
      return compared === null ? null : [saidInPython, compared];
    }
    case 'token-f1':
      return [...text, tokenF1InPython];
    case 'rouge-l':
      return [...text, rougeLInPython];
    case 'levenshtein':
      return [...text, levenshteinInPython(metric.ignoreCase)];
    case 'json':
      return [...line, jsonInPython(metric.weights, metric.ignoreCase)];
    case 'judge':
    case 'javascript':
    case 'self-consistency':
      return null;
  }
}

/** Functions of Python with `metric` as the last, in need of `json`, `re` and `unicodedata`; null where there is none. */
export function dspyMetric({ metric, choices }: Pick<Task, 'metric' | 'choices'>): string | null {
  const pieces = piecesOf(metric, choices);
  if (pieces === null) return null;
  const isGraded = pieces.at(-1)?.includes('def score(') ?? false;
  const solvedFrom = 'solvedFrom' in metric ? (metric.solvedFrom ?? 1) : 1;
  const needed = metric.kind === 'contains' && metric.all === true ? 'all' : 'any';
  const ending = isGraded
    ? `    best = max(score(prediction.answer, target) for target in targets)
    return best if trace is None else best >= ${solvedFrom} - 1e-9`
    : `    return ${needed}(is_right(prediction.answer, target) for target in targets)`;
  return `${pieces.join('\n\n\n')}


def metric(example, prediction, trace=None):
    """For dspy.Evaluate and DSPy's optimizers. example.alternatives: further right answers, a list, if there are any."""
    targets = [example.answer, *(getattr(example, "alternatives", None) or [])]
${ending}`;
}
