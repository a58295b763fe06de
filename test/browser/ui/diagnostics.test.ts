/** The diagnostics page with the real workers, and the endpoint's part of the form on a fake. */
import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import App from '../../../src/ui/App.svelte';
import { connectImporter, connectOptimizer } from '../../../src/workers/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import { FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';

describe('the diagnostics page', () => {
  it('makes every check on the simulated model, in its worker', async () => {
    history.replaceState(null, '', '#/diagnostics');
    await render(App, { workers: { connectOptimizer, connectImporter } });
    await page.getByRole('button', { name: 'Run the checks' }).click();
    await expect.element(page.getByText(/^1[56] passed, 0 failed/)).toBeVisible();
    await expect.element(page.getByText('Replies belong to their requests, however many')).toBeVisible();
    await page.getByText('Show it').click();
    await expect.element(page.getByText('"simulated-middling-', { exact: false })).toBeVisible();
    await expectNoViolations();
  });

  it('says what was violated, and that the checks were stopped early', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.diagnose = (_spec, _onProgress, onCheck) => {
      const title = 'The same request gives the same text';
      onCheck({ id: 'greedy-repeats', title, outcome: 'failed', detail: 'First "a", then "b".', ms: 1200 });
      return Promise.reject(new AppError('cancelled', 'The checks were stopped.'));
    };
    await openApp('#/diagnostics', optimizer);
    await page.getByRole('button', { name: 'Run the checks' }).click();
    await expect.element(page.getByText('First "a", then "b".', { exact: true })).toBeVisible();
    await expect.element(page.getByText('Stopped early: 0 passed, 1 failed.')).toBeVisible();
    await expectNoViolations();
  });
});

describe('an endpoint on the Setup page', () => {
  it('is chosen from what the server offers, and its key is no part of the run', async () => {
    const optimizer = new FakeOptimizer();
    const keys: (readonly unknown[])[] = [];
    optimizer.endpointModels = () => Promise.resolve(['qwen3:4b', 'llama3.2:1b']);
    optimizer.setEndpointKey = (...given) => {
      keys.push(given);
      return Promise.resolve();
    };
    const { id } = await optimizer.openBuiltIn('dates');
    await openApp(`#/setup?dataset=${id}`, optimizer);
    await expect.element(heading(/.+/)).toBeVisible();
    await page.getByRole('radio', { name: /An endpoint/ }).click();
    await page.getByLabelText('Key', { exact: true }).fill('sk-secret');
    await userEvent.tab();
    await page.getByRole('button', { name: 'Ask for its models' }).click();
    await page.getByRole('combobox', { name: 'Model' }).selectOptions('llama3.2:1b');
    await page.getByLabelText('Requests in flight').fill('8');
    await expectNoViolations();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await expect.poll(() => optimizer.started.length).toBe(1);
    expect(optimizer.started[0]?.taskModel).toEqual({
      engine: 'endpoint',
      baseUrl: 'http://localhost:11434/v1',
      model: 'llama3.2:1b',
      concurrency: 8,
    });
    expect(keys).toEqual([['http://localhost:11434/v1', 'sk-secret', false]]);
    expect(JSON.stringify(optimizer.started)).not.toContain('sk-secret');
  });

  it('says why a server cannot be asked', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.endpointModels = () =>
      Promise.reject(new AppError('endpoint-unreachable', 'Nothing answers at this address.'));
    const { id } = await optimizer.openBuiltIn('dates');
    await openApp(`#/setup?dataset=${id}`, optimizer);
    await page.getByRole('radio', { name: /An endpoint/ }).click();
    await page.getByRole('button', { name: 'Ask for its models' }).click();
    await expect.element(page.getByText('Nothing answers at this address.')).toBeVisible();
  });
});
