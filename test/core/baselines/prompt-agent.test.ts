import { describe, expect, it } from 'vitest';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { startPrompt, writesLevels } from '../../fixtures/whole-prompts.ts';

const splits = { ...tinySplits(40, 20), test: [] };

function setup(script: Script, options: RunSetup['options'] = {}): RunSetup {
  const models = { task: scriptedModel(script) };
  const given = { iterations: 1, width: 2, depth: 3, minDepth: 1, batch: 4, rewardExamples: 20, ...options };
  return {
    method: 'prompt-agent',
    options: given,
    task: tinyTask,
    splits,
    models,
    seed: 5,
    userPrompt: startPrompt,
  };
}

/** Candidate ids with their parents, as the tree grew. */
async function treeOf(run: RunSetup): Promise<string[]> {
  const created = eventsOf(await finish(run), 'candidate-created');
  return created.map(({ candidate }) => `${candidate.parentId ?? '-'}→${candidate.id}`);
}

describe('PromptAgent', () => {
  it('expands, follows the highest reward and expands again until the depth limit, traced by hand', async () => {
    // Start .2. c1 .25, c2 .3: to c2. c3 .3, c4 .4 (above c2's): early only beyond the least depth, so at c4: stop.
    expect(await treeOf(setup(writesLevels([5, 6, 6, 8, 10])))).toEqual([
      '-→c0',
      'c0→c1',
      'c0→c2',
      'c2→c3',
      'c2→c4',
    ]);
  });

  it('goes down to the depth limit while rewards do not rise', async () => {
    // c2 .5 is the highest; below it .45 and .4 are not early and not below (.2 + .5) / 2.
    const tree = await treeOf(setup(writesLevels([5, 10, 9, 8, 7, 6])));
    expect(tree).toEqual(['-→c0', 'c0→c1', 'c0→c2', 'c2→c3', 'c2→c4', 'c3→c5', 'c3→c6']);
  });

  it('gives up a path below halfway between the root and the parent', async () => {
    // Below c2 .5 the best is .3, which is under .35.
    const tree = await treeOf(setup(writesLevels([5, 10, 6, 5])));
    expect(tree).toEqual(['-→c0', 'c0→c1', 'c0→c2', 'c2→c3', 'c2→c4']);
  });

  it('takes at most width · (batch + 2 + reward examples) calls per expansion', async () => {
    const { report } = await finish(setup(writesLevels([5, 10, 6, 5])));
    const expansions = 2;
    expect(report.spent.optimizerCalls).toBe(expansions * 2 * 2);
    expect(report.spent.taskCalls).toBe(20 + expansions * 2 * (4 + 20));
  });

  it('selects by UCT in the second iteration: the sibling that was not visited', async () => {
    // First: c0 c2 c3 (.2, .5, .3): backed up 1.0, .8, .3. Then c1: .25 + 2.5 √ln 2 = 2.33; c2: .8 + 2.08 = 2.88: c2,
    // whose child c3 has .3 + 2.08 and c4 .25 + 2.08: c3 again, below halfway. It is expanded once and ends the path.
    const tree = await treeOf(setup(writesLevels([5, 10, 6, 5, 3, 2]), { iterations: 2 }));
    expect(tree.slice(5)).toEqual(['c3→c5', 'c3→c6']);
  });

  it('rewards on validation, looks for errors in training examples only', async () => {
    const model = scriptedModel(writesLevels([5, 10]));
    const finished = await finish({ ...setup(writesLevels([])), models: { task: model } });
    const shown = eventsOf(finished, 'failures-shown').flatMap(({ failures }) => failures);
    expect(shown.every(({ exampleId }) => exampleId.startsWith('train'))).toBe(true);
    const asked = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(asked.some(({ prompt }) => prompt.includes('validation item'))).toBe(false);
  });

  it('asks why all went well when a batch has no errors', async () => {
    const model = scriptedModel(writesLevels([45]));
    await finish({
      ...setup(writesLevels([])),
      models: { task: model },
      userPrompt: startPrompt.replace('4', '40'),
    });
    const [first] = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(first?.prompt).toContain('all of these inputs right');
  });

  it('shows the prompts on the way from the root when it rewrites', async () => {
    const model = scriptedModel(writesLevels([5, 10, 9, 8, 7, 6]));
    await finish({ ...setup(writesLevels([])), models: { task: model } });
    const last = model.requests.findLast(({ purpose }) => purpose === 'propose');
    const versions = last?.prompt.split('\n').filter((line) => line.startsWith('- ')) ?? [];
    expect(versions.map((line) => /level (\d+)/.exec(line)?.[1])).toEqual(['4', '10']);
  });

  it('has no child from an unusable reply', async () => {
    const { report } = await finish(setup(() => 'Answer: Yes'));
    expect(report.bestText).toBe(startPrompt);
    expect(report.steps).toBe(1);
  });
});
