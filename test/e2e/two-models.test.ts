/** Two models of the person's own, from files, on a machine with room for one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, expect } from 'vitest';
import { tinyGguf } from '../fixtures/gguf/tiny-gguf.ts';
import { it } from './it.ts';
import { goTo, openSample, storedRun, waitForResult } from './steps.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sentential-models-'));
afterAll(() => rmSync(folder, { recursive: true }));

function modelFile(name: string, seed: number): string {
  const file = path.join(folder, name);
  writeFileSync(file, tinyGguf({ seed }));
  return file;
}

async function addModel(sources: Locator, file: string): Promise<void> {
  await sources.getByRole('radio', { name: /A small model on the processor/ }).check();
  await sources.getByLabel('Add a GGUF file from this computer').setInputFiles(file);
  await sources.getByRole('radio', { name: new RegExp(`^${path.basename(file)}`), checked: true }).waitFor();
}

async function setSizes(page: Page): Promise<void> {
  for (const [label, size] of [
    ['To learn from', '6'],
    ['To decide with', '12'],
    ['For the final test', '4'],
    ['Calls, at most', '45'],
  ] as const)
    await page.getByLabel(label).fill(size);
}

it('one answers and the other rewrites, in turns, to the end; both are listed and can be deleted', async ({
  open,
}) => {
  const { page, errors } = await open();
  await openSample(page, 'Navigate');
  await addModel(
    page.getByRole('group', { name: 'Where the model comes from' }),
    modelFile('answers.gguf', 2),
  );
  await page.getByLabel('Another model writes the rewrites').check();
  await addModel(
    page.getByRole('group', { name: 'Where the model for the rewrites comes from' }),
    modelFile('rewrites.gguf', 3),
  );
  await page.getByLabel('Load one at a time').check();
  await page.getByRole('radio', { name: /My prompt/ }).check();
  await page.getByLabel('Your prompt').fill('Follow the steps one by one. Say whether you are back.');
  await page.getByRole('radio', { name: /One label only/ }).check();
  await setSizes(page);
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/#\/run\//);
  await waitForResult(page);
  const { report } = (await storedRun(page)) as {
    report: { spent: { taskCalls: number; optimizerCalls: number } };
  };
  expect(report.spent.taskCalls).toBeGreaterThan(5);
  expect(report.spent.optimizerCalls).toBeGreaterThan(0);
  expect(page.workers().filter((worker) => worker.url().includes('model')).length).toBeLessThanOrEqual(1);

  await goTo(page, 'Start');
  await page.getByRole('link', { name: /what is stored/ }).click();
  await page.getByText('answers.gguf').first().waitFor();
  await page.getByText('rewrites.gguf').first().waitFor();
  expect(errors).toEqual([]);
});

it('a file that is no model is refused by name, and nothing is kept', async ({ open }) => {
  const { page } = await open();
  await openSample(page, 'Navigate');
  const sources = page.getByRole('group', { name: 'Where the model comes from' });
  await sources.getByRole('radio', { name: /A small model on the processor/ }).check();
  const file = path.join(folder, 'notes.gguf');
  writeFileSync(file, 'not a model');
  await sources.getByLabel('Add a GGUF file from this computer').setInputFiles(file);
  await page.getByText('notes.gguf is not a GGUF file').waitFor();
  expect(await sources.getByRole('radio', { name: /^notes/ }).count()).toBe(0);
});
