/** A run on the simulated model with a real (in-memory) IndexedDB, and a second one whose answers the first has asked. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompletionRequest, LanguageModel } from '../../src/core/language-model.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import { createSimulatedModel } from '../../src/models/simulated/simulated-model.ts';
import { worldOf } from '../../src/models/simulated/world-of.ts';
import { CompletionRepository, type SharingOptions } from '../../src/storage/completion-repository.ts';
import { openDatabase } from '../../src/storage/open.ts';
import type { RunConfig, RunRecord } from '../../src/storage/run-record.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { ActiveRun } from '../../src/workers/active-run.ts';
import type { LiveState } from '../../src/workers/protocol.ts';

const dataset = { ...generateBuiltIn('navigate', 1), createdAt: 0 };
const spec = { engine: 'simulated', skill: 'middling', paceMs: 0 } as const;

const config: RunConfig = {
  name: 'Navigate',
  datasetId: dataset.id,
  method: 'dual-phase',
  options: { drafts: 1, steps: 2 },
  seed: 1,
  sizes: { train: 12, validation: 20, test: 10 },
  metric: dataset.metric,
  choices: dataset.choices,
  answer: { maxTokens: 64, suffix: '', constrain: false },
  userPrompt: null,
  taskModel: spec,
  optimizerModel: null,
  budget: { calls: 200, tokens: null, minutes: null },
  askMe: false,
};

const recordOf = (id: string): RunRecord => ({
  schemaVersion: 1,
  id,
  config,
  status: 'running',
  createdAt: 1,
  updatedAt: 1,
  eventCount: 0,
  report: null,
  error: null,
  versions: { app: '0', engine: '0' },
});

let runs: RunRepository;
let completions: CompletionRepository;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  const database = await openDatabase();
  runs = new RunRepository(database);
  completions = new CompletionRepository(database);
});

interface Opened {
  readonly run: ActiveRun;
  readonly live: () => LiveState;
}

/** What it returns is the reply; the model's own where it returns none. */
type OnCall = (
  request: CompletionRequest,
  before: readonly CompletionRequest[],
) => Promise<never> | undefined;

interface OpenOptions {
  readonly record?: RunRecord;
  readonly sharing?: SharingOptions;
  readonly onCall?: OnCall;
}

async function open(
  id: string,
  { record = recordOf(id), sharing, onCall = () => undefined }: OpenOptions = {},
): Promise<Opened> {
  await runs.save(record);
  const simulated = createSimulatedModel(spec, worldOf(dataset), { sleep: () => Promise.resolve() });
  const asked: CompletionRequest[] = [];
  const model: LanguageModel = {
    ...simulated,
    complete(request, cancel) {
      const held = onCall(request, asked);
      asked.push(request);
      return held ?? simulated.complete(request, cancel);
    },
  };
  const run = new ActiveRun({
    record,
    dataset,
    runs,
    completions: await completions.forRun(id, sharing),
    obtainModels: () => Promise.resolve({ task: model, optimizer: model }),
    notes: () => ({ task: [], optimizer: [] }),
    isWaiting: () => false,
  });
  let last: LiveState | null = null;
  run.watch({ onEvents: () => undefined, onLive: (live) => (last = live) });
  const live = (): LiveState => {
    if (last === null) throw new Error('Nothing was told yet.');
    return last;
  };
  return { run, live };
}

const proposalsIn = (requests: readonly CompletionRequest[]): number =>
  requests.filter(({ purpose }) => purpose === 'propose').length;

/** As much as the run that is watched meanwhile would do, were it not held; however slow the machine is. */
async function aWholeRun(id: string): Promise<void> {
  const { run } = await open(id);
  await run.drive();
  expect(run.record.status).toBe('finished');
}

describe('a run whose answers an earlier one has asked', () => {
  it('stops at Pause all the same, and ends like the earlier one', async () => {
    const first = await open('first');
    await first.run.drive();
    const second = await open('second', {
      sharing: { beforeAdopted: () => new Promise((resolve) => setTimeout(resolve, 1)) },
    });
    const begun = new Promise<void>((resolve) => {
      second.run.watch({ onEvents: ({ length }) => length > 0 && resolve(), onLive: () => undefined });
    });
    const driven = second.run.drive();
    await begun;
    second.run.pause();
    await aWholeRun('what was in flight at the pause has come');
    const held = second.run.eventCount;
    expect(held).toBeGreaterThan(0);
    expect(second.run.record.report).toBeNull();
    await aWholeRun('nothing more comes');
    expect(second.run.eventCount).toBe(held);
    expect(second.live()).toMatchObject({ status: 'paused', isHere: true });

    second.run.resume();
    await driven;
    expect(second.run.record.report).toEqual(first.run.record.report);
    const { adopted, asked } = second.live();
    expect({ adopted, asked }).toEqual({ adopted: first.live().asked, asked: 0 });
  });
});

describe('stopping a run', () => {
  /** Stops when the first rewrite is asked for, and as often as said at the answers that follow. */
  async function stopped(again: number): Promise<RunRecord> {
    const { run } = await open(`again ${again}`, {
      onCall({ purpose }, before) {
        if (purpose === 'propose' && proposalsIn(before) === 1) run.stop();
        if (purpose === 'answer' && proposalsIn(before) === 2 && again-- > 0) run.stop();
        return undefined;
      },
    });
    await run.drive();
    return run.record;
  }

  it('looks at the test examples first', async () => {
    expect(await stopped(0)).toMatchObject({ status: 'stopped', report: { test: { examples: 10 } } });
  });

  it('does not wait for them when it is stopped again', async () => {
    expect(await stopped(1)).toMatchObject({ status: 'stopped', report: { test: null } });
  });
});

describe('a tab that goes while a stopped run is checked', () => {
  /** Stopped at the second request for a rewrite; the final check gets so many replies, then it waits for ever. */
  async function stopped(id: string, replies: number): Promise<Opened> {
    const opened = await open(id, {
      sharing: { isAlone: true },
      onCall({ purpose }, before) {
        if (purpose === 'propose' && proposalsIn(before) === 1) opened.run.stop();
        const isCheck = purpose === 'answer' && proposalsIn(before) === 2;
        return isCheck && replies-- <= 0 ? new Promise(() => undefined) : undefined;
      },
    });
    return opened;
  }

  it('does not take the stop with it: resumed, the run ends with the same log and asks for no rewrite', async () => {
    const whole = await stopped('whole', Infinity);
    await whole.run.drive();

    const cut = await stopped('cut', 3);
    void cut.run.drive(); // never ends
    const lastOf = async (id: string) => (await runs.events(id)).at(-1)?.event;
    await expect.poll(() => lastOf('cut')).toMatchObject({ type: 'example-scored', split: 'test', done: 3 });

    const asked: CompletionRequest[] = [];
    const again = await open('cut', {
      record: await runs.get('cut'),
      sharing: { isAlone: true },
      onCall(request) {
        asked.push(request);
        return undefined;
      },
    });
    await again.run.drive();
    expect(again.run.record).toMatchObject({ status: 'stopped', report: whole.run.record.report });
    expect(await runs.events('cut')).toEqual(await runs.events('whole'));
    expect(new Set(asked.map(({ purpose }) => purpose))).toEqual(new Set(['answer']));
  });
});

describe('a stop while a run is replayed', () => {
  it('takes effect where the log of the earlier session ends', async () => {
    const cut = await open('cut', {
      sharing: { isAlone: true },
      onCall: ({ purpose }, before) =>
        purpose === 'propose' && proposalsIn(before) === 1 ? new Promise(() => undefined) : undefined,
    });
    void cut.run.drive(); // never ends
    await expect.poll(async () => (await runs.events('cut')).at(-1)?.event.type).toBe('proposing');
    const told = await runs.events('cut');

    const again = await open('cut', { record: await runs.get('cut'), sharing: { isAlone: true } });
    const driven = again.run.drive();
    again.run.stop();
    await driven;
    const log = await runs.events('cut');
    expect(log.slice(0, told.length)).toEqual(told);
    expect(log[told.length]?.event.type).toBe('search-stopped');
    expect(again.run.record).toMatchObject({ status: 'stopped', report: { test: { examples: 10 } } });
  });
});

describe('what the person does', () => {
  it('is told as waiting until it is carried out', async () => {
    const { run, live } = await open('r');
    const hint = { kind: 'hint', text: 'Mind the turns' } as const;
    await run.act(hint);
    expect(live().waiting).toEqual([hint]);
    await run.drive();
    expect(live().waiting).toEqual([]);
  });
});
