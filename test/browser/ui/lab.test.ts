/** The Lab's pages: a preset at one press, an experiment of one's own by keyboard, a finished one with its figures. */
import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { cellsOf, type ExperimentDesign } from '../../../src/core/lab/design.ts';
import type { CellResult } from '../../../src/core/lab/result.ts';
import { unlimited } from '../../../src/core/run/meter.ts';
import type { ExperimentListener, ExperimentRecord } from '../../../src/workers/lab-protocol.ts';
import { FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';

const design: ExperimentDesign = {
  title: 'Two ways',
  question: 'Which one?',
  tasks: [{ id: 'd', name: 'Dates' }],
  variants: [
    { id: 'x', title: 'One way', method: 'dual-phase', options: {}, start: 'own' },
    { id: 'y', title: 'Other way', method: 'ape', options: {}, start: 'own' },
  ],
  seeds: [1, 2],
  budget: { ...unlimited, calls: 100 },
};

const results: readonly CellResult[] = cellsOf(design).map((cell) => ({
  ...cell,
  points: [{ calls: 40, tokens: 400, minutes: 1, accuracy: cell.variant === 'x' ? 0.8 : 0.5 }],
  spent: { calls: 90, tokens: 900, minutes: 2 },
  steps: 2,
  stopReason: 'budget',
  prompt: '<b>Read</b> the date.',
  testExamples: 50,
}));

const finished: ExperimentRecord = {
  schemaVersion: 1,
  id: 'e',
  config: { design, model: { engine: 'simulated', skill: 'middling' } },
  status: 'finished',
  createdAt: 1,
  updatedAt: 2,
  done: 4,
  error: null,
};

/** An optimizer with one experiment, and the way to tell the page about it. */
function withExperiment(record: ExperimentRecord, known: readonly CellResult[]) {
  const optimizer = new FakeOptimizer();
  const listeners: ExperimentListener[] = [];
  const asked: string[] = [];
  optimizer.experiments = [record];
  Object.assign(optimizer, {
    watchExperiment: (_id: string, listener: ExperimentListener) => {
      listeners.push(listener);
      listener({ record, fresh: known, current: null });
      return Promise.resolve(1);
    },
    pauseExperiment: (id: string) => Promise.resolve(void asked.push(`pause ${id}`)),
  });
  return {
    optimizer,
    asked,
    tell: (update: Parameters<ExperimentListener>[0]) => listeners.forEach((one) => one(update)),
  };
}

describe('the Lab', () => {
  it('starts a preset at one press, by keyboard, on the simulated model', async () => {
    const optimizer = await openApp('#/lab');
    const start = page.getByRole('button', { name: 'Start The race' });
    await expect.element(start).toBeVisible();
    await expectNoViolations();
    start.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => location.hash).toBe('#/lab/experiment-1');
    const [config] = optimizer.startedExperiments;
    expect(config?.model.engine).toBe('simulated');
    expect(config?.design.variants.map(({ method }) => method)).toEqual([
      'dual-phase',
      'prompt-agent',
      'apo',
      'ape',
    ]);
    expect(config?.design.tasks.map(({ id }) => id)).toContain('built-in-dates-1');
  });

  it('starts what was put together: tasks, methods with options, seeds, minutes', async () => {
    const optimizer = await openApp('#/lab');
    await page.getByRole('button', { name: 'Change it first (Failure cases on or off)' }).click();
    await page.getByRole('checkbox', { name: 'Object counting' }).click();
    await page.getByRole('button', { name: 'Remove None shown' }).click();
    await page.getByLabelText('One more').selectOptions('few-shot');
    await page.getByRole('button', { name: 'Add the method' }).click();
    await page.getByRole('button', { name: 'Options of Three failure cases shown' }).click();
    await page.getByLabelText('Drafts', { exact: true }).fill('2');
    await page.getByLabelText('Seeds').fill('5');
    await page.getByLabelText('Every run may spend').selectOptions('minutes');
    await page.getByLabelText('As many as').fill('10');
    await expectNoViolations();
    await page.getByRole('button', { name: 'Start the experiment' }).click();
    await expect.poll(() => optimizer.startedExperiments.length).toBe(1);
    const sent = optimizer.startedExperiments[0]?.design;
    expect(sent).toMatchObject({
      seeds: [1, 2, 3, 4, 5],
      budget: { calls: null, tokens: null, minutes: 10 },
    });
    expect(sent?.variants.map(({ method, options }) => [method, options])).toEqual([
      ['dual-phase', { drafts: 2 }],
      ['few-shot', {}],
    ]);
    expect(sent?.tasks.map(({ name }) => name)).not.toContain('Object counting');
  });

  it('is proposed by a link, which starts nothing by itself', async () => {
    const optimizer = await openApp('#/lab?preset=failures');
    await expect.element(page.getByText('This link leads to “Failure cases on or off”')).toBeVisible();
    await expect
      .element(page.getByRole('listitem').filter({ hasText: 'Failure cases on or off' }))
      .toHaveAttribute('aria-current', 'true');
    await expectNoViolations();
    expect(optimizer.startedExperiments).toEqual([]);
    await page.getByRole('button', { name: 'Start Failure cases on or off' }).click();
    await expect.poll(() => optimizer.startedExperiments.length).toBe(1);
  });

  it('that a link names and nobody knows is said to be missing', async () => {
    await openApp('#/lab?preset=gone');
    await expect.element(page.getByText('This link names an experiment that is not here')).toBeVisible();
  });

  it('cannot be started without a task, and says so', async () => {
    await openApp('#/lab');
    await page.getByRole('button', { name: 'Change it first (The race)' }).click();
    for (const name of ['Object counting', 'Dates', 'Navigate', 'Temporal sequences'])
      await page.getByRole('checkbox', { name }).click();
    await expect.element(page.getByText('Choose at least one task.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Start the experiment' })).toBeDisabled();
  });
});

describe('an experiment', () => {
  it('shows its figures with the simulated label on each, and the chart as a table', async () => {
    const { optimizer } = withExperiment(finished, results);
    const { id } = await optimizer.openBuiltIn('dates');
    optimizer.datasets.set('d', { ...(await optimizer.getDataset(id)), id: 'd' });
    await openApp('#/lab/e', optimizer);
    await expect.element(heading('Two ways')).toBeVisible();
    await expect.element(page.getByRole('img', { name: /One way 80.%, Other way 50.%/ })).toBeVisible();
    await expect.element(page.getByText(/the prompts of One way scored 80 %/)).toBeVisible();
    expect(page.getByText('Simulated model', { exact: true }).elements()).toHaveLength(3);
    await expectNoViolations();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await expect.element(page.getByRole('table', { name: /Mean test accuracy/ })).toBeVisible();
    await expectNoViolations();
  });

  it('shows a prompt as text, never as markup', async () => {
    await openApp('#/lab/e', withExperiment(finished, results).optimizer);
    await page.getByText('All runs').click();
    await page.getByText('Show', { exact: true }).first().click();
    await expect.element(page.getByText('<b>Read</b> the date.').first()).toBeVisible();
  });

  it('under way tells what runs, takes in results as they come, and can be paused', async () => {
    const running: ExperimentRecord = { ...finished, status: 'running', done: 1 };
    const { optimizer, asked, tell } = withExperiment(running, results.slice(0, 1));
    await openApp('#/lab/e', optimizer);
    await expect.element(page.getByText('1 of 4')).toBeVisible();
    const [, second] = cellsOf(design);
    if (!second) throw new Error('There is a second run.');
    const current = { cell: second, spent: { calls: 12, tokens: 1, minutes: 0 }, loading: null };
    tell({ record: running, fresh: [], current });
    await expect.element(page.getByText('Other way on Dates, seed 1: 12 calls spent')).toBeVisible();
    tell({ record: { ...running, done: 2 }, fresh: results.slice(0, 2), current: null });
    await expect.element(page.getByText('After 2 of 4 runs')).toBeVisible();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => asked).toEqual(['pause e']);
  });
});
