/** What is behind the folds of the Result and Data pages is as accessible as the rest, and works by keyboard. */
import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { finishedLog, sampleRecord, sampleReport } from '../../ui/sample-run.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';
import { FakeRun } from './run-fake.ts';
import { FakeOptimizer } from './fake-optimizer.ts';

describe('the other forms of a result', () => {
  it('unfold by keyboard and pass the accessibility check', async () => {
    const report = sampleReport('helped');
    const runs = [sampleRecord({ status: 'finished', report })];
    await openApp('#/result/r1', new FakeRun({ runs, events: finishedLog(report).events }).optimizer);
    await expect.element(heading('Counting objects: result')).toBeVisible();
    const summary = page.getByText(/^Other forms/).element();
    if (!(summary instanceof HTMLElement)) throw new Error('there is no fold');
    summary.focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Save as promptfoo' })).toBeVisible();
    await userEvent.tab();
    await expect.element(page.getByRole('button', { name: 'Copy as Markdown' })).toHaveFocus();
    await expectNoViolations();
  });

  it('say why there is no link for data of one’s own', async () => {
    const report = sampleReport('helped');
    const optimizer = new FakeOptimizer();
    optimizer.datasets.set('own', {
      schemaVersion: 1,
      id: 'own',
      name: 'Own',
      description: '',
      source: { kind: 'pasted', format: 'csv' },
      metric: { kind: 'number' },
      choices: [],
      examples: [{ id: 'a', input: '1 + 1', target: '2' }],
      facets: null,
      needs: null,
      createdAt: 0,
    });
    const record = sampleRecord({ status: 'finished', report });
    optimizer.runs = [{ ...record, config: { ...record.config, datasetId: 'own' } }];
    await openApp('#/result/r1', optimizer);
    await page.getByText(/^Other forms/).click();
    await page.getByRole('button', { name: 'Copy preset link' }).click();
    await expect.element(page.getByText(/^A link can name sample tasks only/)).toBeVisible();
  });
});

describe('rows being edited', () => {
  it('pass the accessibility check, the dialog too, which Escape closes without a change', async () => {
    const optimizer = new FakeOptimizer();
    const { id } = await optimizer.openBuiltIn('dates');
    await openApp(`#/data/${id}`, optimizer);
    await page.getByRole('button', { name: 'Edit rows' }).click();
    await page
      .getByRole('button', { name: /^Delete “/ })
      .first()
      .click();
    await expect.element(page.getByText('0 changed, 0 added, 1 deleted.')).toBeVisible();
    await expectNoViolations();
    await page
      .getByRole('button', { name: /^Edit “/ })
      .first()
      .click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expectNoViolations();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('0 changed, 0 added, 1 deleted.')).toBeVisible();
  });
});
