/** The Result and History pages on hand-made runs. */
import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { finishedLog, sampleRecord, sampleReport } from '../../ui/sample-run.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';
import { FakeRun } from './run-fake.ts';

async function openResult(end: 'helped' | 'noise' | 'nothing', suffix = ''): Promise<void> {
  const report = sampleReport(end);
  const record = sampleRecord({ status: 'finished', report });
  const answer = { ...record.config.answer, suffix };
  const runs = [{ ...record, config: { ...record.config, answer } }];
  await openApp('#/result/r1', new FakeRun({ runs, events: finishedLog(report).events }).optimizer);
  await expect.element(heading('Counting objects: result')).toBeVisible();
}

describe('the Result page', () => {
  it.each([
    ['helped', 'A real improvement', /^The best prompt, exactly as it was scored/],
    ['noise', 'Within noise', /^The starting prompt, which is the one to use/],
    ['nothing', 'Nothing helped: keep the start', /^The starting prompt/],
  ] as const)('says in words how it went: %s', async (end, title, what) => {
    await openResult(end);
    await expect.element(page.getByRole('heading', { name: title })).toBeVisible();
    await expect.element(page.getByText(what)).toBeVisible();
    await expectNoViolations();
  });

  it('marks removed and added words', async () => {
    await openResult('helped');
    await expect.element(page.getByRole('deletion').first()).toHaveTextContent('items');
    await expect.element(page.getByRole('insertion').first()).toHaveTextContent('every item of that kind');
  });

  it('copies the prompt to the byte and shows its fingerprint', async () => {
    await openResult('helped');
    const written: string[] = [];
    navigator.clipboard.writeText = (text) => {
      written.push(text);
      return Promise.resolve();
    };
    await page.getByRole('button', { name: 'Copy the prompt' }).click();
    await expect.element(page.getByText('Copied.')).toBeVisible();
    const { bestText } = sampleReport('helped');
    expect(written).toEqual([bestText]);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(bestText));
    const print = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    await page.getByText(/^Other forms/).click();
    await expect.element(page.getByText(print)).toBeVisible();
  });

  it('shows what stood after every example, and copies it by itself', async () => {
    const suffix = 'End with one line that starts with "Answer:".';
    await openResult('helped', suffix);
    await expect.element(page.getByText(/^Put after every example/)).toHaveTextContent(suffix);
    const written: string[] = [];
    navigator.clipboard.writeText = (text) => {
      written.push(text);
      return Promise.resolve();
    };
    await page.getByRole('button', { name: /^Copy it too/ }).click();
    expect(written).toEqual([suffix]);
    await expectNoViolations();
  });

  it('speaks of no words after the examples where there were none', async () => {
    await openResult('helped');
    await expect.element(page.getByRole('button', { name: 'Copy the prompt' })).toBeVisible();
    await expect.element(page.getByText(/^Put after every example/)).not.toBeInTheDocument();
  });

  it('lists what was not used, with the words it was to replace and the reason', async () => {
    await openResult('helped');
    await page.getByText('4 rewrites that were not used').click();
    await expect.element(page.getByText('Sure! Here is the revised sentence:')).toBeVisible();
    await expect.element(page.getByText(/^In place of “Count the items”/)).toBeVisible();
    await expect.element(page.getByText(/^talk about the task around it/)).toBeVisible();
    await expect.element(page.getByText(/needs \d+; stopped after 10/)).toBeVisible();
    await expectNoViolations();
  });

  it('calls the time of the simulated model simulated, in the chart too', async () => {
    await openResult('helped');
    await expect.element(page.getByText(/of simulated model time\./)).toBeVisible();
    await page.getByRole('radio', { name: 'Minutes' }).click();
    await expect.element(page.getByText('minutes of simulated model time')).toBeInTheDocument();
  });

  it('of a run that is not here leads on, with nothing under it', async () => {
    const { optimizer } = new FakeRun({ runs: [], events: [] });
    optimizer.getRun = () => Promise.reject(new AppError('not-found', 'This run is not stored here.'));
    await openApp('#/result/gone', optimizer);
    await expect.element(page.getByRole('alert')).toHaveTextContent('This run is not stored here.');
    await expect.element(page.getByRole('link', { name: 'Open the history' })).toBeVisible();
    expect(page.getByRole('main').getByRole('heading').elements()).toHaveLength(1);
    await expectNoViolations();
  });
});

async function openHistory(count: number): Promise<FakeRun> {
  const report = sampleReport('helped');
  const runs = Array.from({ length: count }, (_, index) => {
    const record = sampleRecord({ id: `r${index}`, createdAt: 1000 + index });
    return {
      ...record,
      config: { ...record.config, name: `Task ${index}` },
      status: 'finished',
      report,
    } as const;
  });
  const run = new FakeRun({ runs, events: finishedLog(report).events });
  await openApp('#/history', run.optimizer);
  await expect.element(heading('History')).toBeVisible();
  return run;
}

describe('the History page', () => {
  it('lists a thousand runs a window at a time, and finds one', async () => {
    await openHistory(1000);
    await expect.element(page.getByRole('link', { name: 'Task 999', exact: true })).toBeVisible();
    expect(page.getByRole('checkbox').elements()).toHaveLength(20);
    await page.getByLabelText('Find').fill('task 123');
    await expect.element(page.getByText('1 run.')).toBeVisible();
    await expect
      .element(page.getByRole('link', { name: 'Task 123', exact: true }))
      .toHaveAttribute('href', '#/result/r123');
  });

  it('compares two runs side by side', async () => {
    await openHistory(3);
    await page.getByRole('checkbox', { name: /^Compare Task 0/ }).click();
    await expect.element(page.getByText('Tick one more to compare.')).toBeVisible();
    await page.getByRole('checkbox', { name: /^Compare Task 2/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Two runs compared' })).toBeVisible();
    const head = page.getByRole('columnheader', { name: 'Task 2' });
    await expect.element(head).toHaveTextContent('dual-phase · seed 7 · Simulated model, middling');
    await expect.element(page.getByRole('row', { name: /^Rewrites kept/ })).toHaveTextContent('2 of 6 tried');
    await expectNoViolations();
  });

  it('deletes a run only after asking', async () => {
    const run = await openHistory(2);
    const remove = page.getByRole('button', { name: /^Delete Task 1/ });
    await remove.click();
    await expect.element(page.getByRole('dialog')).toHaveTextContent('dual-phase · seed 7 · Simulated model');
    await expectNoViolations();
    await userEvent.keyboard('{Escape}');
    expect(run.asked).toEqual([]);
    await remove.click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    expect(run.asked).toEqual([['delete', 'r1']]);
    await expect.element(page.getByRole('link', { name: 'Task 1', exact: true })).not.toBeInTheDocument();
    await expect.element(page.getByRole('link', { name: 'Task 0', exact: true })).toBeVisible();
  });
});
