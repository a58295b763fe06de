import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { CompletionRequest, LanguageModel } from '../../src/core/language-model.ts';
import type { Role } from '../../src/workers/model-service.ts';
import { inTurns } from '../../src/workers/turns.ts';

const request: CompletionRequest = {
  purpose: 'answer',
  system: '',
  prompt: 'q',
  maxTokens: 4,
  temperature: 0,
  seed: 1,
};

/** A machine with room for one model; loading a second one fails, as it would there. */
function smallMachine() {
  const log: string[] = [];
  let loaded: Role | null = null;
  const finish: (() => void)[] = [];
  const model = (role: Role): LanguageModel => ({
    identity: { engine: 'simulated', model: role },
    concurrency: 4,
    contextWindow: 100,
    capabilities: { constraints: true, exactUsage: true },
    countTokens: () => Promise.resolve(1),
    async complete() {
      log.push(`ask ${role}`);
      await new Promise<void>((resolve) => finish.push(resolve));
      const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 1, decodeMs: 1 };
      return { text: role, finishReason: 'stop', usage };
    },
  });
  return {
    log,
    async finishAll(): Promise<void> {
      for (const end of finish.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    },
    parts: {
      load(role: Role) {
        if (loaded !== null) return Promise.reject(new AppError('out-of-memory', 'No room for two.'));
        loaded = role;
        log.push(`load ${role}`);
        return Promise.resolve(model(role));
      },
      unload(role: Role) {
        if (loaded === role) loaded = null;
        log.push(`unload ${role}`);
        return Promise.resolve();
      },
    },
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('two models in turns', () => {
  it('are never loaded at the same time', async () => {
    const machine = smallMachine();
    const { task, optimizer } = await inTurns(machine.parts);
    const asked = [task.complete(request), optimizer.complete(request), optimizer.complete(request)];
    await settle();
    await machine.finishAll();
    await machine.finishAll();
    expect((await Promise.all(asked)).map(({ text }) => text)).toEqual(['task', 'optimizer', 'optimizer']);
    expect(machine.log).toEqual([
      'load optimizer',
      'unload optimizer',
      'load task',
      'ask task',
      'unload task',
      'load optimizer',
      'ask optimizer',
      'ask optimizer',
    ]);
  });

  it('change once for all requests that wait', async () => {
    const machine = smallMachine();
    const { task, optimizer } = await inTurns(machine.parts);
    const asked = [task, optimizer, task, optimizer, task].map((model) => model.complete(request));
    for (let turn = 0; turn < 3; turn += 1) {
      await settle();
      await machine.finishAll();
    }
    await Promise.all(asked);
    expect(machine.log.filter((line) => line.startsWith('load'))).toEqual([
      'load optimizer',
      'load task',
      'load optimizer',
    ]);
  });

  it('try to load again after a load that failed', async () => {
    const machine = smallMachine();
    let failures = 1;
    const { task, optimizer } = await inTurns({
      ...machine.parts,
      load: (role) =>
        role === 'optimizer' && machine.log.includes('load task') && failures-- > 0
          ? Promise.reject(new AppError('download-failed', 'The network is gone.'))
          : machine.parts.load(role),
    });
    await expect(optimizer.complete(request)).rejects.toThrow('network');
    for (const model of [task, optimizer]) {
      const answer = model.complete(request);
      await settle();
      await machine.finishAll();
      expect((await answer).text).toBe(model.identity.model);
    }
  });

  it('go on after a request that failed', async () => {
    const machine = smallMachine();
    const { task, optimizer } = await inTurns(machine.parts);
    const cancelled = { isCancelled: true, onCancel: () => () => undefined, throwIfCancelled: stop };
    await expect(optimizer.complete(request, cancelled)).rejects.toThrow('Stopped');
    const answer = task.complete(request);
    await settle();
    await machine.finishAll();
    expect((await answer).text).toBe('task');
  });
});

function stop(): never {
  throw new AppError('cancelled', 'Stopped');
}
