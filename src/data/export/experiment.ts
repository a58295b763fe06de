/** An experiment as a file. What no language model took part in says so in every row and at the top. */
import { axisOf, type Axis, type ExperimentDesign } from '../../core/lab/design.ts';
import { explain, simulatedNote } from '../../core/lab/explain.ts';
import { fairness, variantInWords } from '../../core/lab/fairness.ts';
import { finalAccuracy, type CellResult } from '../../core/lab/result.ts';
import {
  comparable,
  comparisonsOf,
  curveOf,
  gridOf,
  standingsOf,
  type Estimate,
} from '../../core/lab/statistics.ts';
import { guardFormula } from '../formula-guard.ts';

export type ExperimentFormat = 'csv' | 'json' | 'md';

export interface ExperimentContent {
  readonly design: ExperimentDesign;
  /** Its name, for people. */
  readonly model: string;
  readonly isSimulated: boolean;
  readonly results: readonly CellResult[];
}

type Row = readonly (string | number)[];

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = guardFormula(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row per run; with Windows line ends, as RFC 4180 has it. */
function csv({ design, model, isSimulated, results }: ExperimentContent): string {
  const columns = 'model,simulated,task,variant,method,seed,test_accuracy,test_examples,calls,tokens,minutes,steps,stop_reason,prompt'; // prettier-ignore
  const rows = results.map((run): Row => {
    const variant = design.variants.find(({ id }) => id === run.variant);
    const task = design.tasks.find(({ id }) => id === run.task);
    return [
      model,
      isSimulated ? 'yes, not a language model' : 'no',
      task?.name ?? run.task,
      variant?.title ?? run.variant,
      variant?.method ?? '',
      run.seed,
      finalAccuracy(run),
      run.testExamples,
      run.spent.calls,
      run.spent.tokens,
      run.spent.minutes,
      run.steps,
      run.stopReason,
      run.prompt,
    ];
  });
  return [columns, ...rows.map((row) => row.map(csvCell).join(','))].map((line) => `${line}\r\n`).join('');
}

function json({ design, model, isSimulated, results }: ExperimentContent): string {
  const note = isSimulated ? simulatedNote : null;
  const file = { format: 'sentential-experiment', version: 1, note, model, isSimulated, design, results };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function markdownTable(columns: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A dash before there is a prompt to be right or wrong. */
function estimateInWords(known: Estimate | null): string {
  if (known === null) return '–';
  const { mean, interval } = known;
  return interval
    ? `${percent(mean)} (${percent(interval.low)} to ${percent(interval.high)})`
    : percent(mean);
}

function amount(value: number, axis: Axis): string {
  return value.toFixed(axis === 'minutes' ? 2 : 0);
}

/** Rows of the curve in the report. */
const curveRows = 10;

function markdown(content: ExperimentContent): string {
  const { design, model, isSimulated, results } = content;
  const axis = axisOf(design);
  const unit = axis === 'minutes' && isSimulated ? 'simulated minutes' : axis;
  const fair = comparable(design, results);
  const titleOf = (id: string): string => design.variants.find((variant) => variant.id === id)?.title ?? id;
  const grid = gridOf(design, fair, axis, curveRows).slice(1);
  const curves = design.variants.map(({ id }) =>
    curveOf(
      fair.filter(({ variant }) => variant === id),
      axis,
      grid,
    ),
  );
  const standings = standingsOf(design, fair, axis).map((one): Row => [
    titleOf(one.variant),
    estimateInWords(one.accuracy),
    one.toReach === null ? 'not reached' : amount(one.toReach, axis),
    amount(one.spent, axis),
    one.steps.toFixed(1),
    one.runs,
  ]);
  const pairs = comparisonsOf(design, fair).map((one): Row => [
    titleOf(one.variant),
    `${(one.difference * 100).toFixed(1)} points`,
    one.wins,
    one.losses,
    one.pairs,
    one.pValue.toPrecision(2),
  ]);
  return [
    `# ${design.title}`,
    design.question,
    ...(isSimulated ? [`**${simulatedNote}**`] : []),
    `Model: ${model}. Tasks: ${design.tasks.map(({ name }) => name).join(', ')}. Seeds: ${design.seeds.join(', ')}. Compared: ${fair.length} runs.`,
    '## What this shows',
    ...explain(design, results, isSimulated),
    '## Standing',
    markdownTable(['Method', 'Test accuracy (95 % interval)', `${unit} to 95 % of best`, `${unit} spent`, 'steps', 'runs'], standings), // prettier-ignore
    `## ${titleOf(design.variants[0]?.id ?? '')} against the others`,
    markdownTable(['Against', 'Difference', 'better', 'worse', 'pairs', 'p (Holm)'], pairs),
    `## Test accuracy by ${unit}`,
    markdownTable([unit, ...design.variants.map(({ title }) => title)], grid.map((at, row): Row => [amount(at, axis), ...curves.map((curve) => estimateInWords(curve[row]?.estimate ?? null))])), // prettier-ignore
    '## What makes it fair',
    fairness(design, isSimulated),
    design.variants.map((variant) => `- **${variant.title}** ${variantInWords(variant)}.`).join('\n'),
    '',
  ].join('\n\n');
}

export function experimentFile(format: ExperimentFormat, content: ExperimentContent): string {
  if (format === 'csv') return csv(content);
  return format === 'json' ? json(content) : markdown(content);
}
