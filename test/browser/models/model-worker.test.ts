import { afterEach, describe, expect, it } from 'vitest';
import { isAppError } from '../../../src/core/errors.ts';
import { detectMachine } from '../../../src/models/detect.ts';
import type { LoadProgress } from '../../../src/models/spec.ts';
import { ModelClient, startModelWorker } from '../../../src/workers/model-client.ts';
import { WorkerLink } from '../../../src/workers/worker-link.ts';

const clients: ModelClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

function newClient(): ModelClient {
  const client = new ModelClient({ startWorker: startModelWorker });
  clients.push(client);
  return client;
}

const world = {
  facets: [],
  examples: [{ input: 'Is 2 even?', target: 'Yes', needs: [], slips: { '': 'No' } }],
};

describe('the model worker', () => {
  it('runs the simulated model in its own thread, the same every time', async () => {
    const client = newClient();
    const spec = { engine: 'simulated', skill: 'strong' } as const;
    const model = await client.load(spec, world, () => undefined);
    const request = {
      purpose: 'answer',
      system: 'Answer with Yes or No.',
      prompt: 'Is 2 even?',
      maxTokens: 20,
      temperature: 0,
      seed: 1,
    } as const;
    const first = await model.complete(request);
    expect(first.text).not.toBe('');
    expect(await model.complete(request)).toEqual(first);
    expect(client.loaded?.identity.engine).toBe('simulated');
  });

  it('refuses a WebGPU model where there is no GPU for it, before any download', async () => {
    const { gpu } = await detectMachine();
    const reports: LoadProgress[] = [];
    const spec = { engine: 'webllm', modelId: 'SmolLM2-360M-Instruct-q4f16_1-MLC' } as const;
    const load = newClient().load(spec, null, (progress) => reports.push(progress));
    // A software GPU, where the browser has one, lacks 16-bit floats; then the twin is named.
    const expected = gpu ? ['no-f16', /q4f32/] : (['no-webgpu', /WebGPU/] as const);
    await expect(load).rejects.toMatchObject({
      code: expected[0],
      message: expect.stringMatching(expected[1]) as string,
    });
    expect(reports).toEqual([]);
  });

  it('names an address that is none', async () => {
    const custom = { model: 'not an address', modelLib: '' };
    const load = newClient().load({ engine: 'webllm', modelId: 'mine', custom }, null, () => undefined);
    await expect(load).rejects.toSatisfy((error) => isAppError(error, 'invalid-option'));
  });

  it('lists what is kept, and nothing of an engine that never downloaded here', async () => {
    const kept = await newClient().cached(); // other tests of this browser may have kept small GGUF files
    expect(kept.filter(({ engine }) => engine === 'webllm')).toEqual([]);
  });
});

describe('a worker that dies', () => {
  function workerOf(script: string): Worker {
    return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  }

  it('rejects what waits for it when its script throws', async () => {
    const link = new WorkerLink<{ ask(): Promise<void> }>(workerOf('throw new Error("no such engine")'));
    const call = link.call((api) => api.ask());
    await expect(call).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringContaining('no such engine') as string,
    });
    await expect(link.call((api) => api.ask())).rejects.toMatchObject({ code: 'engine-failed' });
  });
});
