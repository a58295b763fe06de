import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/core/cancel.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { generateBuiltIn } from '../../../src/data/built-in/index.ts';
import { createSimulatedModel } from '../../../src/models/simulated/simulated-model.ts';
import { worldOf } from '../../../src/models/simulated/world-of.ts';
import { proposal, question, simulatedFor, stating } from './fixtures.ts';

const dataset = generateBuiltIn('navigate', 1);
const world = worldOf(dataset);
const inputs = dataset.examples.map(({ input }) => input);
const [input = ''] = inputs;
const model = simulatedFor(dataset);

async function codeOf(pending: Promise<unknown>): Promise<string> {
  const error: unknown = await pending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return isAppError(error) ? error.code : `no AppError: ${String(error)}`;
}

describe('the simulated model', () => {
  it('says that it is simulated', () => {
    expect(model.identity.engine).toBe('simulated');
    expect(model.identity.model).toContain('simulated');
  });

  it('is another model for other data and for another skill, and the same at another pace', () => {
    const identity = (skill: 'weak' | 'strong', seed: number, paceMs = 0): string =>
      createSimulatedModel({ engine: 'simulated', skill, paceMs }, worldOf(generateBuiltIn('dates', seed)), {
        sleep: () => Promise.resolve(),
      }).identity.model;
    expect(new Set([identity('weak', 1), identity('strong', 1), identity('weak', 2)]).size).toBe(3);
    expect(identity('weak', 1, 50)).toBe(identity('weak', 1));
  });

  it('gives the same replies in any order, and from a fresh start', async () => {
    const ask = (from: typeof model, list: readonly string[]) =>
      Promise.all(list.map((one) => from.complete(question('Count.', one))));
    const forwards = await ask(model, inputs);
    const backwards = await ask(simulatedFor(dataset), inputs.toReversed());
    expect(backwards.toReversed()).toEqual(forwards);
  });

  it('ignores the seed when greedy and heeds it when it samples', async () => {
    const replies = async (temperature: number, seed: number): Promise<string> => {
      const all = inputs.slice(0, 60).map((one) => model.complete(question('', one, { temperature, seed })));
      return (await Promise.all(all)).map(({ text }) => text).join('|');
    };
    expect(await replies(0, 1)).toBe(await replies(0, 2));
    expect(await replies(1, 1)).not.toBe(await replies(1, 2));
    expect(await replies(1, 1)).toBe(await replies(1, 1));
  });

  it('says exactly one of the choices under a constraint, whatever the prompt lacks', async () => {
    const choices = ['No', 'Yes'];
    for (const one of inputs.slice(0, 50)) {
      const { text } = await model.complete(question('', one, { constraint: { kind: 'choice', choices } }));
      expect(choices).toContain(text);
    }
  });

  it('takes a grammar that is a choice of texts, and refuses any other', async () => {
    const ask = (grammar: string) =>
      model.complete(proposal('Which?', 1, { constraint: { kind: 'grammar', grammar } }));
    expect(['1', '2']).toContain((await ask('root ::= "1" | "2"')).text);
    expect(await codeOf(ask('root ::= [a-z]+'))).toBe('unsupported');
  });

  it('keeps to one line of the right length when it must', async () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const { text } = await model.complete(
        proposal('Write.', seed, { constraint: { kind: 'line', min: 10, max: 60 } }),
      );
      expect(text).toMatch(/^[^\n`<>]{10,60}$/);
    }
  });

  it('ends before a stop text', async () => {
    const { text, finishReason } = await model.complete(question(stating(world), input, { stop: ['nswer'] }));
    expect(text).not.toContain('nswer');
    expect(finishReason).toBe('stop');
  });

  it('is cut at the tokens it may use, and says so', async () => {
    const { text, finishReason, usage } = await model.complete(
      question(stating(world), input, { maxTokens: 2 }),
    );
    expect(text.length).toBeLessThanOrEqual(8);
    expect(finishReason).toBe('length');
    expect(usage.completionTokens).toBeLessThanOrEqual(2);
  });

  it('refuses what does not fit its window', async () => {
    const long = 'word '.repeat(4000);
    expect(await codeOf(model.complete(question(long, input)))).toBe('context-exceeded');
  });

  it('records a cost that grows with prompt and reply and not with the pace', async () => {
    const paced = createSimulatedModel({ engine: 'simulated', skill: 'middling', paceMs: 10 }, world, {
      sleep: () => Promise.resolve(),
    });
    const short = await model.complete(question('Go.', input));
    const long = await model.complete(question('Go on and on. '.repeat(20), input));
    expect(long.usage.prefillMs).toBeGreaterThan(short.usage.prefillMs);
    expect(short.usage.promptTokens).toBe(Math.ceil('Go.'.length / 4) + Math.ceil(input.length / 4));
    expect(await paced.complete(question('Go.', input))).toEqual(short);
  });

  it('waits for its pace, one request at a time', async () => {
    const waits: number[] = [];
    const releases: (() => void)[] = [];
    const paced = createSimulatedModel({ engine: 'simulated', skill: 'middling', paceMs: 30 }, world, {
      sleep: (ms) => {
        waits.push(ms);
        return new Promise((resolve) => releases.push(resolve));
      },
    });
    const both = [paced.complete(question('', input)), paced.complete(question('', inputs[1] ?? ''))];
    for (let served = 1; served <= both.length; served += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(waits).toHaveLength(served);
      releases[served - 1]?.();
      await both[served - 1];
    }
    expect(waits).toEqual([30, 30]);
  });

  it('can be cancelled while it waits, and stays usable', async () => {
    const releases: (() => void)[] = [];
    const paced = createSimulatedModel({ engine: 'simulated', skill: 'middling', paceMs: 30 }, world, {
      sleep: () => new Promise((resolve) => releases.push(resolve)),
    });
    const source = createCancelSource();
    const served = paced.complete(question('', input), source.token);
    const queued = paced.complete(question('', inputs[1] ?? ''), source.token);
    await new Promise((resolve) => setImmediate(resolve));
    source.cancel();
    expect([await codeOf(served), await codeOf(queued)]).toEqual(['cancelled', 'cancelled']);
    releases[0]?.();
    const next = paced.complete(question('', input));
    await new Promise((resolve) => setImmediate(resolve));
    releases[1]?.();
    expect((await next).finishReason).toBe('stop');
  });
});
