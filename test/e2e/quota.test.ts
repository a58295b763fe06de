/** A full disk: the run pauses, says what could be deleted, and goes on when there is room again. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, describe, expect } from 'vitest';
import type { OpenedPage } from './app.ts';
import { it, type Open } from './it.ts';
import { goTo, importFile, openSample, startRun, storedRun, waitForResult } from './steps.ts';

// Recent Chromium tells every site that it has the same room; here it tells the truth, as other browsers do.
it.override('flags', ['--disable-gpu', '--disable-features=StaticStorageQuota']);

const remainsBytes = 40_000_000;

/** What a download that was broken off leaves behind, where the engine for the processor keeps its files. */
function leaveRemains(page: Page, bytes: number): Promise<void> {
  return page.evaluate(async (size) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('cache', { create: true });
    const file = await folder.getFileHandle('large-model.gguf', { create: true });
    const writer = await file.createWritable();
    await writer.write(new Uint8Array(size));
    await writer.close();
  }, bytes);
}

/** An empty profile, but for the remains of a download, on a disk with so much room left. */
async function openWithRoom(open: Open, app: string, bytes: number): Promise<OpenedPage> {
  // Chromium asks for the quota once and counts from there: the disk is filled before the app opens its database.
  // And a service worker would take room at a time of its own.
  const opened = await open({ at: 'favicon.svg', serviceWorkers: 'block' });
  const { context, page } = opened;
  await leaveRemains(page, remainsBytes);
  const tools = await context.newCDPSession(page);
  const quotaSize = remainsBytes + bytes;
  await tools.send('Storage.overrideQuotaForOrigin', { origin: new URL(app).origin, quotaSize });
  await page.goto(app);
  return opened;
}

async function deleteRemains(page: Page): Promise<void> {
  await page.getByText('model, frees 40 MB').waitFor();
  await page.getByRole('button', { name: 'Delete large-model.gguf' }).click();
}

it('R6: a run that meets a full disk pauses, names what to delete, and ends like the undisturbed one', async ({
  open,
  served,
}) => {
  const whole = await open();
  await openSample(whole.page, 'Navigate');
  await startRun(whole.page);
  await waitForResult(whole.page);
  const expected = await storedRun(whole.page);

  // Enough for the page and the beginning of a run, and not for the whole of it.
  const { page, errors } = await openWithRoom(open, served.url, 200_000);
  await openSample(page, 'Navigate');
  await startRun(page);
  await page.getByText('The browser’s storage is full').waitFor();
  expect((await storedRun(page)).replies).toBeGreaterThan(0);
  await deleteRemains(page);
  await page.getByText('Nothing is kept here that could be deleted.').waitFor();
  await page.getByRole('button', { name: 'Resume the run' }).click();
  await waitForResult(page);
  const stored = await storedRun(page);
  expect(stored.report).toEqual(expected.report);
  expect(stored.events).toEqual(expected.events);
  expect(stored.replies).toBe(expected.replies);
  expect(errors).toEqual([]);
});

describe('something large for which there is hardly room', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentential-quota-'));
  const file = path.join(folder, 'large.csv');
  const rows = Array.from(
    { length: 4000 },
    (_, row) => `question ${row} ${randomBytes(750).toString('base64')},yes`,
  );
  writeFileSync(file, ['input,target', ...rows].join('\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('R14: an import says what is missing, is stored as a whole or not at all, and fits once something was deleted', async ({
    open,
    served,
  }) => {
    const { page, errors } = await openWithRoom(open, served.url, 2_000_000);
    await goTo(page, 'Data');
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByText(/This dataset takes about 4 MB, and this browser has \d MB left/).waitFor();
    await page.getByRole('button', { name: 'Save the dataset' }).click(); // all the same
    await page.getByText('The browser’s storage is full').waitFor();
    await page.getByRole('region', { name: 'What you can delete' }).waitFor();
    await deleteRemains(page);
    await page.getByText('model, frees 40 MB').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save the dataset' }).click();
    await page.getByRole('link', { name: 'Set up a run' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('R14: a backup is refused as a whole with what is missing, and restored once something was deleted', async ({
    open,
    served,
  }) => {
    const first = await open();
    await importFile(first.page, file);
    await first.page.goto(`${served.url}#/storage`);
    const [backup] = await Promise.all([
      first.page.waitForEvent('download'),
      first.page.getByRole('button', { name: 'Save a backup' }).click(),
    ]);

    const { page, errors } = await openWithRoom(open, served.url, 2_000_000);
    await page.goto(`${served.url}#/storage`);
    await page.getByLabel('Restore from a backup').setInputFiles(await backup.path());
    await page
      .getByText(/takes up to \d MB, and this browser has \d MB left .* Nothing was stored/)
      .waitFor();
    await deleteRemains(page);
    await page.getByText('model, frees 40 MB').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Restore it now' }).click();
    await page.getByText('0 runs, 1 dataset').waitFor();
    expect([...first.errors, ...errors]).toEqual([]);
  });
});
