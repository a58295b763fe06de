/** One run has one writer: what two tabs do with the same run never loses it, doubles it or brings it back. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { patienceMs } from './app.ts';
import { it } from './it.ts';
import { goTo, openSample, startRun, waitForResult } from './steps.ts';

async function startSlowly(page: Page): Promise<void> {
  await openSample(page, 'Navigate');
  await startRun(page, { slowly: true });
  await page
    .getByText(/[Ss]tep 1 of at most/)
    .first()
    .waitFor();
}

it('a second tab shows the run as it goes, and finishes it when the first tab is closed', async ({
  open,
}) => {
  const { context, page } = await open();
  await startSlowly(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused.').waitFor(); // however long the second tab takes to open, the run has not ended by then

  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText('Paused.').waitFor();
  const calls = second.getByText('Model calls').locator('..');
  const before = await calls.innerText();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => calls.innerText(), { timeout: patienceMs }).not.toBe(before);
  await second.getByRole('button', { name: 'Pause' }).click();
  await second
    .getByText(/under way in (another|this) tab/)
    .first()
    .waitFor();

  await page.close();
  await waitForResult(second);
});

it('a second run is refused while one is under way, and leaves nothing behind', async ({ open }) => {
  const { page, errors } = await open();
  await startSlowly(page);
  await openSample(page, 'Dates');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByText('Another run is under way in this tab.').first().waitFor();
  await goTo(page, 'History');
  await page.getByText('1 run.').waitFor();
  expect(errors).toEqual([]);
});

it('a run that is under way cannot be deleted; one deleted in another tab does not come back', async ({
  open,
}) => {
  const { context, page, errors } = await open();
  await startSlowly(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused.').waitFor();

  const second = await context.newPage();
  await second.goto(page.url());
  await goTo(second, 'History');
  const remove = async (): Promise<void> => {
    await second.getByRole('button', { name: /^Delete Navigate/ }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  };
  await remove();
  await second.getByText('This run is under way.').waitFor();

  await page.reload(); // nobody works on it now
  await page.getByText('Paused.').waitFor();
  await remove();
  await second.getByText('No run yet').waitFor();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.getByText('This run is not stored here.').waitFor();
  await second.reload();
  await second.getByText('No run yet').waitFor();
  expect(errors).toEqual([]);
});
