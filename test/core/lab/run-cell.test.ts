import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import type { Variant } from '../../../src/core/lab/design.ts';
import { runCell } from '../../../src/core/lab/run-cell.ts';
import { createMemoryStore } from '../../../src/core/run/recorder.ts';
import { unlimited } from '../../../src/core/run/meter.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const cell = { key: 'k', task: 't', variant: 'v', seed: 1 };
const asIs: Variant = { id: 'v', title: 'V', method: 'start-only', options: {}, start: 'plain' };
const dualPhase: Variant = {
  id: 'v',
  title: 'V',
  method: 'dual-phase',
  options: { drafts: 1, steps: 1, attempts: 2, rewritesPerAttempt: 1, validationGain: 0.01 },
  start: 'own',
};

/** Drafts a prompt of level 2; rewrites a sentence into one of level 9. */
const model = () =>
  scriptedModel((request) => {
    if (request.purpose === 'answer') return answerByLevel(request);
    return request.prompt.includes('<sentence>')
      ? '<sentence>Answer up to level 15 with great care.</sentence>'
      : '<prompt>###Task type###\nYou answer short questions at level 2.</prompt>';
  });

function setup(change: Partial<RunSetup> = {}): RunSetup {
  return {
    method: 'ape', // the variant says otherwise
    task: tinyTask,
    splits: tinySplits(),
    models: { task: model() },
    seed: 99,
    budget: { ...unlimited, calls: 200 },
    ...change,
  };
}

describe('a run of an experiment', () => {
  it('scores what became the best on the test examples and does not charge for it', async () => {
    const task = model();
    const result = await runCell({ cell, variant: asIs, setup: setup({ models: { task } }) });
    // 20 validation examples are charged, 10 test examples are not.
    expect(result).toMatchObject({ spent: { calls: 20 }, testExamples: 10, points: [{ accuracy: 0 }] });
    expect(task.requests).toHaveLength(30);
  });

  it('has a point for every prompt that became the best, at what was spent by then', async () => {
    const result = await runCell({ cell, variant: dualPhase, setup: setup() });
    expect(result.points.map(({ accuracy }) => accuracy)).toEqual([0.2, 1]);
    expect(result.points[0]?.calls).toBeLessThan(result.points[1]?.calls ?? 0);
    expect(result.prompt).toContain('level 15');
    expect(result.steps).toBe(1);
  });

  it('can start any method from the first prompt of phase 1, whose cost is charged', async () => {
    const fromPhaseOne: Variant = { ...asIs, start: 'phase-1' };
    const result = await runCell({ cell, variant: fromPhaseOne, setup: setup() });
    expect(result.prompt).toContain('level 2');
    // Three drafts, of which two are dropped as the same text, so nothing is compared; then 20 validation examples.
    expect(result.spent.calls).toBe(23);
    expect(result.points[0]?.calls).toBe(23);
  });

  it('shows no test example to the method', async () => {
    const task = model();
    await runCell({ cell, variant: dualPhase, setup: setup({ models: { task } }) });
    const proposals = task.requests.filter(({ purpose }) => purpose === 'propose');
    expect(proposals.length).toBeGreaterThan(1);
    expect(proposals.filter(({ prompt }) => prompt.includes('test item'))).toEqual([]);
  });

  it('asks nothing again when it is repeated on the same store, and ends the same', async () => {
    const store = createMemoryStore();
    const first = await runCell({ cell, variant: dualPhase, setup: setup({ store }) });
    const again = model();
    const second = await runCell({
      cell,
      variant: dualPhase,
      setup: setup({ store, models: { task: again } }),
    });
    expect(again.requests).toHaveLength(0);
    expect(second).toEqual(first);
  });

  it('counts as no prompt at all when the budget is spent before the first score', async () => {
    const budget = { ...unlimited, calls: 5 };
    const result = await runCell({ cell, variant: dualPhase, setup: setup({ budget }) });
    expect(result).toMatchObject({ points: [], prompt: '', stopReason: 'budget' });
  });

  it('is abandoned on request, without a result', async () => {
    const source = createCancelSource();
    const run = runCell({
      cell,
      variant: dualPhase,
      setup: setup({ cancel: source.token }),
      onSpent: () => source.cancel(),
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('needs test examples, and says so', async () => {
    const run = runCell({ cell, variant: asIs, setup: setup({ splits: tinySplits(10, 20, 0) }) });
    await expect(run).rejects.toThrow('too few for a test split');
  });
});
