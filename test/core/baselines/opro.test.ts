import { describe, expect, it } from 'vitest';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { startPrompt, writesLevels } from '../../fixtures/whole-prompts.ts';

function setup(script: Script, options: RunSetup['options'] = {}): RunSetup {
  return {
    method: 'opro',
    options: { steps: 2, samples: 2, scoreExamples: 10, validateEvery: 2, ...options },
    task: tinyTask,
    splits: { ...tinySplits(10, 20), test: [] },
    models: { task: scriptedModel(script) },
    seed: 5,
    userPrompt: startPrompt,
  };
}

describe('OPRO', () => {
  it('takes the samples of every step, scores each on training, and looks at validation when it is due', async () => {
    const { report } = await finish(setup(writesLevels([5, 9, 7, 10])));
    expect(report.spent.optimizerCalls).toBe(2 * 2);
    expect(report.spent.taskCalls).toBe(20 + 10 + 4 * 10 + 20);
    expect(report.bestText).toContain('level 10');
  });

  it('shows earlier prompts with their scores, worst first, the best in full', async () => {
    const model = scriptedModel(writesLevels([7, 5, 9]));
    await finish({ ...setup(writesLevels([])), models: { task: model } });
    const last = model.requests.findLast(({ purpose }) => purpose === 'propose')?.prompt ?? '';
    const shown = [...last.matchAll(/level (\d+)/g)].map((match) => match[1]);
    expect(shown).toEqual(['4', '5', '7']);
    expect([...last.matchAll(/score (\d+)/g)].map((match) => match[1])).toEqual(['40', '50']);
    expect(last).toContain('highest score so far, 70:');
  });

  it('leaves the worst out when the context window is too small for all', async () => {
    const levelsShown = async (contextWindow: number) => {
      const model = scriptedModel(writesLevels([7, 5, 9]), { contextWindow });
      await finish({ ...setup(writesLevels([])), models: { task: model } });
      const last = model.requests.findLast(({ purpose }) => purpose === 'propose');
      const { system = '', prompt = '', maxTokens = 0 } = last ?? {};
      const levels = [...prompt.matchAll(/level (\d+)/g)].map((match) => match[1]);
      return { levels, tokens: (system + prompt).length / 4 + maxTokens };
    };
    const { tokens } = await levelsShown(4096);
    expect((await levelsShown(Math.floor(tokens) + 30)).levels).toEqual(['7']); // 64 tokens are kept for the chat template
  });
});
