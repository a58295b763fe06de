/** The whole pipeline on a real engine: from the person's prompt to a report, stopped on the way, and resumed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import { decorated } from '../../../src/core/decorated-model.ts';
import type { CompletionRequest, LanguageModel } from '../../../src/core/language-model.ts';
import { createMemoryStore } from '../../../src/core/run/recorder.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import type { LoadedEngine } from '../../../src/models/engine.ts';
import { engines } from '../../../src/models/engines.ts';
import { keepGgufFile } from '../../../src/models/wllama/dropped-files.ts';
import { eventsOf, finish, type Finished } from '../../fixtures/collect.ts';
import { tinyGguf } from '../../fixtures/gguf/tiny-gguf.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';
import { tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

let engine: LoadedEngine;
let whole: Finished;
const firstAsked: string[] = [];

beforeAll(async () => {
  const url = await keepGgufFile(new Blob([tinyGguf({ seed: 2 })]), 'run.gguf');
  const { signal } = new AbortController();
  const context = { world: null, signal, onProgress: () => undefined };
  engine = await engines.wllama.load({ engine: 'wllama', modelId: 'tiny', url }, context);
  whole = await finish(setup({ models: { task: watched((request) => firstAsked.push(key(request))) } }));
}, 60_000);
afterAll(() => engine.unload());

function setup(more: Partial<RunSetup> = {}): RunSetup {
  return {
    method: 'dual-phase',
    options: { steps: 1, attempts: 2, rewritesPerAttempt: 1, rewriteTokens: 20, gate: 'plain' },
    task: { ...tinyTask, answer: { maxTokens: 4, suffix: '', constrain: true } },
    splits: tinySplits(4, 8, 6),
    models: { task: engine.model },
    seed: 1,
    userPrompt: 'Answer the question. Think about the number first. Be short.',
    ...more,
  };
}

const key = (request: CompletionRequest): string => JSON.stringify(request);

/** The same model, told on: what is asked of it. */
function watched(onRequest: (request: CompletionRequest) => void): LanguageModel {
  const { model } = engine;
  return decorated(model, (request, cancel) => {
    onRequest(request);
    return model.complete(request, cancel);
  });
}

describe('a dual-phase run on the CPU engine', () => {
  it('ends with a report, and every answer is a label', () => {
    const outcomes = eventsOf(whole, 'example-scored').map(({ outcome }) => outcome);
    for (const { output } of outcomes) expect(tinyTask.choices).toContain(output);
    expect(whole.report.startText).toContain('Think about the number first.');
    expect(whole.report.test).not.toBeNull();
    expect(whole.report.spent.optimizerCalls).toBeGreaterThan(0);
  });

  it('stopped in the middle and resumed, ends like the run that was not, and asks nothing twice', async () => {
    const store = createMemoryStore();
    const cancel = createCancelSource();
    const before: string[] = [];
    const stopping = watched((request) => {
      before.push(key(request));
      if (before.length === Math.floor(firstAsked.length / 2)) cancel.cancel();
    });
    await expect(
      finish(setup({ models: { task: stopping }, store, cancel: cancel.token })),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });

    const after: string[] = [];
    const resumed = await finish(
      setup({ models: { task: watched((request) => after.push(key(request))) }, store }),
    );
    expect(resumed.report.bestText).toBe(whole.report.bestText);
    expect(resumed.events.map(({ event }) => event.type)).toEqual(
      whole.events.map(({ event }) => event.type),
    );
    // The request that was cut off is the only one that had to be asked again.
    expect([...before.slice(0, -1), ...after]).toEqual(firstAsked);
  });

  it('scores the rewrites of a better writer, reusing what the prompts share', async () => {
    const sentences = ['Say whether the number is even.', 'Look at the last digit of the number.'];
    let written = 0;
    const writer = scriptedModel(() => `<sentence>${sentences[written++ % 2] ?? ''}</sentence>`);
    const models = { task: engine.model, optimizer: writer };
    const finished = await finish(setup({ models }));
    const { report } = finished;
    expect(eventsOf(finished, 'gate-decided').map(({ candidateId }) => candidateId)).toEqual(['c1', 'c2']);
    expect(report.spent.cachedTokens).toBeGreaterThan(0.3 * report.spent.promptTokens);
  });
});
