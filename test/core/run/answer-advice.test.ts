import { describe, expect, it } from 'vitest';
import type { Completion, LanguageModel } from '../../../src/core/language-model.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { smallRun } from '../../fixtures/every-method.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';

/** Answers the task with this, and every request for a text with nothing of use. */
function answering(text: string, finishReason: Completion['finishReason'] = 'stop'): LanguageModel {
  const model = scriptedModel(({ purpose }) => (purpose === 'answer' ? text : 'Sure!'));
  return {
    ...model,
    complete: async (request, cancel) => ({ ...(await model.complete(request, cancel)), finishReason }),
  };
}

async function warningsOf(task: LanguageModel): Promise<readonly string[]> {
  const finished = await finish(smallRun('dual-phase', { models: { task } }));
  const said = eventsOf(finished, 'notice').flatMap(({ level, text }) => (level === 'warning' ? [text] : []));
  expect(finished.report.warnings ?? []).toEqual(said);
  return said;
}

describe('a run in which no answer can be read', () => {
  it('says early that replies break off, and does not blame whoever rewrites', async () => {
    const warnings = await warningsOf(answering('<think>Let me see, the item', 'length'));
    expect(warnings).toContainEqual(expect.stringMatching(/^None of the first 8 replies got to an answer/));
    expect(warnings.join(' ')).not.toContain('optimizer model');
  });

  it('says that replies are empty', async () => {
    expect(await warningsOf(answering(''))).toContain(
      'The first 8 replies were empty. Check the model, or choose another one.',
    );
  });

  it('says nothing of the kind where answers are read and wrong', async () => {
    const warnings = await warningsOf(answering('The answer is no.'));
    expect(warnings.filter((text) => /first 8/.test(text))).toEqual([]);
  });
});
