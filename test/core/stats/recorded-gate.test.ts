import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inferChoices, inferMetric } from '../../../src/core/evaluate/infer-metric.ts';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import { createRandom } from '../../../src/core/random.ts';
import { planGate } from '../../../src/core/stats/curtailed-gate.ts';
import type { GateSettings } from '../../../src/core/stats/gate-rule.ts';
import { mcnemarOneSided } from '../../../src/core/stats/mcnemar.ts';

/**
 * A real model's answers with two prompts per task: the gate that stops early must decide as the whole comparison
 * does. The data are not part of the project: without the folder these tests are skipped.
 */
interface Recording {
  readonly task: string;
  readonly variant: string;
  readonly rows: readonly {
    readonly question: string;
    readonly prediction: string;
    readonly target: string;
  }[];
}

const root = join(import.meta.dirname, '../../..');
const folder = join(process.env['SENTENTIAL_SHARED'] ?? join(root, '../shared/data'), 'llm-outputs');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
if (files.length === 0) console.info(`Skipped: no recorded answers in ${folder}.`);

const recordings = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording);

/** Without what differs between the variants. */
const questionsOf = ({ rows }: Recording): string[] =>
  rows.map(({ question }) => question.replace(/\s*Let's think step by step\.\s*$/, '').trim());

function outcomesOf({ rows }: Recording): boolean[] {
  const targets = rows.map(({ target }) => target);
  const metric = inferMetric(targets);
  const choices = inferChoices(targets);
  return rows.map(
    ({ prediction, target }) => scoreAnswer({ output: prediction, target, metric, choices }).correct,
  );
}

/** Validation sets of the sizes that runs have, cut from the whole in order. */
function* windowsOf(length: number): Generator<readonly [number, number]> {
  for (const size of [20, 50, 100, length])
    for (let from = 0; from + size <= length; from += size) yield [from, from + size];
}

/** From all outcomes at once, as the rules are stated. */
function fullDecision(
  incumbent: readonly boolean[],
  candidate: readonly boolean[],
  { rule, minGain, level }: GateSettings,
): boolean {
  const n = incumbent.length;
  const wrong = incumbent.filter((isRight) => !isRight).length;
  const wins = incumbent.filter((isRight, i) => !isRight && candidate[i] === true).length;
  const losses = incumbent.filter((isRight, i) => isRight && candidate[i] === false).length;
  const gain = (wins - losses) / n;
  if (rule === 'plain') return gain > 0 && (wrong / n <= minGain + 1e-9 || gain >= minGain - 1e-9);
  const asked = Math.max(Math.min(minGain, wrong / n / 2), 1 / n);
  return gain >= asked - 1e-9 && mcnemarOneSided(wins, losses) <= level + 1e-12;
}

const pairs = recordings.flatMap((incumbent) =>
  recordings
    .filter(({ task, variant }) => task === incumbent.task && variant !== incumbent.variant)
    .map((candidate) => ({ incumbent, candidate })),
);

describe.skipIf(files.length === 0)('the curtailed gate on recorded answers', () => {
  const table: string[] = [];
  const total = { asked: 0, planned: 0 };
  afterAll(() => {
    const saved = ((1 - total.asked / total.planned) * 100).toFixed(1);
    const head = 'rule   decisions  accepted  calls saved  pair';
    console.info([head, ...table, `All in all ${saved} % of the calls were saved.`].join('\n'));
  });

  it.each(
    pairs.flatMap(({ incumbent, candidate }) =>
      (['exact', 'plain'] as const).map((rule) => ({
        rule,
        incumbent,
        candidate,
        name: `${incumbent.task}: ${incumbent.variant} against ${candidate.variant}`,
      })),
    ),
  )('decides as the full comparison: $name, $rule rule', ({ rule, incumbent, candidate, name }) => {
    const settings: GateSettings = { rule, minGain: 0.1, level: 0.05 };
    const [before, after] = [outcomesOf(incumbent), outcomesOf(candidate)];
    expect(questionsOf(candidate)).toEqual(questionsOf(incumbent));
    let [decisions, accepted, asked, planned] = [0, 0, 0, 0];
    for (const [from, to] of windowsOf(before.length)) {
      const [old, now] = [before.slice(from, to), after.slice(from, to)];
      const { order, gate } = planGate(old, settings, createRandom(from));
      for (const index of order) gate.observe(old[index] === true, now[index] === true);
      expect(gate.verdict === 'accepted').toBe(fullDecision(old, now, settings));
      decisions += 1;
      accepted += gate.verdict === 'accepted' ? 1 : 0;
      asked += gate.asked;
      planned += gate.planned;
    }
    total.asked += asked;
    total.planned += planned;
    const saved = `${((1 - asked / planned) * 100).toFixed(1)} %`;
    table.push(
      [rule.padEnd(6), String(decisions).padEnd(10), String(accepted).padEnd(9), saved.padEnd(12), name].join(
        ' ',
      ),
    );
  });
});
