/** What can go wrong while a model is in use: each ends as it should, and the next call is answered. */
import { createCancelSource } from '../../../../src/core/cancel.ts';
import {
  client,
  ensure,
  expectFailure,
  load,
  loadedModel,
  request,
  restarts,
  unhandled,
  wait,
} from './rig-model.ts';

const wrongGrammar = { kind: 'grammar', grammar: 'root ::= "a' } as const;

export const faultChecks = {
  async 'a cancelled call ends at once, and the next one works'() {
    const model = await loadedModel();
    const before = restarts.length;
    const source = createCancelSource();
    const call = expectFailure(model.complete(request({ maxTokens: 200 }), source.token), 'cancelled');
    await wait(6000);
    const start = performance.now();
    source.cancel();
    await call;
    const cancelMs = Math.round(performance.now() - start);
    const next = await model.complete(request({ maxTokens: 2 }));
    ensure(
      cancelMs < 200 && restarts.length === before,
      `no wait and no restart, got ${cancelMs} ms, ${restarts.slice(before).join()}`,
    );
    return { cancelMs, freeAfterMs: Math.round(performance.now() - start), next: next.text };
  },
  async 'a prompt too long for the window is refused, and the next call works'() {
    const model = await loadedModel();
    const start = performance.now();
    const failure = await expectFailure(
      model.complete(request({ prompt: 'late '.repeat(2000) })),
      'context-exceeded',
    );
    const refusedMs = Math.round(performance.now() - start);
    await model.complete(request({ maxTokens: 1 }));
    return { ...failure, refusedMs };
  },
  async 'a reply that reaches the end of the window ends there'() {
    const model = await load('model', { contextWindow: 384 });
    const perTen = await model.countTokens('late '.repeat(10));
    const prompt = 'late '.repeat(Math.floor((10 * (model.contextWindow - 100)) / perTen));
    const { finishReason, usage } = await model.complete(request({ prompt, maxTokens: 500 }));
    ensure(finishReason === 'length', `the finish reason length, got ${finishReason}`);
    const all = usage.promptTokens + usage.completionTokens;
    ensure(Math.abs(all - model.contextWindow) <= 1, `a full window, got ${JSON.stringify(usage)}`);
    const { text } = await model.complete(request({ maxTokens: 1 }));
    await load();
    return { usage, window: model.contextWindow, next: text };
  },
  async 'a wrong grammar is given up, the engine comes back'() {
    return { ...(await giveUpWrongGrammar()), unhandled: unhandled.splice(0) };
  },
  async 'a lost device is replaced, and the lost call answered'() {
    const call = (await loadedModel()).complete(request({ maxTokens: 6 }));
    await wait(3000);
    return recovered(async () => (await call).text);
  },
  async 'a device lost under answers written together is replaced, and all of them come'() {
    const model = await loadedModel();
    const prompts = ['late', 'broken', 'wrong size', 'paid twice'];
    const calls = prompts.map((prompt) => model.complete(request({ prompt, maxTokens: 6 })));
    await wait(4000);
    return recovered(async () => (await Promise.all(calls)).map(({ text }) => text));
  },
  async 'a device lost between two calls is noticed by the next'() {
    const model = await loadedModel();
    return recovered(async () => {
      await wait(1000);
      return (await model.complete(request({ maxTokens: 2 }))).text;
    });
  },
  async 'after unloading a call is refused, and the model can be loaded again'() {
    const model = await loadedModel();
    await client.unload();
    const failure = await expectFailure(model.complete(request()), 'model-not-loaded');
    const { text } = await (await loadedModel()).complete(request({ maxTokens: 1 }));
    return { ...failure, next: text };
  },
};

/** Its own browser: the model worker runs with `mute.js`. */
export const muteChecks = {
  async 'a wrong grammar that nobody reports is given up by the watchdog'() {
    return giveUpWrongGrammar();
  },
};

async function giveUpWrongGrammar() {
  const model = await loadedModel();
  const before = restarts.length;
  const start = performance.now();
  const failure = await expectFailure(
    model.complete(request({ constraint: wrongGrammar, maxTokens: 2 })),
    'grammar-invalid',
  );
  const gaveUpMs = Math.round(performance.now() - start);
  const { text } = await model.complete(request({ maxTokens: 2 }));
  const backAfterMs = Math.round(performance.now() - start);
  return { ...failure, gaveUpMs, backAfterMs, restarts: restarts.slice(before), next: text };
}

/** Loses the device under what `work` waits for. */
async function recovered<T>(work: () => Promise<T>) {
  const before = restarts.length;
  unhandled.length = 0;
  const start = performance.now();
  new BroadcastChannel('rig').postMessage('lose-device');
  const result = await work();
  const seen = restarts.slice(before);
  ensure(
    seen.length === 1 && (seen[0] ?? '').startsWith('device-lost'),
    `one restart for a lost device, got ${JSON.stringify(seen)}`,
  );
  ensure(unhandled.length === 0, `no failure that nobody handles, got ${unhandled.join('; ')}`);
  return { result, recoveredMs: Math.round(performance.now() - start), restarts: seen };
}
