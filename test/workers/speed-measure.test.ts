import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { LanguageModel } from '../../src/core/language-model.ts';
import { unlimited } from '../../src/core/run/meter.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import type { RunConfig } from '../../src/storage/run-record.ts';
import { SpeedMeasure } from '../../src/workers/speed-measure.ts';
import { scriptedModel } from '../fixtures/scripted-model.ts';
import { ManualTimers } from './manual-timers.ts';

const dataset = { ...generateBuiltIn('navigate', 1), createdAt: 0 };
const config: RunConfig = {
  name: 'Navigate',
  datasetId: dataset.id,
  method: 'dual-phase',
  options: {},
  seed: 1,
  sizes: { train: 20, validation: 40, test: 20 },
  metric: dataset.metric,
  choices: dataset.choices,
  answer: { maxTokens: 64, suffix: '', constrain: false },
  userPrompt: 'Say yes or no.',
  taskModel: { engine: 'webllm', modelId: 'small' },
  optimizerModel: null,
  budget: unlimited,
  askMe: false,
};

function measureOf(model: LanguageModel, timers: ManualTimers, isTaken = false): SpeedMeasure {
  return new SpeedMeasure({
    models: {
      obtain: () => Promise.resolve(model),
      cancelLoading: () => Promise.resolve(),
      waiting: () => null,
    },
    isModelTaken: () => Promise.resolve(isTaken),
    timers,
  });
}
const silent = (): void => undefined;

describe('measuring a model', () => {
  it('asks six questions of the dataset under the prompt of the run, and says what a token takes', async () => {
    const model = scriptedModel(() => 'Yes.');
    const told: string[] = [];
    const measure = measureOf(model, new ManualTimers());
    const { speed, answers } = await measure.run(config, dataset, silent, (done, of) =>
      told.push(`${done}/${of}`),
    );
    expect(speed).toMatchObject({ prefillMs: 1, decodeMs: 10, replyTokens: 1 });
    expect(answers).toEqual({ asked: 6, empty: 0, cut: 0, read: 6 });
    expect(model.requests.every(({ system }) => system.includes('Say yes or no.'))).toBe(true);
    expect(told).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  });

  it('has one answer written freely where answers are labels, which are over with a token or two', async () => {
    const model = scriptedModel(() => 'Yes.');
    const labels = { ...config, answer: { ...config.answer, constrain: true } };
    await measureOf(model, new ManualTimers()).run(labels, dataset, silent, silent);
    expect(model.requests.map(({ constraint }) => constraint?.kind ?? 'free')).toEqual([
      'free',
      ...Array.from({ length: 5 }, () => 'choice'),
    ]);
  });

  it('asks the first question alone, the others as many at once as the run will', async () => {
    const timers = new ManualTimers();
    const waiting: (() => void)[] = [];
    const model = scriptedModel(() => new Promise<string>((resolve) => waiting.push(() => resolve('Yes.'))), {
      concurrency: 4,
    });
    const told: string[] = [];
    const measured = measureOf(model, timers).run(config, dataset, silent, (done, of) =>
      told.push(`${done}/${of}`),
    );
    while (told.length < 9) {
      await new Promise(setImmediate);
      if (waiting.length === 0) continue;
      timers.advance(1000);
      for (const answer of waiting.splice(0)) answer();
    }
    const { speed } = await measured;
    expect(model.busiest).toBe(4);
    expect(told.at(-1)).toBe('9/9');
    const perReply = (pace: { wallShare: number } | undefined): number => pace?.wallShare ?? 0;
    expect(speed).toMatchObject({ inFlight: 4, decodeMs: 10 });
    expect(perReply(speed ?? undefined) / perReply(speed?.alone)).toBeCloseTo(1 / 4, 1);
  });

  it('has no speed of a model that writes nothing, and says that the replies were empty', async () => {
    const measured = await measureOf(
      scriptedModel(() => ''),
      new ManualTimers(),
    ).run(config, dataset, silent, silent);
    expect(measured).toEqual({ speed: null, answers: { asked: 6, empty: 6, cut: 0, read: 0 } });
  });

  it('tells a server that is away from a model that is slow', async () => {
    const timers = new ManualTimers();
    const model = scriptedModel(() => new Promise<string>(() => undefined));
    const away: LanguageModel = {
      ...model,
      complete: (_, cancel) =>
        new Promise((_resolve, reject) => {
          cancel?.onCancel(() => reject(new AppError('cancelled', 'Stopped.')));
        }),
    };
    const measure = new SpeedMeasure({
      models: {
        obtain: () => Promise.resolve(away),
        cancelLoading: () => Promise.resolve(),
        waiting: () => ({ what: 'the server does not answer', pauseMs: 8000 }),
      },
      isModelTaken: () => Promise.resolve(false),
      timers,
    });
    const told = expect(measure.run(config, dataset, silent, silent)).rejects.toMatchObject({
      code: 'endpoint-unreachable',
    });
    for (let seconds = 0; seconds < 14; seconds += 2) {
      await new Promise(setImmediate);
      timers.advance(2000);
    }
    await told;
  });

  it('goes by what was answered when the time is over', async () => {
    const timers = new ManualTimers();
    let asked = 0;
    const model = scriptedModel(() => {
      asked += 1;
      if (asked === 3) timers.advance(20_000);
      return 'Yes.';
    });
    const { speed } = await measureOf(model, timers).run(config, dataset, silent, silent);
    expect(asked).toBe(3);
    expect(speed?.replyTokens).toBe(1);
  });

  it('calls a model too slow that answers nothing in the time', async () => {
    const timers = new ManualTimers();
    const model = scriptedModel(() => {
      timers.advance(20_000);
      return 'Yes.';
    });
    const run = measureOf(model, timers).run(config, dataset, silent, silent);
    await expect(run).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('can be stopped, and is free again', async () => {
    const timers = new ManualTimers();
    const measure: SpeedMeasure = measureOf(
      scriptedModel(() => {
        void measure.stop();
        return 'Yes.';
      }),
      timers,
    );
    await expect(measure.run(config, dataset, silent, silent)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(measure.run(config, dataset, silent, silent)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('does not take the model from a run, and tells what the model failed with', async () => {
    const broken = scriptedModel(() => {
      throw new AppError('device-lost', 'The graphics device was lost.');
    });
    const taken = measureOf(broken, new ManualTimers(), true).run(config, dataset, silent, silent);
    await expect(taken).rejects.toMatchObject({ code: 'busy' });
    const failing = measureOf(broken, new ManualTimers()).run(config, dataset, silent, silent);
    await expect(failing).rejects.toMatchObject({ code: 'device-lost' });
  });
});
