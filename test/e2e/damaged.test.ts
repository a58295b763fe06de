/** A record that was damaged behind the app's back is said, taken out and deleted; nothing else suffers. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { it } from './it.ts';
import { goTo, openSample, startRun, waitForResult } from './steps.ts';

/** Writes a copy of the only run under another id, with a seed that is none. */
function damageACopy(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
      });
    const database = await done(indexedDB.open('sentential'));
    const store = database.transaction('runs', 'readwrite').objectStore('runs');
    const [run] = (await done(store.getAll())) as { config: object }[];
    await done(store.put({ ...run, id: 'damaged', config: { ...run?.config, seed: 'seven' } }));
    database.close();
  });
}

it('R15: a damaged run is named on History, saved as it is, left out of a backup, and deleted', async ({
  open,
}) => {
  const { page, errors } = await open();
  await openSample(page, 'Navigate');
  await startRun(page);
  await waitForResult(page);
  await damageACopy(page);

  await goTo(page, 'History');
  await page.getByText('1 run cannot be read').waitFor();
  await page.getByText('run “Navigate”, damaged at config.seed').waitFor();
  await page.getByText('1 run.', { exact: true }).waitFor(); // the sound one is listed
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save what is there/ }).click(),
  ]);
  expect(readFileSync(await saved.path(), 'utf8')).toContain('"seed": "seven"');

  await page.goto(page.url().replace(/#.*/, '#/storage'));
  const [backup] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save a backup' }).click(),
  ]);
  await page.getByText('1 damaged record left out').waitFor();
  const second = await open({ at: '#/storage' });
  await second.page.getByLabel('Restore from a backup').setInputFiles(await backup.path());
  await second.page.getByText('1 run, 1 dataset').waitFor();

  await page.getByRole('button', { name: 'Delete the run “Navigate”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('1 record cannot be read').waitFor({ state: 'detached' });
  await goTo(page, 'History');
  await page.getByText('1 run.', { exact: true }).waitFor();
  expect([...errors, ...second.errors]).toEqual([]);
});
