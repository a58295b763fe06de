import { describe, expect, it } from 'vitest';
import { answerRequest } from '../../src/core/evaluate/answer-request.ts';
import { scoreAnswer } from '../../src/core/evaluate/score-answer.ts';
import { joinPrompt } from '../../src/core/prompt/split.ts';
import type { RunSetup } from '../../src/core/run/run.ts';
import { gateThresholds } from '../../src/core/stats/gate-rule.ts';
import { mcnemarOneSided } from '../../src/core/stats/mcnemar.ts';
import type { Sentence } from '../../src/core/types.ts';
import { finish, withoutCounts, type Finished } from '../fixtures/collect.ts';
import { everyMethod, smallRun } from '../fixtures/every-method.ts';
import { answerByLevel } from '../fixtures/tiny-task.ts';

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

async function bothWays(setup: () => RunSetup): Promise<{ fast: Finished; naive: Finished }> {
  return { fast: await finish(setup()), naive: await finish({ ...setup(), scheduling: 'naive' }) };
}

describe.each(everyMethod)('%s', { timeout: 120_000 }, (method) => {
  it('I9: decides the same, word for word, when every example is asked every time, with 50 seeds', async () => {
    for (const seed of seeds) {
      const { fast, naive } = await bothWays(() => smallRun(method, { seed }));
      expect(fast.events.map(withoutCounts).join('\n')).toBe(naive.events.map(withoutCounts).join('\n'));
      expect(fast.report.spent.optimizerCalls).toBe(naive.report.spent.optimizerCalls);
      expect(fast.report.spent.taskCalls).toBeLessThanOrEqual(naive.report.spent.taskCalls);
      expect(naive.report.spent.reused).toBe(0);
    }
  });
});

/** Whether a prompt answers each validation example rightly, asked of the model without any run. */
function rightAnswers({ task, splits }: RunSetup, sentences: readonly Sentence[]): boolean[] {
  return splits.validation.map((example) => {
    const output = answerByLevel(answerRequest(task, joinPrompt(sentences), example));
    return scoreAnswer({ output, target: example.target, metric: task.metric, choices: task.choices })
      .correct;
  });
}

interface Decided {
  readonly told: boolean;
  readonly inFull: boolean;
}

/** Every decision of the gate beside the one that all outcomes of both prompts give. */
function decisionsOf(setup: RunSetup, { events }: Finished, minGain: number): Decided[] {
  const prompts = new Map<string, readonly Sentence[]>();
  let incumbent: boolean[] = [];
  return events.flatMap(({ event }) => {
    if (event.type === 'candidate-created') prompts.set(event.candidate.id, event.candidate.sentences);
    if (event.type === 'incumbent-changed')
      incumbent = rightAnswers(setup, prompts.get(event.candidateId) ?? []);
    if (event.type !== 'gate-decided' || event.gate !== 'validation') return [];
    const candidate = rightAnswers(setup, prompts.get(event.candidateId) ?? []);
    const wins = candidate.filter((isRight, index) => isRight && !incumbent[index]).length;
    const losses = candidate.filter((isRight, index) => !isRight && incumbent[index]).length;
    const wrong = incumbent.filter((isRight) => !isRight).length;
    const least = gateThresholds({ rule: 'exact', minGain, level: 0.05 }, wrong, incumbent.length);
    const isSure = mcnemarOneSided(wins, losses) <= 0.05 + 1e-9;
    return [{ told: event.verdict === 'accepted', inFull: wins - losses >= least.gain && isSure }];
  });
}

describe('dual-phase', { timeout: 120_000 }, () => {
  it('I10: accepts what all outcomes of the validation split would accept, and nothing else', async () => {
    const minGain = 0.1;
    const decided: Decided[] = [];
    for (const seed of seeds) {
      const small = smallRun('dual-phase', { seed });
      const setup = {
        ...small,
        options: { ...small.options, validationGain: minGain, level: 0.05, gate: 'curtailed' },
      };
      decided.push(...decisionsOf(setup, await finish(setup), minGain));
    }
    expect(decided.map(({ told }) => told)).toEqual(decided.map(({ inFull }) => inFull));
    expect(new Set(decided.map(({ told }) => told)).size).toBe(2); // both kinds came up
  });
});
