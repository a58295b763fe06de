import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { unlimited } from '../../../src/core/run/meter.ts';
import { createMemoryStore } from '../../../src/core/run/recorder.ts';
import { runOptimizer, type RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const userPrompt = 'Answer the question with level 4. Think about it first. Say only the answer.';
let rewrites = 0;

/** Each rewrite states a higher level than the last. */
function script(request: CompletionRequest): string {
  if (request.purpose === 'answer') return answerByLevel(request);
  const level = 8 + (request.seed % 12);
  rewrites += 1;
  return `<sentence>Answer every question carefully with level ${level} of attention.</sentence>`;
}

function setup(more: Partial<RunSetup> = {}, concurrency = 1): RunSetup {
  return {
    method: 'dual-phase',
    task: tinyTask,
    splits: tinySplits(),
    models: { task: scriptedModel(script, { concurrency }) },
    seed: 3,
    userPrompt,
    ...more,
  };
}

describe('a run', () => {
  it('improves the prompt of the person and reports what it measured', async () => {
    const { report, events } = await finish(setup());
    expect(report.startText).toBe(userPrompt);
    expect(report.evaluations.startValidation.accuracy).toBeCloseTo(4 / 20);
    expect(report.evaluations.bestValidation.accuracy).toBeGreaterThan(0.3);
    expect(report.best.id).not.toBe(report.start.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(rewrites).toBeGreaterThan(0);
  });

  it('is the same for the same setup, event by event', async () => {
    const first = await finish(setup());
    const second = await finish(setup());
    expect(second.events).toEqual(first.events);
  });

  it('does not depend on how many requests are in flight', async () => {
    const one = await finish(setup());
    const eight = await finish(setup({}, 8));
    expect(eight.events).toEqual(one.events);
  });

  it('keeps as many requests in flight as the model allows', async () => {
    const model = scriptedModel(async (request) => Promise.resolve(script(request)), { concurrency: 8 });
    await finish(setup({ models: { task: model } }));
    expect(model.busiest).toBe(8);
  });

  it('never asks the same thing twice', async () => {
    const model = scriptedModel(script);
    await finish(setup({ models: { task: model } }));
    const asked = model.requests.map((request) => JSON.stringify(request));
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('looks at the test examples only after the search', async () => {
    const { events } = await finish(setup());
    const phase = events.findIndex(
      ({ event }) => event.type === 'phase-started' && event.phase === 'confirmation',
    );
    const firstTest = events.findIndex(
      ({ event }) => event.type === 'evaluation-started' && event.split === 'test',
    );
    expect(firstTest).toBeGreaterThan(phase);
  });

  it('names what is wrong with an option before it asks anything', async () => {
    const model = scriptedModel(script);
    const run = finish(setup({ models: { task: model }, options: { steps: 0 } }));
    await expect(run).rejects.toThrow(/Expected steps to be a whole number from 1 to 50, got 0/);
    expect(model.requests).toHaveLength(0);
  });
});

describe('a resumed run', () => {
  it.each([1, 17, 40, 61])(
    'interrupted after %i calls ends like the uninterrupted one and repeats none',
    async (calls) => {
      const whole = await finish(setup());
      const store = createMemoryStore();
      let left = calls;
      const dying = scriptedModel((request) => {
        left -= 1;
        if (left < 0) throw new AppError('device-lost', 'The graphics device was lost.');
        return script(request);
      });
      await expect(finish(setup({ models: { task: dying }, store }))).rejects.toThrow('graphics device');

      const model = scriptedModel(script);
      const resumed = await finish(setup({ models: { task: model }, store }));
      expect(resumed.events).toEqual(whole.events);
      const before = dying.requests.slice(0, calls).map((request) => JSON.stringify(request));
      const after = new Set(model.requests.map((request) => JSON.stringify(request)));
      expect(before.filter((request) => after.has(request))).toEqual([]);
    },
  );
});

describe('a budget', () => {
  it.each([30, 45, 60])(
    'of %i calls is never exceeded by the search, and the best so far is reported',
    async (calls) => {
      const { events, report } = await finish(setup({ budget: { ...unlimited, calls } }));
      const confirmation = events.find(
        ({ event }) => event.type === 'phase-started' && event.phase === 'confirmation',
      );
      const spent = confirmation?.spent ?? report.spent;
      expect(spent.taskCalls + spent.optimizerCalls).toBeLessThanOrEqual(calls);
      expect(report.stopReason).toBe('budget');
      expect(report.expectedFalseAccepts).toBeCloseTo(0.05 * report.candidatesTested);
    },
  );

  it('too small for the first prompt says so', async () => {
    await expect(finish(setup({ budget: { ...unlimited, calls: 5 } }))).rejects.toThrow(
      /budget was spent before/,
    );
  });

  it('in recorded model time ends a run wherever the clock of the machine stands', async () => {
    const { report } = await finish(setup({ budget: { ...unlimited, minutes: 0.05 } }));
    expect(report.stopReason).toBe('budget');
  });
});

describe('stopping', () => {
  it('keeps the best so far and looks at the test examples once, unless that is not wanted', async () => {
    for (const isTestWanted of [true, false]) {
      const [stop, skipTest] = [createCancelSource(), createCancelSource()];
      const steps = runOptimizer(setup({ stop: stop.token, skipTest: skipTest.token }));
      let next = await steps.next();
      while (!next.done) {
        if (next.value.event.type === 'step-started') stop.cancel();
        if (next.value.event.type === 'step-started' && !isTestWanted) skipTest.cancel();
        next = await steps.next();
      }
      expect(next.value.stopReason).toBe('stopped');
      expect(next.value.test?.examples ?? null).toBe(isTestWanted ? 10 : null);
    }
  });

  it('the final check reports what the search found, without a figure on half the test examples', async () => {
    const skipTest = createCancelSource();
    const steps = runOptimizer(setup({ skipTest: skipTest.token }));
    let next = await steps.next();
    while (!next.done) {
      const { event } = next.value;
      if (event.type === 'example-scored' && event.split === 'test') skipTest.cancel();
      next = await steps.next();
    }
    expect(next.value.stopReason).toBe('stopped');
    expect(next.value.test).toBeNull();
    expect(next.value.best.id).not.toBe(next.value.start.id);
  });

  it('abandons a run without a report when it is cancelled', async () => {
    const cancel = createCancelSource();
    const model = scriptedModel((request) => {
      if (request.purpose === 'propose') cancel.cancel();
      return script(request);
    });
    await expect(finish(setup({ models: { task: model }, cancel: cancel.token }))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('one bad example', () => {
  it('scores 0 with a reason and does not end the run', async () => {
    const model = scriptedModel((request) => {
      if (request.prompt.includes('validation item 3'))
        throw new AppError('context-exceeded', 'The prompt is too long.');
      return script(request);
    });
    const finished = await finish(setup({ models: { task: model } }));
    const failed = eventsOf(finished, 'example-scored').filter(
      ({ outcome }) => outcome.exampleId === 'validation3',
    );
    expect(failed[0]?.outcome).toMatchObject({
      score: 0,
      reason: 'call-failed',
      output: 'The prompt is too long.',
    });
    expect(finished.report.stopReason).not.toBe('budget');
  });
});
