import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inferChoices, inferMetric } from '../../../src/core/evaluate/infer-metric.ts';
import { cutReply } from '../../../src/core/reply-end.ts';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';

/**
 * A real model's answers to BIG-Bench Hard with their published accuracy. The data are not part of the project:
 * without the folder these tests are skipped.
 */
interface Recording {
  readonly task: string;
  readonly variant: string;
  readonly published: { readonly accuracy: number };
  readonly rows: readonly { readonly prediction: string; readonly target: string }[];
}

const root = join(import.meta.dirname, '../../..');
const folder = join(process.env['SENTENTIAL_SHARED'] ?? join(root, '../shared/data'), 'llm-outputs');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
if (files.length === 0) console.info(`Skipped: no recorded answers in ${folder}.`);

const read = (file: string): Recording => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;

function accuracyOf({ rows }: Recording, withChoices: boolean) {
  const targets = rows.map(({ target }) => target);
  const metric = inferMetric(targets);
  const choices = withChoices ? inferChoices(targets) : [];
  const scores = rows.map(({ prediction, target }) =>
    scoreAnswer({ output: prediction, target, metric, choices }),
  );
  const mean = scores.reduce((sum, { score }) => sum + score, 0) / rows.length;
  const unread = scores.filter(({ reason }) => reason === 'format-fail').length;
  return { accuracy: 100 * mean, unread, kind: metric.kind };
}

describe.skipIf(files.length === 0)('accuracy over recorded answers', () => {
  const table: string[] = [];
  afterAll(() => console.info(['ours   published  unread  metric           file', ...table].join('\n')));

  it.each(files)('%s is within half a point of the published accuracy', (file) => {
    const recording = read(file);
    const { accuracy, unread, kind } = accuracyOf(recording, true);
    const published = recording.published.accuracy;
    const columns = [
      accuracy.toFixed(2).padEnd(6),
      published.toFixed(2).padEnd(10),
      String(unread).padEnd(7),
    ];
    table.push([...columns, kind.padEnd(16), file].join(' '));
    expect(Math.abs(accuracy - published)).toBeLessThanOrEqual(0.5);
  });

  it.each(files)('%s does not need to know the choices', (file) => {
    const recording = read(file);
    const { accuracy } = accuracyOf(recording, false);
    expect(Math.abs(accuracy - recording.published.accuracy)).toBeLessThanOrEqual(0.5);
  });

  it.each(files)('%s is read the same where replies end with the line that gives the answer', (file) => {
    const { rows, ...recording } = read(file);
    const cut = rows.map((row) => ({
      ...row,
      prediction: cutReply(row.prediction, { until: 'answer-line' }).text,
    }));
    expect(accuracyOf({ ...recording, rows: cut }, true)).toEqual(accuracyOf({ ...recording, rows }, true));
  });
});
