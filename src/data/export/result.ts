/** What the exports of a result are made from. Plain data: the page gathers it, nothing here reads or stores. */
import type { RunReport } from '../../core/report.ts';
import type { Example, Outcome, SplitName, Task } from '../../core/types.ts';

export interface ResultToExport {
  readonly name: string;
  readonly task: Task;
  readonly report: RunReport;
  /** SHA-256 of the recommended prompt's UTF-8 bytes, in hexadecimal; null where it cannot be computed. */
  readonly fingerprint: string | null;
  /** Every example that was scored for the report, with what the start and the recommended prompt did on it. */
  readonly rows: readonly ScoredRow[];
  /** How the figures came about (model, seed, versions …), ready to be read. */
  readonly provenance: readonly { readonly label: string; readonly value: string }[];
  /** Whether the figures are those of the simulated model, which is no language model. */
  readonly isSimulated: boolean;
  /** It began from another run, which has looked at its test examples too. */
  readonly isFork: boolean;
  /** For snippets: where the run's model is reached, when it was reached by address. */
  readonly endpoint: { readonly baseUrl: string; readonly model: string } | null;
}

export interface ScoredRow {
  readonly split: SplitName;
  readonly example: Example;
  readonly start: Outcome | null;
  readonly best: Outcome | null;
}

/** The prompt to take away, to the letter what was scored. */
export function promptOf({ report }: ResultToExport): string {
  return report.recommended === 'start' ? report.startText : report.bestText;
}

/** What stood after every example when it was scored; empty where nothing did, as where the reply was held to a label. */
export function wordsAfterInput({ answer, choices }: Pick<Task, 'answer' | 'choices'>): string {
  return answer.constrain && choices.length > 0 ? '' : answer.suffix;
}

/** Which of the two prompts to use where the figures leave it open, and why; null where they do not. */
export function choiceInWords(report: RunReport): string | null {
  const { recommended, evaluations, validation, test } = report;
  const { verdict } = test ?? validation;
  if (verdict === 'same') return null;
  if (recommended === 'start')
    return verdict === 'worse' ? null : 'A change that cannot be told from luck is not worth having.';
  if (verdict === 'better') return null;
  const isAhead = evaluations.bestValidation.accuracy > evaluations.startValidation.accuracy;
  return isAhead
    ? 'It is the better bet, since it did better on the validation examples; the start is the safe choice where a change has a cost.'
    : 'Nothing shows that it is better: where a change has a cost, the start is the safe choice.';
}

/** Columns that a placeholder may name, as the examples have them. */
export function columnsOf({ rows }: ResultToExport): string[] {
  return [...new Set(rows.flatMap(({ example }) => Object.keys(example.fields ?? {})))];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
