import { describe, expect, it } from 'vitest';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { startPrompt } from '../../fixtures/whole-prompts.ts';

function setup(method: RunSetup['method'], script: Script = answerByLevel): RunSetup {
  const models = { task: scriptedModel(script) };
  const splits = { ...tinySplits(10, 20), test: [] };
  return { method, task: tinyTask, splits, models, seed: 5, userPrompt: startPrompt };
}

describe('the plain rivals', () => {
  it('measure the prompt as it is', async () => {
    const { report } = await finish(setup('start-only'));
    expect(report.spent).toMatchObject({ optimizerCalls: 0, taskCalls: 20 });
    expect(report.bestText).toBe(startPrompt);
  });

  it('keep the start when the generic advice does not beat it', async () => {
    const { report } = await finish(setup('step-by-step'));
    expect(report.bestText).toBe(startPrompt);
    expect(report.spent).toMatchObject({ optimizerCalls: 0, taskCalls: 40 });
  });

  it('take the generic advice where it helps', async () => {
    const thinks: Script = (request) =>
      answerByLevel({ ...request, system: request.system.replace('step by step', 'level 9') });
    const { report } = await finish(setup('step-by-step', thinks));
    expect(report.bestText).toContain('step by step');
  });

  it('show training examples below the prompt', async () => {
    const learns: Script = (request) =>
      request.system.includes('Output:')
        ? answerByLevel({ ...request, system: 'level 18' })
        : answerByLevel(request);
    const { report } = await finish(setup('few-shot', learns));
    expect(report.bestText.startsWith(startPrompt)).toBe(true);
    expect([...report.bestText.matchAll(/Input: train item \d+\nOutput: (?:Yes|No)/g)]).toHaveLength(4);
  });

  it('show them above a prompt that ends in its input', async () => {
    const model = scriptedModel((request) =>
      request.system.includes('Output:')
        ? answerByLevel({ ...request, system: 'level 18' })
        : answerByLevel(request),
    );
    const userPrompt = 'Decide with level 4.\n{{input}}';
    const { report } = await finish({ ...setup('few-shot'), models: { task: model }, userPrompt });
    expect(report.bestText.endsWith(userPrompt)).toBe(true);
    expect(model.requests.at(-1)?.prompt).toMatch(/^validation item \d+$/);
  });
});
