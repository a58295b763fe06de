import { describe, expect, it } from 'vitest';
import {
  checkedVerdict,
  type AnswerForCode,
  type CodeVerdict,
} from '../../../src/core/evaluate/code-metric.ts';
import { createMemoryStore } from '../../../src/core/run/recorder.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const rewritten = (request: { system: string; prompt: string }): string =>
  /level \d+|item/.test(request.system + request.prompt)
    ? answerByLevel(request as Parameters<typeof answerByLevel>[0])
    : '<new>Mind level 9 in every item.</new>';

function setup(more: Partial<RunSetup> = {}): RunSetup {
  return {
    method: 'ape',
    options: {},
    task: { ...tinyTask, metric: { kind: 'javascript', code: 'answer === target', solvedFrom: 0.5 } },
    splits: tinySplits(),
    models: { task: scriptedModel((request) => rewritten(request)) },
    seed: 1,
    userPrompt: 'Look at level 4 first.',
    budget: { calls: 80, tokens: null, minutes: null },
    ...more,
  };
}

/** Half a point for the right answer, so that only the threshold makes it solved; no score at all for "item 3". */
function halfPoint({ answer, target, input }: AnswerForCode): Promise<CodeVerdict> {
  if (input.endsWith(' 3')) return Promise.resolve({ failure: 'TypeError: no' });
  return Promise.resolve({ score: answer === target ? 0.5 : 0 });
}

describe('a metric of one’s own', () => {
  it('scores the answers; an example on which the code fails scores 0 and says why', async () => {
    const finished = await finish(setup({ scoreByCode: halfPoint }));
    const outcomes = eventsOf(finished, 'example-scored').map(({ outcome }) => outcome);
    expect(outcomes.find(({ exampleId }) => exampleId === 'validation3')).toMatchObject({
      score: 0,
      reason: 'metric-failed',
      note: 'TypeError: no',
    });
    expect(outcomes.find(({ exampleId }) => exampleId === 'validation0')).toMatchObject({
      score: 0.5,
      correct: true,
      reason: 'correct',
    });
  });

  it('is recorded: a run is replayed to the last byte where there is nobody to run the code', async () => {
    const store = createMemoryStore();
    const before = await finish(setup({ scoreByCode: halfPoint, store }));
    const after = await finish(setup({ store }));
    expect(after).toEqual(before);
  });

  it('cannot be used where nothing runs code and nothing is recorded', async () => {
    await expect(finish(setup())).rejects.toThrow('nothing here can run it');
  });
});

describe('what code sends', () => {
  it.each<[unknown, CodeVerdict]>([
    [{ score: 0.5 }, { score: 0.5 }],
    [{ score: '1' }, { failure: 'The code gave no score.' }],
    [{ score: Number.NaN }, { failure: 'It gave NaN. Expected a number from 0 to 1, true or false.' }],
    [{ score: -1 }, { failure: 'It gave -1. Expected a number from 0 to 1, true or false.' }],
    [null, { failure: 'The code gave no score.' }],
    ['score', { failure: 'The code gave no score.' }],
    [{ failure: 'x'.repeat(600) }, { failure: 'x'.repeat(500) }],
  ])('%j is taken as %j', (given, verdict) => {
    expect(checkedVerdict(given)).toEqual(verdict);
  });
});
