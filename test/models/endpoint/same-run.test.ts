import { afterEach, describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../src/core/events.ts';
import type { Finished } from '../../fixtures/collect.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { startEndpointServer } from '../../fixtures/endpoint-server.ts';
import type { ChatRequest, EndpointServer, Fault } from '../../fixtures/endpoint-server.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';
import { endpointModel } from './help.ts';

const servers: EndpointServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** The tiny task's model, behind HTTP: answers items by the level its instruction states, writes higher levels. */
function reply({ messages, seed }: ChatRequest): string {
  const prompt = messages.at(-1)?.content ?? '';
  const system = messages.length > 1 ? (messages[0]?.content ?? '') : '';
  const isAnswer = /^\w+ item \d+/.test(prompt);
  const request = { purpose: 'answer', system, prompt, maxTokens: 16, temperature: 0, seed } as const;
  if (isAnswer) return answerByLevel(request);
  const level = 8 + (seed % 12);
  return `<sentence>Answer every question carefully with level ${level} of attention.</sentence>`;
}

interface Outcome {
  readonly finished: Finished;
  readonly busiest: number;
  readonly asked: number;
}

async function run(concurrency: number, faults: readonly Fault[] = []): Promise<Outcome> {
  const server = await startEndpointServer({ reply, paceMs: 1, faults });
  servers.push(server);
  const task = endpointModel(server, { concurrency });
  const userPrompt = 'Answer the question with level 4. Think about it first. Say only the answer.';
  const models = { task: { ...shape(task), identity: { engine: 'endpoint', model: 'tiny' } as const } };
  const finished = await finish({
    method: 'dual-phase',
    task: tinyTask,
    splits: tinySplits(10, 24, 16),
    models,
    seed: 3,
    userPrompt,
    options: { steps: 6 },
  });
  return { finished, busiest: server.busiest, asked: server.requests.length };
}

/** Each server has its own port, which is part of who answers; here they are one. */
function shape(model: ReturnType<typeof endpointModel>) {
  const { concurrency, contextWindow, capabilities } = model;
  return {
    concurrency,
    contextWindow,
    capabilities,
    complete: model.complete.bind(model),
    countTokens: model.countTokens.bind(model),
  };
}

/** How long a reply took is the only thing that may differ. */
function withoutTimes(events: readonly LoggedEvent[]): unknown {
  return JSON.parse(JSON.stringify(events), (name, value: unknown) =>
    ['prefillMs', 'decodeMs', 'modelMs'].includes(name) ? 0 : value,
  );
}

describe('a run on an endpoint', { timeout: 60_000 }, () => {
  it('keeps eight requests in flight and gives, event by event, what it gives with one', async () => {
    const one = await run(1);
    const eight = await run(8);
    expect(one.busiest).toBe(1);
    expect(eight.busiest).toBe(8);
    expect(withoutTimes(eight.finished.events)).toEqual(withoutTimes(one.finished.events));
    expect(eight.finished.report.bestText).toBe(one.finished.report.bestText);
    expect(eventsOf(one.finished, 'incumbent-changed')).not.toEqual([]); // or there was nothing to compare
  });

  it('gives the same on a server that cuts, refuses and fails in between', async () => {
    const troubles: Fault[] = [
      { kind: 'cut', after: 1 },
      { kind: 'status', status: 429, retryAfter: '1' },
      { kind: 'status', status: 500 },
      { kind: 'error-event', message: 'out of slots' },
    ];
    const calm = await run(4);
    const rough = await run(4, [...troubles, ...troubles, ...troubles]);
    expect(rough.asked).toBeGreaterThan(calm.asked);
    expect(withoutTimes(rough.finished.events)).toEqual(withoutTimes(calm.finished.events));
  });
});
