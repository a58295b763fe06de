import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/core/cancel.ts';
import type { PersonAction } from '../../src/core/events.ts';
import { openDatabase } from '../../src/storage/open.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { PersonBox } from '../../src/workers/person-box.ts';

let runs: RunRepository;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  runs = new RunRepository(await openDatabase());
});

/** What a tab has of a run; another one stands for the tab after a reload. */
function openTab(): PersonBox {
  return new PersonBox({
    runId: 'r',
    runs,
    asksApproval: false,
    cancel: neverCancelled,
    onAsking: () => undefined,
    onWaiting: () => undefined,
  });
}

const hint = (text: string): PersonAction => ({ kind: 'hint', text });

describe('what a person did in a run', () => {
  it('waits for the next checkpoint and is given to it once', async () => {
    const tab = openTab();
    await tab.add(hint('one'));
    await tab.add(hint('two'));
    expect(await tab.take(0)).toEqual([hint('one'), hint('two')]);
    expect(await tab.take(1)).toEqual([]);
  });

  it('is still there when the tab is reloaded before that checkpoint', async () => {
    await openTab().add(hint('one'));
    expect(await openTab().take(0)).toEqual([hint('one')]);
  });

  it('comes back at the same checkpoint in a replay, whatever was done since', async () => {
    const first = openTab();
    await first.take(0);
    await first.add(hint('one'));
    await first.take(1);
    const second = openTab();
    await second.add(hint('during the replay'));
    expect(await second.take(0)).toEqual([]);
    expect(await second.take(1)).toEqual([hint('one')]);
    expect(await second.take(2)).toEqual([hint('during the replay')]);
  });

  it('says what waits, also what an earlier tab left', async () => {
    const first = openTab();
    await first.add(hint('one'));
    expect(first.waiting).toEqual([hint('one')]);
    const second = openTab();
    await second.open();
    expect(second.waiting).toEqual([hint('one')]);
    await second.take(0);
    expect(second.waiting).toEqual([]);
  });

  it('keeps every one of several actions done at once', async () => {
    const tab = openTab();
    await Promise.all(['a', 'b', 'c'].map((text) => tab.add(hint(text))));
    expect(await tab.take(0)).toEqual(['a', 'b', 'c'].map(hint));
  });
});
