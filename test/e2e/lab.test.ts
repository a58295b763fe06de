/** The race on the simulated model through the page: started small, broken off by a reload, resumed, taken away. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { labPresets } from '../../src/core/lab/presets.ts';
import { it } from './it.ts';
import { goTo } from './steps.ts';

/** 2 tasks × 3 methods, so many seeds. */
async function startSmallRace(page: Page, seeds: number): Promise<void> {
  await goTo(page, 'Lab');
  await page.getByRole('button', { name: 'Change it first (The race)' }).click();
  await page.getByRole('checkbox', { name: 'Object counting' }).uncheck();
  await page.getByRole('checkbox', { name: 'Temporal sequences' }).uncheck();
  await page.getByRole('button', { name: 'Remove PromptAgent' }).click();
  await page.getByLabel('Seeds').fill(String(seeds));
  await page.getByLabel('As many as').fill('250');
  await page.getByText(`${6 * seeds} runs, one after the other.`).waitFor();
  await page.getByRole('button', { name: 'Start the experiment' }).click();
  await page.waitForURL(/#\/lab\/./);
}

async function download(page: Page, name: string): Promise<string> {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: new RegExp(`^${name}`) }).click(),
  ]);
  return readFileSync(await saved.path(), 'utf8');
}

it('the race survives a reload, ends with its figures and can be taken away', async ({ open }) => {
  const { page, errors } = await open();
  await startSmallRace(page, 2);
  await page.getByText(/^[3-9] of 12$/).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('After 12 of 12 runs').waitFor();
  await page.getByText('Pause').waitFor({ state: 'detached' });

  const rows = page.getByRole('table', { name: /Methods by test accuracy/ }).getByRole('rowheader');
  expect((await rows.allInnerTexts()).sort()).toEqual(['APE', 'APO', 'Dual-phase']);
  const csv = await download(page, 'CSV');
  expect(csv.split('\r\n').filter((line) => line.includes('yes, not a language model'))).toHaveLength(12);
  expect(await download(page, 'Markdown')).toContain('**Simulated model: ');

  await page.reload(); // a finished experiment is there at once
  await page.getByText('After 12 of 12 runs').waitFor();
  expect(errors).toEqual([]);
});

it.for(labPresets.map(({ title }) => title))(
  'the preset “%s” runs through the page and says in words what came of it',
  async (title, { open }) => {
    const { page, errors } = await open();
    await goTo(page, 'Lab');
    await page.getByRole('button', { name: `Change it first (${title})` }).click();
    for (const task of ['Object counting', 'Navigate', 'Temporal sequences'])
      await page.getByRole('checkbox', { name: task }).uncheck();
    await page.getByLabel('Seeds').fill('1');
    await page.getByLabel('As many as').fill('250');
    await page.getByRole('button', { name: 'Start the experiment' }).click();
    await page.getByText('On test examples that no method saw').waitFor();
    await page.getByText('There is only one pair of runs').waitFor();
    expect(errors).toEqual([]);
  },
);

it('a second tab follows an experiment and cannot hold it', async ({ open }) => {
  const { context, page, errors } = await open();
  await startSmallRace(page, 1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText('Another tab works on this experiment').waitFor();
  expect(await second.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await second.getByText('After 6 of 6 runs').waitFor();
  expect(errors).toEqual([]);
});
