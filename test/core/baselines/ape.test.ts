import { describe, expect, it } from 'vitest';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { startPrompt, writesLevels } from '../../fixtures/whole-prompts.ts';

/** 20 validation examples; no test split, so that only the search is counted. */
const splits = { ...tinySplits(10, 20), test: [] };

function setup(script: Script, options: RunSetup['options'] = {}): RunSetup {
  const models = { task: scriptedModel(script) };
  return { method: 'ape', options, task: tinyTask, splits, models, seed: 5, userPrompt: startPrompt };
}

const small = { exemplarSets: 2, promptsPerSet: 2, firstRung: 2, rungs: 2 };

describe('APE', () => {
  it('takes S·G optimizer calls and the evaluations of its rungs, besides start and winner on validation', async () => {
    const { report } = await finish(setup(writesLevels([5, 15, 9, 7]), small));
    expect(report.spent.optimizerCalls).toBe(2 * 2);
    const rungs = 4 * 2 + 2 * 2;
    expect(report.spent.taskCalls).toBe(20 + rungs + (20 - 4)); // the winner's first 4 are known
  });

  it('takes 16 optimizer calls and 256 evaluations with the browser defaults', async () => {
    const finished = await finish({
      ...setup(writesLevels([5, 15, 9, 7])),
      splits: { ...tinySplits(10, 60), test: [] },
    });
    expect(finished.report.spent.optimizerCalls).toBe(16);
    expect(finished.report.spent.taskCalls).toBe(60 + 256 + (60 - 32));
  });

  it('returns the prompt with the highest execution accuracy', async () => {
    const { report } = await finish(setup(writesLevels([5, 15, 9, 7]), { ...small, scoring: 'full' }));
    expect(report.bestText).toContain('level 15');
    expect(report.spent.taskCalls).toBe(20 + 4 * 20);
  });

  it('scores rounds × prompts × examples under UCB, the known ones for free', async () => {
    const options = { ...small, scoring: 'ucb', ucbRounds: 3, ucbPrompts: 2, ucbExamples: 4 };
    const finished = await finish(setup(writesLevels([5, 15, 9, 7]), options));
    const pulls = eventsOf(finished, 'evaluation-started').filter(({ planned }) => planned === 4);
    expect(pulls).toHaveLength(3 * 2);
  });

  it('keeps the start when nothing it generates is better', async () => {
    const { report } = await finish(setup(writesLevels([1]), small));
    expect(report.bestText).toBe(startPrompt);
    expect(report.candidatesAccepted).toBe(0);
  });

  it('paraphrases the best tenth in every further round', async () => {
    const model = scriptedModel(writesLevels([5, 9, 7, 6, 12]));
    const options = { ...small, resamplingRounds: 1, paraphrases: 3, scoring: 'full' };
    const { report, events } = await finish({ ...setup(writesLevels([]), options), models: { task: model } });
    expect(report.spent.optimizerCalls).toBe(4 + 3);
    const paraphrased = eventsOf({ events }, 'candidate-created').filter(({ candidate }) =>
      candidate.origin.note?.startsWith('paraphrase'),
    );
    expect(new Set(paraphrased.map(({ candidate }) => candidate.parentId)).size).toBe(1);
    expect(report.bestText).toContain('level 12');
  });

  it('shows training examples to the optimizer model and nothing else of the data', async () => {
    const model = scriptedModel(writesLevels([5, 15]));
    await finish({ ...setup(writesLevels([]), small), models: { task: model } });
    const asked = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(asked.every(({ prompt }) => prompt.includes('train item'))).toBe(true);
    expect(asked.some(({ prompt }) => prompt.includes('validation item'))).toBe(false);
  });

  it('says so when no reply is usable', async () => {
    const { report } = await finish(setup(() => 'Answer: Yes', small));
    expect(report.stopReason).toBe('no-usable-proposal');
    expect(report.rejectedProposals).toBe(4);
  });
});
