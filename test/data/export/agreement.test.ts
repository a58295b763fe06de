import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { extractAnswer } from '../../../src/core/evaluate/extract-answer.ts';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import { dspyMetric } from '../../../src/data/export/dspy-metric.ts';
import { chattyReplies, type ChattyReplies } from './chatty-replies.ts';
import { configOf, passes } from './promptfoo-run.ts';
import { hasPython, verdicts } from './python-run.ts';
import { resultWith } from './sample-result.ts';

/** What the exports say of a reply, and what the run says, for every target. */
interface Compared {
  readonly kind: string;
  readonly reply: string;
  readonly run: readonly boolean[];
  readonly exported: readonly boolean[];
}

function isRight({ metric, choices }: ChattyReplies, output: string, target: string): boolean {
  if (metric.kind !== 'javascript') return scoreAnswer({ output, target, metric, choices }).correct;
  const answer = extractAnswer(output, metric).answer ?? '';
  return Number(runInNewContext(metric.code, { output, answer, target })) >= (metric.solvedFrom ?? 1);
}

const kindOf = ({ metric }: ChattyReplies): string => metric.kind;

function compare(
  group: ChattyReplies,
  exported: (reply: number, target: number) => boolean,
): readonly Compared[] {
  return group.replies.map((reply, place) => ({
    kind: kindOf(group),
    reply,
    run: group.targets.map((target) => isRight(group, reply, target)),
    exported: group.targets.map((_, index) => exported(place, index)),
  }));
}

/** What breaks readers: nothing, halves of everything, and the marks alone. */
const brokenReplies = [
  '',
  ' \n ',
  'Answer:',
  'Answer: .',
  'the answer is',
  '<think>',
  '</think>',
  '<answer>',
  '<answer></answer>',
  '\\boxed{',
  '\\boxed{}',
  '####',
  '#### ',
  '```',
  '{',
  '{"answer":',
  '{"answer": ""}',
  '""',
  '**',
  '- ',
  'Note: nothing.',
  'Let me know if you need any help.',
  '(',
  ') or (',
  '/',
  '1/0',
  'or or or',
  'not',
  '\u2028',
  '🙂',
];

function inPromptfoo(group: ChattyReplies): readonly Compared[] {
  const examples = group.targets.map((target, index) => ({ id: `${index}`, input: 'q', target }));
  const config = configOf(resultWith({ examples, metric: group.metric, choices: group.choices }));
  return compare(group, (reply, target) => passes(config, group.replies[reply] ?? '', target));
}

function inDspy(groups: readonly ChattyReplies[]): readonly Compared[] {
  const expressible = groups.flatMap((group) => {
    const { task } = resultWith({ metric: group.metric, choices: group.choices });
    const code = dspyMetric(task);
    return code === null ? [] : [{ group, code }];
  });
  const asked = expressible.flatMap(({ group: { targets, replies }, code }) =>
    targets.map((target) => ({ code, target, alternatives: [], replies })),
  );
  const given = verdicts(asked);
  let from = 0;
  return expressible.flatMap(({ group }) => {
    const own = given.slice(from, (from += group.targets.length));
    return compare(group, (reply, target) => own[target]?.[reply] ?? false);
  });
}

const agrees = ({ run, exported }: Compared): boolean => run.every((said, index) => said === exported[index]);

function tableOf(name: string, all: readonly Compared[]): string {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  const counts = kinds.map((kind) => {
    const own = all.filter((one) => one.kind === kind);
    return `${kind} ${own.filter(agrees).length}/${own.length}`;
  });
  const others = all.filter((one) => !agrees(one));
  return [
    `${name}: ${all.length - others.length} of ${all.length} replies are read as in the run`,
    `  ${counts.join(', ')}`,
    ...others.map(({ kind, reply, run, exported }) => `  ${JSON.stringify({ kind, reply, run, exported })}`),
  ].join('\n');
}

/** The share of replies that are right and wrong for the same targets. */
const shareOf = (all: readonly Compared[]): number => all.filter(agrees).length / all.length;

function expectAgreement(all: readonly Compared[]): void {
  expect(shareOf(all)).toBeGreaterThanOrEqual(0.97);
  for (const kind of new Set(all.map((one) => one.kind)))
    expect({ kind, share: shareOf(all.filter((one) => one.kind === kind)) }).toSatisfy(
      ({ share }: { share: number }) => share >= 0.95,
    );
}

describe('chatty replies', () => {
  const tables: string[] = [];
  afterAll(() => console.info(tables.join('\n')));

  it('are many, and each kind has some that are right and some that are wrong', () => {
    expect(chattyReplies.flatMap(({ replies }) => replies).length).toBeGreaterThan(300);
    for (const group of chattyReplies) {
      const said = group.replies.flatMap((reply) =>
        group.targets.map((target) => isRight(group, reply, target)),
      );
      expect({ kind: kindOf(group), said: new Set(said) }).toEqual({
        kind: kindOf(group),
        said: new Set([true, false]),
      });
    }
  });

  it('are read by the promptfoo configuration as by the run', () => {
    const all = chattyReplies.flatMap(inPromptfoo);
    tables.push(tableOf('promptfoo', all));
    expectAgreement(all);
  });

  it.skipIf(!hasPython)('are read by the metric for DSPy as by the run (skipped without python3)', () => {
    const all = inDspy(chattyReplies);
    tables.push(tableOf('DSPy', all));
    expectAgreement(all);
  });

  it('are none that break what is exported', () => {
    const groups = chattyReplies.map((group) => ({ ...group, replies: brokenReplies }));
    const all = [...groups.flatMap(inPromptfoo), ...(hasPython ? inDspy(groups) : [])];
    expect(all.filter((one) => !agrees(one))).toEqual([]);
  });
});
