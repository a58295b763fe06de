/** The Storage page: what takes the room and what deleting it frees, on a wide and on a narrow screen. */
import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';
import { aRun, FakeOptimizer } from './fake-optimizer.ts';

const model = {
  engine: 'webllm',
  modelId: 'a-model-with-a-long-name-q4f16_1-MLC',
  bytes: 880e6,
  complete: true,
} as const;

async function openStorage(): Promise<{ optimizer: FakeOptimizer; deleted: string[] }> {
  const optimizer = new FakeOptimizer();
  const deleted: string[] = [];
  optimizer.runs = [aRun({ name: 'Dates' }, 'finished')];
  Object.assign(optimizer, {
    cachedModels: () => Promise.resolve(deleted.includes(model.modelId) ? [] : [model]),
    storedSizes: () =>
      Promise.resolve([
        ...optimizer.runs.map(({ id }) => ({ kind: 'run', id, bytes: 2_400_000 })),
        ...[...optimizer.datasets.keys()].map((id) => ({ kind: 'dataset', id, bytes: 52_000 })),
      ]),
    deleteCachedModel: (_engine: string, id: string) => Promise.resolve(void deleted.push(id)),
    deleteRun: (id: string) => {
      deleted.push(id);
      optimizer.runs = [];
      return Promise.resolve();
    },
  });
  await optimizer.openBuiltIn('dates');
  await openApp('#/storage', optimizer);
  await expect.element(heading('Storage')).toBeVisible();
  await expect.element(page.getByText('model, frees 880 MB')).toBeVisible();
  await expect.element(page.getByText(/frees up to 2 MB/)).toBeVisible();
  return { optimizer, deleted };
}

afterEach(() => page.viewport(1280, 900));

describe('the Storage page', () => {
  it('is accessible, and no wider than a phone', async () => {
    await openStorage();
    await expectNoViolations();
    await page.viewport(390, 800);
    await expectNoViolations();
    const { scrollWidth, clientWidth } = document.documentElement;
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });

  it('deletes a model at once, and a run only after it was asked, by keyboard', async () => {
    const { deleted } = await openStorage();
    await page.getByRole('button', { name: `Delete ${model.modelId}` }).click();
    await expect.element(page.getByText('model, frees 880 MB')).not.toBeInTheDocument();
    page
      .getByRole('button', { name: /^Delete the run Dates/ })
      .element()
      .focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(deleted).toEqual([model.modelId]);
    await expect.element(page.getByRole('dialog')).toHaveTextContent('dual-phase · seed 1');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.element(page.getByText(/frees up to 2 MB/)).not.toBeInTheDocument();
    expect(deleted).toEqual([model.modelId, 'run-Dates']);
  });

  it('lists a dataset, and lets it go when no run needs it any more', async () => {
    const { optimizer } = await openStorage();
    const dataset = page.getByRole('listitem').filter({ hasText: 'dataset, 240 examples' });
    await expect.element(dataset).toHaveTextContent('needed by 1 run');
    await page.getByRole('button', { name: /^Delete the run Dates/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.element(dataset).toHaveTextContent('frees up to 52 kB');
    await page.getByRole('button', { name: /^Delete the dataset Dates/ }).click();
    await expect.element(page.getByRole('dialog')).toHaveTextContent('goes with its examples');
    await expectNoViolations();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.element(dataset).not.toBeInTheDocument();
    expect(optimizer.datasets.size).toBe(0);
  });

  it('counts and lists what a backup brought, without a reload', async () => {
    const { optimizer } = await openStorage();
    optimizer.importBackup = () => {
      optimizer.runs = [...optimizer.runs, aRun({ name: 'Restored' }, 'finished')];
      return Promise.resolve({ datasets: 0, runs: 1, experiments: 0, kept: 0 });
    };
    await page.getByLabelText('Restore from a backup').upload(new File(['x'], 'b.gz'));
    await expect.element(page.getByText(/^1 run, 0 datasets/)).toBeVisible();
    await expect.element(page.getByRole('listitem').filter({ hasText: 'Restored' })).toBeVisible();
    await expect.element(page.getByRole('definition').filter({ hasText: /^\s*2\s*$/ })).toBeVisible();
  });

  it('says beside the button when a file is no backup', async () => {
    const { optimizer } = await openStorage();
    optimizer.importBackup = () =>
      Promise.reject(
        new AppError('data-unreadable', '“photo.csv” is not a Sentential backup. Nothing was changed.'),
      );
    await page.getByLabelText('Restore from a backup').upload(new File(['x'], 'photo.csv'));
    const backup = page.getByRole('region', { name: 'Backup' });
    await expect.element(backup.getByRole('alert')).toHaveTextContent('is not a Sentential backup');
  });
});

it('offers a backup again for which there was hardly room', async () => {
  const asked: boolean[] = [];
  const { optimizer } = await openStorage();
  optimizer.importBackup = (_name, _file, evenIfTight) => {
    asked.push(evenIfTight);
    if (evenIfTight) return Promise.resolve({ datasets: 1, runs: 0, experiments: 0, kept: 0 });
    return Promise.reject(new AppError('storage-full', 'It takes up to 9 MB. Delete something.'));
  };
  await page.getByLabelText('Restore from a backup').upload(new File(['x'], 'b.gz'));
  await expect.element(page.getByText('It takes up to 9 MB.')).toBeVisible();
  await expectNoViolations();
  await page.getByRole('button', { name: 'Restore it now' }).click();
  await page.getByRole('button', { name: 'Try it all the same' }).click();
  await expect.element(page.getByText(/0 runs, 1 dataset/)).toBeVisible();
  expect(asked).toEqual([false, false, true]);
});

describe('a model for which there is no room', () => {
  const original = navigator.storage.estimate.bind(navigator.storage);
  afterEach(() => {
    navigator.storage.estimate = original;
  });

  async function chooseSmallModel(freeBytes: number): Promise<void> {
    let isAsked = false;
    navigator.storage.estimate = () => {
      isAsked = true;
      return Promise.resolve({ usage: 1e6, quota: 1e6 + freeBytes });
    };
    await openApp('#/setup?task=navigate');
    await page.getByRole('radio', { name: /A small model on the processor/ }).click();
    await expect.element(page.getByRole('radio', { name: /SmolLM2 135M/ })).toBeVisible();
    await expect.poll(() => isAsked).toBe(true);
  }

  it('is named before it is fetched, with what it takes and what there is', async () => {
    await chooseSmallModel(20e6);
    await expect
      .element(page.getByText(/SmolLM2 135M takes about 145 MB, and this browser has 20 MB left/))
      .toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Start the run' })).toBeEnabled();
    await page.getByText('What you can delete').click();
    await expect.element(page.getByText('Nothing is kept here that could be deleted.')).toBeVisible();
    await expectNoViolations();
  });

  it('is not warned of where there is room', async () => {
    await chooseSmallModel(2e9);
    await expect.element(page.getByText(/Hardly room for this/)).not.toBeInTheDocument();
  });
});
