/** A new run from a step of an old one: same prompt, and the old one's calls are not asked again. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { it } from './it.ts';
import { goTo, openSample, startRun, waitForResult } from './steps.ts';

interface Stored {
  readonly runs: readonly {
    id: string;
    createdAt: number;
    report: { startText: string; bestText: string };
  }[];
  readonly keys: readonly string[];
  /** Test examples by run. */
  readonly tested: Readonly<Record<string, readonly string[]>>;
}

interface StoredEvent {
  readonly event: {
    readonly type: string;
    readonly split?: string;
    readonly outcome?: { exampleId: string };
  };
}

function stored(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
      });
    const database = await done(indexedDB.open('sentential'));
    const store = (name: string): IDBObjectStore => database.transaction(name).objectStore(name);
    const runs = (await done(store('runs').getAll())) as Stored['runs'];
    const keys = (await done(store('completions').getAllKeys())).map(String);
    const places = (await done(store('runEvents').getAllKeys())) as [runId: string, seq: number][];
    const events = (await done(store('runEvents').getAll())) as StoredEvent[];
    database.close();
    const tested: Record<string, string[]> = {};
    for (const [index, { event }] of events.entries()) {
      const runId = places[index]?.[0] ?? '';
      if (event.split === 'test' && event.outcome) (tested[runId] ??= []).push(event.outcome.exampleId);
    }
    return { runs: [...runs].sort((a, b) => a.createdAt - b.createdAt), keys, tested };
  });
}

it('R11: a fork begins with the prompt of its step and asks nothing again that its parent asked', async ({
  open,
}) => {
  const { page, errors } = await open();
  await openSample(page, 'Navigate');
  await startRun(page);
  await waitForResult(page);
  const before = await stored(page);
  const parent = before.runs[0];

  await page
    .getByRole('link', { name: /^Fork from step/ })
    .last()
    .click();
  await page.getByText('A fork of “Navigate”').waitFor();
  expect(await page.getByLabel('Your prompt').inputValue()).toBe(parent?.report.bestText);
  await page.getByLabel('Calls, at most').fill('300');
  await page.getByLabel('Seed').fill('2'); // another search, and the same examples: none is tested on that was learned from
  await startRun(page);
  await waitForResult(page);

  const after = await stored(page);
  const fork = after.runs[1];
  expect(after.runs[0]).toEqual(parent);
  expect(fork?.report.startText).toBe(parent?.report.bestText);
  const testedBy = (id = ''): string[] => [...new Set(after.tested[id])].sort();
  expect(testedBy(fork?.id).length).toBeGreaterThan(50);
  expect(testedBy(fork?.id)).toEqual(testedBy(parent?.id));
  // A reply of the parent that the fork needed is kept under the fork's own name too.
  const adopted = after.keys.filter((key) => key.startsWith(`${fork?.id ?? ''}/`));
  expect(adopted.length).toBeGreaterThan(80); // at least its prompt on the validation examples
  expect(adopted.every((key) => before.keys.includes(key.slice(key.lastIndexOf('/') + 1)))).toBe(true);

  await goTo(page, 'History'); // where the last prompt of a run is one press away
  await page
    .getByRole('link', { name: /^Fork\b/ })
    .first()
    .click();
  await page.getByText('A fork of “Navigate”').waitFor();
  expect(await page.getByLabel('Your prompt').inputValue()).toBe(fork?.report.bestText);
  expect(errors).toEqual([]);
});
