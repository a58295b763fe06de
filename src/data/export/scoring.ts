/** How answers were scored, in sentences: whoever calls the prompt elsewhere has to read its answers the same way. */
import type { ComparedMetric, Metric, Task } from '../../core/types.ts';

const listed = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(', ');

function caseWords(ignoreCase: boolean | undefined): string {
  return ignoreCase === true ? ', in capitals or not' : '';
}

function weightWords(weights: Readonly<Record<string, number>> | undefined): string {
  if (weights === undefined) return '';
  const parts = Object.entries(weights).map(([name, weight]) => `${name} ${weight}`);
  return ` Weights: ${parts.join(', ')}.`;
}

function comparedWords(metric: ComparedMetric, choices: readonly string[]): string {
  switch (metric.kind) {
    case 'exact':
      return `The answer has to be the expected text${caseWords(metric.ignoreCase)}.`;
    case 'multiple-choice':
      return 'The answer has to be the letter of the expected option.';
    case 'yes-no':
      return `The answer has to be the expected one of ${listed(metric.labels)}.`;
    case 'label':
      return `The answer has to be the expected one of ${listed(choices)}.`;
    case 'number':
      return `The answer has to be the expected number${metric.tolerance ? `, or at most ${metric.tolerance} away from it` : ''}.`;
    case 'list':
      return `The answer has to have the expected items${metric.ordered ? ', in order' : '; part of them is part of a score'}.`;
    case 'contains':
      return metric.all === true
        ? `The reply has to contain every expected text as whole words${caseWords(metric.ignoreCase)}.`
        : `The reply has to contain the expected text as whole words${caseWords(metric.ignoreCase)}.`;
    case 'starts-with':
      return `The answer has to begin with the expected text${caseWords(metric.ignoreCase)}.`;
    case 'regex':
      return metric.pattern === undefined
        ? `The expected answer is a pattern that has to be found in the reply${caseWords(metric.ignoreCase)}.`
        : `The pattern ${metric.pattern} has to be found in the reply${caseWords(metric.ignoreCase)}.`;
    case 'token-f1':
      return 'The score is the F1 of the words that the answer shares with the expected text (SQuAD).';
    case 'rouge-l':
      return 'The score is the ROUGE-L of the answer and the expected text.';
    case 'levenshtein':
      return 'The score is 1 minus the edit distance per character between the answer and the expected text.';
    case 'json':
      return `The score is the share of the expected JSON fields that the answer has right.${weightWords(metric.weights)}`;
  }
}

function metricWords(metric: Metric, choices: readonly string[]): string {
  if (metric.kind === 'judge') return `A model judged the answer by this rubric: ${metric.rubric}`;
  if (metric.kind === 'javascript')
    return 'The score came from JavaScript of the author’s own; the promptfoo export holds it.';
  if (metric.kind === 'self-consistency')
    return `No right answers were known: the score is the share of ${metric.samples} sampled answers that agree.`;
  return comparedWords(metric, choices);
}

/** @returns sentences, one or two */
export function scoringInWords({ metric, choices }: Pick<Task, 'metric' | 'choices'>): string[] {
  const solvedFrom = 'solvedFrom' in metric ? metric.solvedFrom : undefined;
  const solved = solvedFrom === undefined ? [] : [`An example counts as solved from ${solvedFrom} on.`];
  return [metricWords(metric, choices), ...solved];
}

/** What exported code takes for an answer where the run does not; null where nothing is known. */
function differenceInWords({ kind }: Metric): string | null {
  if (kind === 'multiple-choice')
    return 'Where a reply only repeats the options, it may take the last of them for an answer; the run does not.';
  if (kind === 'list')
    return 'It finds no brackets in a LaTeX box, and does not tell commas from spaces where expected lists have both; the run does.';
  return null;
}

/**
 * How exported code reads answers, in sentences.
 * @param code what reads them: "The transform"
 */
export function readingInWords(code: string, metric: Metric): string[] {
  const compared = metric.kind === 'self-consistency' ? metric.answers : metric;
  if (compared.kind === 'contains' || compared.kind === 'regex')
    return [`${code} searches the reply without its reasoning and emphasis, as the run does.`];
  const difference = differenceInWords(compared);
  return [
    `${code} reads answers by the run’s rules: what stands behind the last mark (“Answer:”, “the answer is”) counts, or else the last line.`,
    'What is denied (“not X”) or left open (“X or Y”) is no answer.',
    ...(difference === null ? [] : [difference]),
    'What the run alone sees through: turns of a conversation that a model goes on with by itself.',
  ];
}
