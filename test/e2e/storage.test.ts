/** Everything out of one profile and into another. */
import { expect } from 'vitest';
import { it } from './it.ts';
import { goTo, openSample, startRun, storedRun, waitForResult } from './steps.ts';

it('R4: a backup restored into a fresh profile gives the same History, report and log', async ({
  open,
  served,
}) => {
  const first = await open();
  await openSample(first.page, 'Navigate');
  await startRun(first.page);
  await waitForResult(first.page);
  const expected = await storedRun(first.page);
  await first.page.goto(`${served.url}#/storage`);
  const [download] = await Promise.all([
    first.page.waitForEvent('download'),
    first.page.getByRole('button', { name: 'Save a backup' }).click(),
  ]);
  const file = await download.path();

  const second = await open();
  await second.page.goto(`${served.url}#/storage`);
  await second.page.getByLabel('Restore from a backup').setInputFiles(file);
  await second.page.getByText('1 run, 1 dataset').waitFor();
  expect(await storedRun(second.page)).toEqual(expected);
  await goTo(second.page, 'History');
  await second.page.getByRole('table').getByText('finished').waitFor();
  expect([...first.errors, ...second.errors]).toEqual([]);
});
