import { afterEach, describe, expect, it } from 'vitest';
import { createCancelSource } from '../../src/core/cancel.ts';
import { AppError, isAppError } from '../../src/core/errors.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../../src/core/language-model.ts';
import type { Engine, LoadContext } from '../../src/models/engine.ts';
import { ModelClient } from '../../src/workers/model-client.ts';
import type { PatienceOptions } from '../../src/workers/patience.ts';
import { completion, engineThat, FakeWorkers } from './fake-model-worker.ts';
import { ManualTimers } from './manual-timers.ts';

const request: CompletionRequest = {
  purpose: 'answer',
  system: '',
  prompt: 'hello',
  maxTokens: 1,
  temperature: 0,
  seed: 1,
};
/** One call may take 100 ms here: the floor, and nothing for its size. */
const patience = { floorMs: 100, firstMsPerToken: 0, slack: 0 };
const spec = { engine: 'webllm', modelId: 'fake' } as const;

const forever = (): Promise<Completion> => new Promise(() => undefined);
const hangs = engineThat(forever);
const answers = engineThat(({ prompt }) => Promise.resolve(completion(`re: ${prompt}`)));
const failsWith = (code: ErrorCode): Engine =>
  engineThat(() => Promise.reject(new AppError(code, `${code}.`)));
const code = (expected: ErrorCode) => expect.toSatisfy((error) => isAppError(error, expected)) as unknown;

let workers: FakeWorkers;
let timers: ManualTimers;
let client: ModelClient;
let restarts: ErrorCode[];
let noted: number;

async function start(...engines: readonly Engine[]): Promise<LanguageModel> {
  return startWith(patience, engines);
}

async function startWith(patience: PatienceOptions, engines: readonly Engine[]): Promise<LanguageModel> {
  workers = new FakeWorkers(engines);
  timers = new ManualTimers();
  restarts = [];
  noted = 0;
  const onRestart = (reason: AppError): void => void restarts.push(reason.code);
  client = new ModelClient({
    startWorker: workers.start,
    timers,
    patience,
    stallMs: 1000,
    graceMs: 50,
    onRestart,
    onNotes: () => (noted += 1),
  });
  return client.load(spec, null, () => undefined);
}

/** Lets messages through until something has come about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** Moves the clock whenever something waits for it, until the work is done. */
async function patientlyAwait<T>(work: Promise<T>, step = 100): Promise<T> {
  const progress = { isDone: false };
  const done = (): void => void (progress.isDone = true);
  work.then(done, done);
  while (!progress.isDone) {
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    timers.advance(timers.pending > 0 ? step : 0);
  }
  return work;
}

afterEach(() => {
  client.dispose();
  workers.endAll();
});

describe('a model in another worker', () => {
  it('answers, and is described as the engine describes it', async () => {
    const model = await start(answers);
    expect(await model.complete(request)).toEqual(completion('re: hello'));
    expect(await model.countTokens('four')).toBe(4);
    expect(client.loaded).toMatchObject({
      spec,
      identity: { model: 'fake' },
      contextWindow: 4096,
      notes: ['fake'],
    });
  });

  it('is described anew when what the engine says of it has changed', async () => {
    let say: LoadContext['onNotes'];
    const engine = engineThat(
      () => Promise.resolve(completion('')),
      1,
      (text) => Promise.resolve(text.length),
      ({ onNotes }) => (say = onNotes),
    );
    await start(engine);
    say?.(['slower now']);
    await until(() => client.loaded?.notes[0] !== 'fake');
    expect(client.loaded?.notes).toEqual(['slower now']);
    expect(noted).toBe(1);
    const waiting = { what: 'the server does not answer', pauseMs: 8000 };
    say?.(['slower now'], waiting);
    await until(() => noted > 1);
    expect(client.loaded?.waiting).toEqual(waiting);
    say?.(['slower now'], null);
    await until(() => noted > 2);
    expect(client.loaded?.waiting).toBeNull();
  });

  it('passes foreseen failures on without a restart', async () => {
    const model = await start(failsWith('context-exceeded'));
    await expect(model.complete(request)).rejects.toEqual(code('context-exceeded'));
    expect(workers.started).toHaveLength(1);
  });

  it('is started again after a hang, and the lost call is answered', async () => {
    const model = await start(hangs, answers);
    expect(await patientlyAwait(model.complete(request))).toEqual(completion('re: hello'));
    expect(restarts).toEqual(['engine-hung']);
    expect(workers.started.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it('is taken for hung by its own speed: not before a multiple of the time its tokens need', async () => {
    let calls = 0;
    const slowOnce = engineThat(() => {
      calls += 1;
      if (calls > 1) return forever();
      timers.advance(1000); // 10 tokens read, 2 written: 33 ms and 333 ms each
      return Promise.resolve(completion('slow'));
    });
    const model = await startWith({ floorMs: 100, firstMsPerToken: 1e6, slack: 5 }, [slowOnce, answers]);
    await model.complete(request);
    const call = model.complete(request); // 2.5 tokens to read and 1 to write: 100 + 5 × (83 + 333) ms
    await until(() => calls === 2);
    timers.advance(2150);
    expect(workers.started[0]?.isTerminated).toBe(false);
    timers.advance(50);
    expect(workers.started[0]?.isTerminated).toBe(true);
    expect(await patientlyAwait(call)).toEqual(completion('re: hello'));
  });

  it('is started again after its GPU device was lost', async () => {
    const model = await start(failsWith('device-lost'), answers);
    expect(await patientlyAwait(model.complete(request))).toEqual(completion('re: hello'));
    expect(restarts).toEqual(['device-lost']);
  });

  it('is started again after its memory ran out', async () => {
    const model = await start(failsWith('out-of-memory'), answers);
    expect(await patientlyAwait(model.complete(request))).toEqual(completion('re: hello'));
    expect(restarts).toEqual(['out-of-memory']);
  });

  it.each(['device-lost', 'out-of-memory'] as const)(
    'is given up with %s when the same call ends so twice: a smaller model is needed',
    async (reason) => {
      const model = await start(failsWith(reason));
      await expect(patientlyAwait(model.complete(request))).rejects.toEqual(code(reason));
      expect(workers.started).toHaveLength(2);
    },
  );

  it('counts tokens again when the engine was lost in between', async () => {
    const lost = engineThat(forever, 1, () => Promise.reject(new AppError('device-lost', 'Lost.')));
    const model = await start(lost, answers);
    expect(await patientlyAwait(model.countTokens('four'))).toBe(4);
  });

  it('is started again after a crash, which rejects what Comlink would leave open', async () => {
    const model = await start(hangs, answers);
    const call = model.complete(request);
    await until(() => timers.pending > 0);
    workers.started[0]?.crash('out of memory');
    expect(await patientlyAwait(call)).toEqual(completion('re: hello'));
    expect(restarts).toEqual(['engine-failed']);
  });

  it('is given up after three tries of one call, with the reason', async () => {
    const model = await start(hangs);
    await expect(patientlyAwait(model.complete(request))).rejects.toEqual(code('engine-hung'));
    expect(workers.started).toHaveLength(3);
  });

  it('does not repeat a grammar that made it hang, blames it, and works again afterwards', async () => {
    const model = await start(hangs, answers);
    const constraint = { kind: 'grammar', grammar: 'root ::= "a' } as const;
    const call = patientlyAwait(model.complete({ ...request, constraint }));
    await expect(call).rejects.toEqual(code('grammar-invalid'));
    expect(await patientlyAwait(model.complete(request))).toEqual(completion('re: hello'));
    expect(restarts).toEqual(['engine-hung']);
  });

  it('asks no more at once than the engine takes', async () => {
    let active = 0;
    let most = 0;
    const counting = engineThat(async ({ prompt }) => {
      most = Math.max(most, ++active);
      await new Promise(setImmediate);
      active--;
      return completion(prompt);
    }, 3);
    const model = await start(counting);
    const texts = Array.from({ length: 10 }, (_, i) => String(i));
    const replies = await Promise.all(texts.map((prompt) => model.complete({ ...request, prompt })));
    expect(replies.map(({ text }) => text)).toEqual(texts);
    expect(most).toBe(3);
  });

  it('repeats every call that was under way when the worker was lost', async () => {
    const hangsAtSecond = engineThat(() => forever(), 2);
    const model = await start(
      hangsAtSecond,
      engineThat(({ prompt }) => Promise.resolve(completion(prompt)), 2),
    );
    const both = Promise.all(['a', 'b'].map((prompt) => model.complete({ ...request, prompt })));
    expect((await patientlyAwait(both)).map(({ text }) => text)).toEqual(['a', 'b']);
    expect(workers.started).toHaveLength(2);
  });
});

describe('a cancelled call', () => {
  it('rejects at once; the engine is told, and takes the next call when it is through', async () => {
    const heedsCancel = engineThat(({ prompt }, cancel) =>
      prompt === 'long'
        ? new Promise((_, reject) => cancel.onCancel(() => reject(new AppError('cancelled', 'Stopped.'))))
        : Promise.resolve(completion(prompt)),
    );
    const model = await start(heedsCancel);
    const source = createCancelSource();
    const call = model.complete({ ...request, prompt: 'long' }, source.token);
    await until(() => timers.pending > 0);
    source.cancel();
    await expect(call).rejects.toEqual(code('cancelled'));
    expect(await model.complete(request)).toEqual(completion('hello'));
    expect(workers.started).toHaveLength(1);
  });

  it('costs the worker its life when the engine does not heed it', async () => {
    const model = await start(hangs, answers);
    const source = createCancelSource();
    const call = model.complete(request, source.token);
    await until(() => timers.pending > 0);
    source.cancel();
    await expect(call).rejects.toEqual(code('cancelled'));
    expect(await patientlyAwait(model.complete(request), 50)).toEqual(completion('re: hello'));
  });

  it('leaves the queue when it waits there', async () => {
    const model = await start(hangs);
    void model.complete(request).catch(() => undefined);
    const source = createCancelSource();
    const waiting = model.complete(request, source.token);
    source.cancel();
    await expect(waiting).rejects.toEqual(code('cancelled'));
  });
});

describe('loading', () => {
  const loadsUntil = (ended: (signal: AbortSignal) => Promise<never>): Engine => ({
    ...answers,
    load: (_, { signal }) => ended(signal),
  });
  const heeding = loadsUntil(
    (signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Stopped.'))),
      ),
  );
  const deaf = loadsUntil(() => new Promise(() => undefined));

  it('can be stopped', async () => {
    const loading = start(heeding);
    await until(() => timers.pending > 0);
    const stop = client.cancelLoad();
    await expect(loading).rejects.toEqual(code('cancelled'));
    await stop;
    expect(workers.started[0]?.isTerminated).toBe(false);
  });

  it('is stopped by force when the engine does not heed it', async () => {
    const loading = start(deaf);
    await until(() => timers.pending > 0);
    const stop = client.cancelLoad();
    timers.advance(50);
    await expect(loading).rejects.toEqual(code('cancelled'));
    await stop;
    expect(workers.started[0]?.isTerminated).toBe(true);
  });

  it('counts as hung when it makes no progress for long', async () => {
    const loading = start(deaf);
    await until(() => timers.pending > 0);
    timers.advance(1000);
    await expect(loading).rejects.toEqual(code('engine-hung'));
  });

  it('ends its progress with one report that the model is ready', async () => {
    await start(answers);
    const phases: string[] = [];
    await client.load({ ...spec, modelId: 'another' }, null, ({ phase }) => phases.push(phase));
    await new Promise(setImmediate);
    expect(phases).toEqual(['ready']);
  });

  it('refuses a second load meanwhile, and allows one after a failure', async () => {
    const loading = start(deaf, answers);
    await until(() => timers.pending > 0);
    await expect(client.load(spec, null, () => undefined)).rejects.toEqual(code('busy'));
    timers.advance(1000);
    await expect(loading).rejects.toEqual(code('engine-hung'));
    const model = await client.load(spec, null, () => undefined);
    expect(await model.complete(request)).toEqual(completion('re: hello'));
  });

  it('says so when an engine is not part of this version', async () => {
    await start(answers);
    const load = client.load({ engine: 'prompt-api' }, null, () => undefined);
    await expect(load).rejects.toEqual(code('unsupported'));
  });

  it('replaces the model before: its calls then find it gone', async () => {
    const first = await start(answers);
    await client.load({ ...spec, modelId: 'another' }, null, () => undefined);
    await expect(first.complete(request)).rejects.toEqual(code('model-not-loaded'));
  });

  it('is undone by unloading; what was kept can still be listed', async () => {
    const model = await start(answers);
    await client.unload();
    expect(client.loaded).toBeNull();
    await expect(model.complete(request)).rejects.toEqual(code('model-not-loaded'));
    expect(await client.cached()).toContainEqual({
      engine: 'webllm',
      modelId: 'kept',
      bytes: 5,
      complete: true,
    });
  });
});
