/**
 * BIG-bench `task.json` (github.com/google/BIG-bench, docs/doc.md): examples with `target` (one or several) or
 * `target_scores`, and a `task_prefix` without which many inputs mean nothing.
 */
import type { RawTable, RowProblem } from '../raw-table.ts';
import { TableBuilder } from './records.ts';
import { isObject, own, ownText, textsOf } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Keys that only BIG-bench tasks have. */
const MARKS = [
  'task_prefix',
  'preferred_score',
  'keywords',
  'append_choices_to_input',
  'example_input_prefix',
];

export function isBigBench(object: Fields, examples: readonly unknown[]): boolean {
  const scored = examples.some((example) => isObject(example) && isObject(own(example, 'target_scores')));
  return scored || MARKS.some((mark) => Object.hasOwn(object, mark));
}

export function readBigBench(file: string, task: Fields, examples: readonly unknown[]): RawTable {
  const builder = new TableBuilder(file);
  const problems: RowProblem[] = [];
  examples.forEach((example, index) => {
    const row = index + 1;
    const entries = isObject(example)
      ? readExample(task, example)
      : 'Expected an object with “input” and “target”.';
    if (typeof entries === 'string')
      problems.push({ row, field: isObject(example) ? 'target' : '', message: entries });
    else builder.add(row, entries);
  });
  return builder.table('bigbench', { problems, description: ownText(task, 'description') });
}

/** The cells of an example, or a sentence that says what is wrong with it. */
function readExample(task: Fields, example: Fields): [string, unknown][] | string {
  const scores = own(example, 'target_scores');
  const best = isObject(scores) ? bestOf(scores) : [];
  // Beside scores the target is the choice with its reasons, as a model would write it.
  const [target, ...alternatives] = [...new Set(best.length > 0 ? best : textsOf(own(example, 'target')))];
  if (target === undefined) return 'Expected “target”, or “target_scores” with an answer above 0.';
  const options =
    isObject(scores) && own(task, 'append_choices_to_input') !== false ? Object.keys(scores) : [];
  const rest = Object.entries(example).filter(
    ([name]) => !['input', 'target', 'target_scores'].includes(name),
  );
  return [
    ['input', inputOf(task, example, options)],
    ['target', target],
    ...(alternatives.length > 0 ? [['alternatives', alternatives] as [string, unknown]] : []),
    ...rest.map(([name, value]): [string, unknown] => [name, value]),
  ];
}

/** Every answer with the highest score, when that is above 0. */
function bestOf(scores: Fields): string[] {
  const numbers = Object.entries(scores).flatMap(([answer, score]) =>
    typeof score === 'number' && score > 0 && answer.trim() !== '' ? [{ answer, score }] : [],
  );
  const highest = numbers.reduce((most, { score }) => Math.max(most, score), 0);
  return numbers.filter(({ score }) => score === highest).map(({ answer }) => answer);
}

/** BIG-bench shows the prefix, the input and, unless told otherwise, the choices; ours are listed as BBH lists them. */
function inputOf(task: Fields, example: Fields, options: readonly string[]): string {
  const prefix = ownText(task, 'task_prefix');
  const gap = prefix === '' || /\s$/.test(prefix) ? '' : '\n';
  const input = textsOf(own(example, 'input')).join('\n');
  const choices =
    options.length === 0 ? '' : `\nOptions:\n${options.map((option) => `- ${option}`).join('\n')}`;
  return input === '' ? '' : `${prefix}${gap}${input}${choices}`;
}
