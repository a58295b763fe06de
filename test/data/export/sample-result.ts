/** A result with everything that makes exports hard: quotes, braces, line breaks, formulas, markup. */
import { sampleReport } from '../../ui/sample-run.ts';
import type { RunReport } from '../../../src/core/report.ts';
import type { Example, Metric, Outcome, Task } from '../../../src/core/types.ts';
import type { ResultToExport, ScoredRow } from '../../../src/data/export/result.ts';

export const task: Task = {
  name: 'Dates',
  description: 'Which date is it?',
  metric: { kind: 'exact' },
  choices: [],
  answer: { maxTokens: 64, suffix: 'End with one line that starts with "Answer:".', constrain: false },
};

export function outcomeOf(exampleId: string, correct: boolean, output = 'Answer: x'): Outcome {
  return {
    exampleId,
    score: correct ? 1 : 0,
    correct,
    reason: correct ? 'correct' : 'wrong',
    extracted: correct ? 'x' : null,
    output,
  };
}

export function rowOf(example: Example, more: Partial<ScoredRow> = {}): ScoredRow {
  return {
    split: 'test',
    example,
    start: outcomeOf(example.id, false),
    best: outcomeOf(example.id, true),
    ...more,
  };
}

interface Given {
  readonly prompt?: string;
  readonly examples?: readonly Example[];
  readonly metric?: Metric;
  readonly choices?: readonly string[];
  readonly more?: Partial<ResultToExport>;
}

export function resultWith({ prompt, examples, metric, choices, more }: Given = {}): ResultToExport {
  const report: RunReport = sampleReport();
  const used = examples ?? [{ id: 'e1', input: 'In what month is 1 May?', target: 'May' }];
  return {
    name: 'Dates',
    task: { ...task, metric: metric ?? task.metric, choices: choices ?? [] },
    report: prompt === undefined ? report : { ...report, bestText: prompt },
    fingerprint: null,
    rows: used.map((example) => rowOf(example)),
    provenance: [{ label: 'Model', value: 'Simulated' }],
    isSimulated: false,
    isFork: false,
    endpoint: null,
    ...more,
  };
}
