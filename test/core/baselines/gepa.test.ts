import { describe, expect, it } from 'vitest';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { startPrompt, writesLevels } from '../../fixtures/whole-prompts.ts';

/** A minibatch of all ten training examples: the traces do not depend on the draw. */
function setup(script: Script, options: RunSetup['options'] = {}): RunSetup {
  return {
    method: 'gepa',
    options: { iterations: 1, minibatch: 10, ...options },
    task: tinyTask,
    splits: { ...tinySplits(10, 20), test: [] },
    models: { task: scriptedModel(script) },
    seed: 5,
    userPrompt: startPrompt,
  };
}

describe('GEPA', () => {
  it('takes minibatch + 1 + minibatch calls, and all of validation for a child that does better', async () => {
    const better = await finish(setup(writesLevels([8])));
    expect(better.report.spent).toMatchObject({ optimizerCalls: 1, taskCalls: 20 + 10 + 10 + 20 });
    expect(better.report.bestText).toContain('level 8');
    const equal = await finish(setup(writesLevels([4])));
    expect(equal.report.spent).toMatchObject({ optimizerCalls: 1, taskCalls: 20 + 10 + 10 });
  });

  it('develops the child that is alone on the Pareto front', async () => {
    const finished = await finish(setup(writesLevels([6, 8, 9]), { iterations: 3 }));
    const parents = eventsOf(finished, 'candidate-created').map(({ candidate }) => candidate.parentId);
    expect(parents).toEqual([null, 'c0', 'c1', 'c2']);
  });

  it('skips a minibatch without failures', async () => {
    const { report } = await finish({
      ...setup(writesLevels([12])),
      userPrompt: startPrompt.replace('4', '10'),
    });
    expect(report.spent.optimizerCalls).toBe(0);
    expect(report.stopReason).toBe('no-failures');
  });

  describe('with prompts that are right on different examples', () => {
    /** "even" is right on the even items, "odd" on the odd ones, the start on the first two. */
    const script: Script = ({ purpose, system, prompt, seed }) => {
      if (purpose === 'propose') {
        const rule = /\b(even|odd)\b/.exec(prompt)?.[1] === 'even' ? 'odd' : 'even';
        return `<prompt>Consider ${rule} items in round ${seed} and then say only the answer.</prompt>`;
      }
      const item = Number(/item (\d+)/.exec(prompt)?.[1]);
      const rule = /\b(even|odd)\b/.exec(system)?.[1];
      const isRight = rule === undefined ? item < 2 : (rule === 'even') === (item % 2 === 0);
      return `Answer: ${isRight === (item % 2 === 0) ? 'Yes' : 'No'}`;
    };
    const parentsOf = async (selection: string): Promise<string[]> => {
      const finished = await finish(setup(script, { iterations: 12, selection }));
      return eventsOf(finished, 'candidate-created').flatMap(({ candidate }) => candidate.parentId ?? []);
    };

    it('goes on developing the start too, which alone is right on one example', async () => {
      // c1 (even) is right on 10 of 20, the start on items 0 and 1. A child of c1 (odd) is no better on the
      // minibatch, and a tie is not enough.
      expect(new Set((await parentsOf('pareto')).slice(1))).toEqual(new Set(['c0', 'c1']));
    });

    it('develops only the most accurate one when told so', async () => {
      expect(new Set((await parentsOf('best')).slice(1))).toEqual(new Set(['c1']));
    });
  });
});
