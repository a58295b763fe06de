import { describe, expect, it } from 'vitest';
import { createCancelSource, neverCancelled } from '../../src/core/cancel.ts';
import { methods } from '../../src/core/methods.ts';
import { unlimited } from '../../src/core/run/meter.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import type { RunConfig } from '../../src/storage/run-record.ts';
import { rehearse, type Forecast } from '../../src/workers/rehearsal.ts';
import type { Timers } from '../../src/workers/timers.ts';

const whole = generateBuiltIn('navigate', 1);
const dataset: Dataset = { ...whole, createdAt: 0, examples: whole.examples.slice(0, 100) };
const speed = { prefillMs: 2, decodeMs: 50, replyTokens: 20, wallShare: 1, inFlight: 1 };
const speeds = { task: speed, optimizer: null };

/** Time stands still: no limit is reached. */
const still: Timers = { now: () => 0, after: () => () => undefined };

function config(more: Partial<RunConfig> = {}): RunConfig {
  return {
    name: 'Navigate',
    datasetId: dataset.id,
    method: 'dual-phase',
    options: {},
    seed: 1,
    sizes: { train: 20, validation: 40, test: 20 },
    metric: dataset.metric,
    choices: dataset.choices,
    answer: { maxTokens: 64, suffix: '', constrain: false },
    userPrompt: null,
    taskModel: { engine: 'wllama', modelId: 'small', url: 'https://models.example/small.gguf' },
    optimizerModel: null,
    budget: unlimited,
    askMe: false,
    ...more,
  };
}

const forecast = (more: Partial<RunConfig> = {}): Promise<Forecast> =>
  rehearse(config(more), dataset, speeds, still, neverCancelled);
const total = ({ firstMs, searchMs, testMs }: Forecast): number => firstMs + searchMs + testMs;

describe('a rehearsal', { timeout: 60_000 }, () => {
  it.each(Object.keys(methods))('tells the time and the calls of %s', async (method) => {
    const told = await forecast({
      method,
      userPrompt: 'Say yes or no.',
      budget: { ...unlimited, calls: 200 },
    });
    expect(told.isWhole).toBe(true);
    expect(told.calls).toBeGreaterThanOrEqual(40);
    expect(told.calls).toBeLessThanOrEqual(200);
    expect(told.firstMs).toBeGreaterThan(40 * 20 * 50); // 40 answers of 20 tokens at least
    expect(told.testMs).toBeGreaterThan(0);
  });

  it('tells the same each time', async () => {
    expect(await forecast()).toEqual(await forecast());
  });

  it('divides the examples of a fork as its parent did, like the run itself', async () => {
    const fork = { runId: 'parent', splitSeed: 7 };
    const told = await forecast({ fork });
    expect(told).not.toEqual(await forecast());
    expect(told).not.toEqual(await forecast({ seed: 7 }));
  });

  it('keeps to the budget: with fewer calls fewer prompts are scored, in less time', async () => {
    const [little, much] = [
      await forecast({ budget: { ...unlimited, calls: 130 } }),
      await forecast({ budget: { ...unlimited, calls: 600 } }),
    ];
    expect(little.candidates).toBeLessThan(much.candidates);
    expect(little.isCutByBudget).toBe(true);
    expect((await forecast()).isCutByBudget).toBe(false);
    expect(total(little)).toBeLessThan(total(much));
  });

  it('says that nothing but the first prompt is tried when the budget ends there', async () => {
    const told = await forecast({ budget: { ...unlimited, calls: 10 } });
    expect(told).toMatchObject({ candidates: 0, isCutByBudget: true });
  });

  it('counts label-only answers as short as they are', async () => {
    const free = await forecast({ method: 'start-only', userPrompt: 'Say yes or no.' });
    const label = await forecast({
      method: 'start-only',
      userPrompt: 'Say yes or no.',
      answer: { maxTokens: 16, suffix: '', constrain: true },
    });
    expect(total(label)).toBeLessThan(0.5 * total(free));
  });

  it('goes by the clock on the wall where the engine says something else', async () => {
    const slower = await rehearse(
      config(),
      dataset,
      { ...speeds, task: { ...speed, wallShare: 3 } },
      still,
      neverCancelled,
    );
    expect(total(slower)).toBeCloseTo(3 * total(await forecast()), 3);
  });

  it('counts the proposals by the speed of the model that writes them', async () => {
    const slow = { ...speed, decodeMs: 5000 };
    const twoModels = await rehearse(
      config(),
      dataset,
      { task: speed, optimizer: slow },
      still,
      neverCancelled,
    );
    const one = await forecast();
    expect(twoModels.searchMs).toBeGreaterThan(2 * one.searchMs);
    expect(twoModels.testMs).toBeCloseTo(one.testMs, 3);
  });

  it('counts answers by several at once, and proposals one by one', async () => {
    const one = await forecast();
    const together = { ...speed, wallShare: 0.25, inFlight: 4, alone: speed };
    const four = await rehearse(
      config(),
      dataset,
      { task: together, optimizer: null },
      still,
      neverCancelled,
    );
    expect(four.testMs).toBeCloseTo(one.testMs / 4, 3);
    expect(total(four)).toBeGreaterThan(total(one) / 4);
    expect(total(four)).toBeLessThan(total(one) / 2);
    expect(four.calls).toBe(one.calls);
  });

  it('takes nothing for granted of a server: every prompt is read from its start', async () => {
    const server = {
      engine: 'endpoint',
      baseUrl: 'http://localhost/v1',
      model: 'm',
      concurrency: 1,
    } as const;
    expect(total(await forecast({ taskModel: server }))).toBeGreaterThan(total(await forecast()));
  });

  it('ends when it is no longer wanted, and says so', async () => {
    const source = createCancelSource();
    source.cancel();
    await expect(rehearse(config(), dataset, speeds, still, source.token)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('that takes too long ends with what it has seen', async () => {
    let now = 0;
    const rings: (() => void)[] = [];
    const ringing: Timers = {
      now: () => (now += 20),
      after(ms, callback) {
        if (ms > 0) rings.push(callback);
        else callback();
        if (now > 1000) for (const ring of rings) ring();
        return () => undefined;
      },
    };
    const told = await rehearse(config(), dataset, speeds, ringing, neverCancelled);
    expect(told).toMatchObject({ isWhole: false, testMs: 0 });
  });
});
