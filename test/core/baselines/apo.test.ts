import { describe, expect, it } from 'vitest';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { startPrompt, writesLevels } from '../../fixtures/whole-prompts.ts';

const splits = { ...tinySplits(10, 20), test: [] };
/** One round with one parent; every candidate on all ten training examples. */
const oneRound = {
  rounds: 1,
  beam: 1,
  minibatch: 10,
  gradients: 2,
  paraphrases: 1,
  expansion: 10,
  evaluator: 'bf',
  evaluations: 100,
};

function setup(script: Script, options: RunSetup['options'] = {}): RunSetup {
  const models = { task: scriptedModel(script) };
  const given = { ...oneRound, ...options };
  return { method: 'apo', options: given, task: tinyTask, splits, models, seed: 5, userPrompt: startPrompt };
}

describe('APO', () => {
  it.each([
    { gradients: 2, reasonsPerGradient: 1, editsPerReason: 1, paraphrases: 1 },
    { gradients: 1, reasonsPerGradient: 2, editsPerReason: 2, paraphrases: 2 },
    { gradients: 3, reasonsPerGradient: 1, editsPerReason: 1, paraphrases: 0 },
  ])('takes g·q + g·q·s + c(g·q·s + 1) optimizer calls per parent: %j', async (options) => {
    const { gradients: g, reasonsPerGradient: q, editsPerReason: s, paraphrases: c } = options;
    const { report } = await finish(setup(writesLevels([5, 6, 7, 8]), options));
    expect(report.spent.optimizerCalls).toBe(g * q + g * q * s + c * (g * q * s + 1));
  });

  it('takes 14 optimizer calls in a round of two parents with the browser defaults', async () => {
    const browser = { rounds: 2, beam: 2, gradients: 2, paraphrases: 1, expansion: 4 };
    const { report } = await finish(setup(writesLevels([5, 6, 7, 8]), browser));
    expect(report.spent.optimizerCalls).toBe(7 + 14); // one parent in the first round
  });

  it('scores every candidate on min(|T|, B / candidates) common training examples by brute force', async () => {
    // 2 edits + 3 paraphrases + the parent = 6 candidates; 24 / 6 = 4 examples each.
    const finished = await finish(setup(writesLevels([5, 6, 7, 8]), { evaluations: 24 }));
    const scored = eventsOf(finished, 'evaluation-started').filter(({ why }) => why.startsWith('Comparing'));
    expect(scored.map(({ planned, split }) => `${planned} ${split}`)).toEqual(Array(6).fill('4 train'));
  });

  it('puts reasons in words between errors and edits', async () => {
    const model = scriptedModel(writesLevels([5]));
    await finish({ ...setup(writesLevels([])), models: { task: model } });
    const [first, second] = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(first?.prompt).toMatch(/Expected: (Yes|No)\nGot: (Yes|No)/);
    expect(second?.prompt).toContain('The level is too low for such items.');
  });

  it('returns the best of the beam when validation agrees', async () => {
    const { report } = await finish(setup(writesLevels([5, 15, 9, 7])));
    expect(report.bestText).toContain('level 15');
    expect(report.stopReason).toBe('steps-done');
  });

  it('keeps the parent in the beam: worse edits do not displace it', async () => {
    const { report } = await finish(setup(writesLevels([1])));
    expect(report.bestText).toBe(startPrompt);
    expect(report.candidatesTested).toBe(0);
  });

  it('takes X of the new prompts by lot, or the best X on the errors', async () => {
    const levels = [5, 6, 7, 8, 10];
    const byLot = await finish(setup(writesLevels(levels), { expansion: 2 }));
    const compared = eventsOf(byLot, 'evaluation-started').filter(
      ({ split, why }) => split === 'train' && why.startsWith('Comparing'),
    );
    expect(compared).toHaveLength(2 + 1);
    const byErrors = await finish(setup(writesLevels(levels), { expansion: 3, rejectOnErrors: true }));
    expect(byErrors.report.bestText).toContain('level 10');
  });

  it.each(['ucb', 'ucb-e', 'sr', 's-sr', 'sh', 'bf'])(
    'finds the best prompt with the evaluator %s',
    async (evaluator) => {
      const { report } = await finish(
        setup(writesLevels([5, 6, 7, 10, 6]), { evaluator, ucbExamples: 10, ucbRounds: 8 }),
      );
      expect(report.bestText).toContain('level 10');
    },
  );

  it('asks only for paraphrases when the minibatch has no errors', async () => {
    const { report } = await finish({
      ...setup(writesLevels([12])),
      userPrompt: startPrompt.replace('4', '10'),
    });
    expect(report.spent.optimizerCalls).toBe(1);
  });
});
