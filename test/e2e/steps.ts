/** What a user does on the pages, by role and name as assistive technology sees them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';

const shared = process.env['SENTENTIAL_SHARED'] ?? path.resolve('../shared/data');

/** Real task files that are not ours to ship; null where they are missing. */
export function sharedFile(name: string): string | null {
  const file = path.join(shared, name);
  return existsSync(file) ? file : null;
}

/** By the main navigation: a page may link to another one by the same name. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
}

export async function importFile(page: Page, file: string): Promise<void> {
  await goTo(page, 'Data');
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('button', { name: 'Save the dataset' }).click();
  await page.getByRole('link', { name: 'Set up a run' }).waitFor();
}

export async function openSample(page: Page, title: string): Promise<void> {
  await goTo(page, 'Start');
  await page
    .getByRole('link', { name: new RegExp(`^${title}`) })
    .or(page.getByRole('button', { name: new RegExp(`^${title}`) }))
    .first()
    .click();
  await page.getByRole('button', { name: 'Start the run' }).waitFor();
}

/** One of the datasets in this browser; the sample tasks beside them go by the same names. */
export async function openDataset(page: Page, name: string): Promise<void> {
  await goTo(page, 'Data');
  await page
    .getByRole('region', { name: 'In this browser' })
    .getByRole('link', { name, exact: true })
    .click();
}

export async function startRun(page: Page, { slowly = false } = {}): Promise<void> {
  const slow = page.getByLabel('Slow enough to watch');
  if (slowly) await slow.check();
  else await slow.uncheck();
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/#\/run\//);
}

export async function waitForResult(page: Page): Promise<void> {
  const result = page.getByRole('link', { name: 'See the result' });
  await result.click();
  await page.waitForURL(/#\/result\//);
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
}

interface StoredRun {
  readonly report: unknown;
  readonly events: readonly unknown[];
  readonly replies: number;
}

/** The only run of this profile as IndexedDB has it: report, log, and how many replies were stored. */
export function storedRun(page: Page): Promise<StoredRun> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
      });
    const database = await done(indexedDB.open('sentential'));
    const store = (name: string): IDBObjectStore => database.transaction(name).objectStore(name);
    const [run] = (await done(store('runs').getAll())) as { report: unknown }[];
    const events = await done(store('runEvents').getAll());
    const replies = await done(store('completions').count());
    database.close();
    return { report: run?.report ?? null, events, replies };
  });
}
