import type { AnswerSettings, Metric } from '../types.ts';

/** Words for the form of an answer that do not give the labels away: their names may be what a prompt has to say. */
function formOf(metric: Metric, choices: readonly string[]): string {
  switch (metric.kind) {
    case 'multiple-choice':
      return 'the letter of your choice alone';
    case 'number':
      return 'the number alone';
    case 'list':
      return metric.brackets ? 'the brackets alone' : 'the items alone, on the same line';
    case 'yes-no':
    case 'label':
      return 'the label alone';
    case 'json':
      return 'the JSON object alone, on the same line';
    case 'self-consistency':
      return formOf(metric.answers, choices);
    case 'judge':
    case 'javascript':
    case 'exact':
    case 'contains':
    case 'starts-with':
    case 'regex':
    case 'token-f1':
    case 'rouge-l':
    case 'levenshtein':
      return choices.length > 0 ? 'the label alone' : 'the answer alone';
  }
}

/** The fixed text after an input: says where the answer goes, so that no rewrite of the prompt can break reading it. */
export function answerSuffix(metric: Metric, choices: readonly string[]): string {
  if (metric.kind === 'judge' || metric.kind === 'rouge-l') return ''; // the reply is the answer as a whole
  return `End with one line that starts with "Answer:" and gives ${formOf(metric, choices)}.`;
}

/** The same where nothing but a label is wanted, and the engine cannot hold a reply to one: then the words have to. */
export function labelSuffix(choices: readonly string[]): string {
  const needLines = choices.some((choice) => /[,\n]/.test(choice));
  const names = needLines ? choices.map((choice) => `\n- ${choice}`).join('') : ` ${choices.join(', ')}`;
  return `Answer with one of these labels and nothing else:${names}`;
}

/** Whether an answer is to be a label alone, enforced or not. */
export function wantsLabelOnly(
  { constrain, suffix }: Pick<AnswerSettings, 'constrain' | 'suffix'>,
  choices: readonly string[],
): boolean {
  return choices.length > 0 && (constrain || suffix === labelSuffix(choices));
}
