/**
 * Files that people really have. They are not part of the project (some must not be published again): point
 * SENTENTIAL_SHARED at a folder with `bbh`, `peers` and `llm-outputs`, or put it at `../shared/data`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MetricKind } from '../../../src/core/types.ts';
import type { Format } from '../../../src/data/import/raw-table.ts';
import { readTable } from '../../../src/data/import/read-table.ts';
import { build, mappingOf } from './help.ts';

const root = process.env['SENTENTIAL_SHARED'] ?? join(import.meta.dirname, '../../../../shared/data');

interface Expected {
  readonly path: string;
  readonly format: Format;
  readonly rows: number;
  readonly input: string;
  readonly target: string;
  readonly alternatives?: string;
  readonly metric: MetricKind;
  readonly choices: readonly string[];
}

const bbh = (name: string, rows: number, metric: MetricKind, choices: readonly string[] = []): Expected[] => [
  { path: `bbh/${name}.json`, format: 'bbh', rows, input: '{{input}}', target: 'target', metric, choices },
  ...['cot', 'direct'].map((variant) => ({
    path: `llm-outputs/${name}.${variant}.json`,
    format: 'json' as const,
    rows,
    input: '{{question}}',
    target: 'target',
    metric,
    choices,
  })),
];
const induction = (name: string, metric: MetricKind, choices: readonly string[] = []): Expected => ({
  path: `peers/instruction-induction.${name}.json`,
  format: 'instruction-induction',
  rows: 100,
  input: '{{input}}',
  target: 'output',
  metric,
  choices,
});
const bigbench = (
  path: string,
  rows: number,
  metric: MetricKind,
  choices: readonly string[] = [],
): Expected => ({
  path,
  format: 'bigbench',
  rows,
  input: '{{input}}',
  target: 'target',
  metric,
  choices,
});

const files: readonly Expected[] = [
  ...bbh('causal_judgement', 187, 'yes-no', ['Yes', 'No']),
  ...bbh('date_understanding', 250, 'multiple-choice', ['(A)', '(B)', '(C)', '(D)', '(E)', '(F)']),
  ...bbh('navigate', 250, 'yes-no', ['Yes', 'No']),
  ...bbh('object_counting', 250, 'number'),
  ...bbh('snarks', 178, 'multiple-choice', ['(A)', '(B)']),
  ...bbh('sports_understanding', 250, 'yes-no', ['yes', 'no']),
  ...bbh('word_sorting', 250, 'list'),
  bigbench('peers/bigbench.navigate.task.json', 1000, 'yes-no', ['True', 'False']),
  bigbench('peers/promptagent.penguins_in_a_table.json', 149, 'exact'),
  induction('antonyms', 'exact'),
  induction('sentiment', 'label', ['negative', 'positive']),
  induction('sum', 'number'),
  { ...induction('word_in_context', 'label', ['not the same', 'same']), alternatives: 'possible_outputs' },
  {
    path: 'peers/liar.jsonl',
    format: 'jsonl',
    rows: 461,
    input: '{{text}}',
    target: 'label',
    metric: 'label',
    choices: ['0', '1'],
  },
  {
    path: 'peers/truthfulqa.csv',
    format: 'csv',
    rows: 99,
    input: '{{Question}}',
    target: 'Best Answer',
    alternatives: 'Correct Answers',
    metric: 'token-f1',
    choices: [],
  },
];

describe('files as they are published import without touching the mapping', () => {
  for (const expected of files) {
    const path = join(root, expected.path);
    it(expected.path, async ({ skip }) => {
      skip(
        !existsSync(path),
        `${expected.path} is not here: set SENTENTIAL_SHARED to the folder that holds it`,
      );
      // The name says nothing, so that only the content can.
      const table = await readTable({ name: 'file', bytes: new Uint8Array(readFileSync(path)) });
      const mapping = mappingOf(table);
      const { dataset, skipped, duplicates } = build(table, 'stop');
      expect({
        path: expected.path,
        format: table.format,
        rows: dataset.examples.length + duplicates,
        input: mapping.input,
        target: mapping.target,
        ...(mapping.alternatives === null ? {} : { alternatives: mapping.alternatives }),
        metric: dataset.metric.kind,
        choices: dataset.choices,
      }).toEqual(expected);
      expect(skipped).toEqual([]);
      expect(new Set(dataset.examples.map(({ id }) => id)).size).toBe(dataset.examples.length);
    });
  }
});
