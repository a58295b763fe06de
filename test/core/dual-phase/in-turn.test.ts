import { describe, expect, it } from 'vitest';
import { dualPhasePresets } from '../../../src/core/dual-phase/options.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { unlimited } from '../../../src/core/run/meter.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { createMemoryStore } from '../../../src/core/run/recorder.ts';
import { eventsOf, finish, type Finished } from '../../fixtures/collect.ts';
import { smallRun } from '../../fixtures/every-method.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const options = { gate: 'sequential' };

function script(levelOf: (seed: number) => number) {
  return (request: CompletionRequest): string =>
    request.purpose === 'answer'
      ? answerByLevel(request)
      : `<sentence>Answer with great care and at level ${levelOf(request.seed)}.</sentence>`;
}

const better = script((seed) => 9 + (seed % 11));
const noBetter = script((seed) => 3 + (seed % 2));

function setup(answer: (request: CompletionRequest) => string, more: Partial<RunSetup> = {}): RunSetup {
  return {
    method: 'dual-phase',
    options,
    task: tinyTask,
    splits: tinySplits(40, 80, 20),
    models: { task: scriptedModel(answer) },
    seed: 5,
    userPrompt: 'Answer the question with level 4. Think about it first. Say only the answer.',
    ...more,
  };
}

const gates = (finished: Finished) =>
  eventsOf(finished, 'gate-decided').filter(({ gate }) => gate === 'validation');

const callsUntilFirstStep = ({ events }: Finished): number =>
  events.find(({ event }) => event.type === 'step-started')?.spent.taskCalls ?? NaN;

describe('validation in turn', () => {
  it('asks little before the first rewrite', async () => {
    const inTurn = await finish(setup(better));
    const onAll = await finish(setup(better, { options: dualPhasePresets.thorough.options }));
    expect(callsUntilFirstStep(onAll)).toBe(80 + 10); // all of validation, and the failures that are sought
    expect(callsUntilFirstStep(inTurn)).toBeLessThan(25);
  });

  it('accepts a clear gain before all examples are asked, and never without evidence', async () => {
    const accepted = gates(await finish(setup(better))).filter(({ verdict }) => verdict === 'accepted');
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.some(({ asked, planned }) => asked < planned)).toBe(true);
    for (const { pValue } of accepted) expect(pValue).toBeLessThanOrEqual(0.025);
  });

  it('states the same bound on false accepts as the gate that asks all', async () => {
    const { report } = await finish(setup(better));
    expect(report.candidatesTested).toBeGreaterThan(0);
    expect(report.expectedFalseAccepts).toBeCloseTo(0.05 * report.candidatesTested, 9);
  });

  it('reports start and best on the examples that both were asked', async () => {
    const { report } = await finish(setup(better));
    const { startValidation, bestValidation } = report.evaluations;
    expect(report.validation.examples).toBe(Math.min(startValidation.asked, bestValidation.asked));
    expect(report.validation.wins).toBeGreaterThan(report.validation.losses);
  });

  it('tells of the current prompt all that it was asked, as soon as it was asked more', async () => {
    const { events } = await finish(setup(better));
    const asked = new Map<string, number>();
    const told: [number, number | undefined][] = [];
    for (const { event } of events) {
      if (event.type === 'example-scored' && event.split === 'validation')
        asked.set(event.candidateId, (asked.get(event.candidateId) ?? 0) + 1);
      if (event.type === 'evaluation-extended')
        told.push([event.evaluation.asked, asked.get(event.evaluation.candidateId)]);
    }
    expect(told.length).toBeGreaterThan(1);
    for (const [total, counted] of told) expect(total).toBe(counted);
  });

  it('says of the start all that is known when the budget ends the search', async () => {
    const finished = await finish(setup(better, { budget: { ...unlimited, calls: 75 } }));
    const asked = eventsOf(finished, 'example-scored').filter(
      ({ candidateId, split }) => candidateId === 'c0' && split === 'validation',
    );
    expect(finished.report.stopReason).toBe('budget');
    const known = finished.report.evaluations.startValidation.asked;
    expect(known).toBeGreaterThan(10);
    expect(known).toBeGreaterThan(asked.length - 10); // the block in which the budget ended may be lost
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'decides the same when every example is asked every time (seed %i)',
    async (seed) => {
      const decisions = (finished: Finished): unknown =>
        eventsOf(finished, 'gate-decided').concat(eventsOf(finished, 'incumbent-changed') as never);
      const fast = await finish(setup(better, { seed }));
      const naive = await finish(setup(better, { seed, scheduling: 'naive' }));
      expect(decisions(fast)).toEqual(decisions(naive));
      expect(fast.report.bestText).toBe(naive.report.bestText);
      expect(fast.report.spent.taskCalls).toBeLessThan(naive.report.spent.taskCalls);
    },
  );

  it('is replayed word for word from what was stored, with no further call', async () => {
    const store = createMemoryStore();
    const first = await finish(setup(better, { store }));
    const model = scriptedModel(better);
    const second = await finish(setup(better, { store, models: { task: model } }));
    expect(second.events).toEqual(first.events);
    expect(model.requests).toHaveLength(0);
  });

  it('asks no prompt about an example twice', async () => {
    const model = scriptedModel(better);
    await finish(setup(better, { models: { task: model }, options: { ...options, deleteShare: 0.5 } }));
    const asked = model.requests
      .filter(({ purpose }) => purpose === 'answer')
      .map((one) => one.system + one.prompt);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('looks at all examples before it says that nothing can be gained any more', async () => {
    const finished = await finish(
      setup(noBetter, { userPrompt: 'Answer with level 77.', splits: tinySplits(100, 80, 0) }),
    );
    expect(finished.report.stopReason).toBe('converged');
    expect(finished.report.evaluations.startValidation.asked).toBe(80);
    expect(finished.report.spent.optimizerCalls).toBe(0);
  });

  it('asks all examples of every member where a pool draws parents by them', async () => {
    const finished = await finish(setup(better, { options: { ...options, pool: 3 } }));
    for (const { evaluation } of eventsOf(finished, 'incumbent-changed')) expect(evaluation.asked).toBe(80);
  });
});

describe('the gate that adapts', () => {
  /** Rewrites solve all of training and change nothing on validation. */
  const onTrainOnly = (request: CompletionRequest): string => {
    if (request.purpose !== 'answer')
      return `<sentence>Take care, try ${request.seed}, at level 74.</sentence>`;
    const isSolved = request.system.includes('care') && request.prompt.startsWith('train');
    return answerByLevel(isSolved ? { ...request, system: 'level 1000' } : request);
  };
  const nearlyRight = {
    userPrompt: 'Answer with level 74. Say only the answer.',
    splits: tinySplits(80, 80, 0),
  };

  it('begins with what is wrong where that is little: no better is seen after two examples', async () => {
    const finished = await finish(setup(onTrainOnly, { ...nearlyRight, options: {} }));
    expect(gates(finished).length).toBeGreaterThan(0);
    for (const { asked } of gates(finished)) expect(asked).toBe(2);
    expect(finished.report.evaluations.startValidation.asked).toBe(80);
  });

  it('goes in turn where much is wrong', async () => {
    const [adaptive, inTurn] = await Promise.all(
      [{}, options].map((one) => finish(setup(better, { options: one }))),
    );
    expect(adaptive && gates(adaptive)[0]).toEqual(inTurn && gates(inTurn)[0]);
  });
});

describe('what can still pass', () => {
  /** 35 of 40 validation examples are right: five wins have p = 0.031. */
  const almostRight = (gate: string) => {
    const small = smallRun('dual-phase', {
      splits: tinySplits(60, 40, 0),
      userPrompt: 'Answer the question with level 35. Say only the answer.',
    });
    return finish({ ...small, options: { ...small.options, gate } });
  };

  it('is judged by the sequential gate where that decides, which wants half the level of all examples', async () => {
    const { report, events } = await almostRight('sequential');
    expect(report.stopReason).toBe('converged');
    expect(events.filter(({ event }) => event.type === 'step-started')).toEqual([]);
  });

  it('is judged by the exact gate elsewhere', async () => {
    const { events } = await almostRight('curtailed');
    expect(events.some(({ event }) => event.type === 'step-started')).toBe(true);
  });
});
