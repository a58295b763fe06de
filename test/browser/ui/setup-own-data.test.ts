/** Setting up a run on data of one's own: names in the prompt, small files, a form that is left and found again. */
import { page } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.ts';
import { FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';

const start = () => page.getByRole('button', { name: 'Start the run' });
const prompt = () => page.getByLabelText('Your prompt');

function cards(count: number, inputOf = (n: number) => `The parcel ${n} is late.`): Dataset {
  return {
    schemaVersion: 1,
    id: 'own',
    name: 'Cards',
    description: '',
    source: { kind: 'pasted', format: 'csv' },
    metric: { kind: 'label' },
    choices: ['Late', 'Lost'],
    examples: Array.from({ length: count }, (_, n) => ({
      id: `e${n}`,
      input: inputOf(n),
      target: n % 3 ? 'Late' : 'Lost',
      fields: { Message: inputOf(n), Product: 'Shoes' },
    })),
    facets: null,
    needs: null,
    createdAt: 0,
  };
}

async function openOwn(dataset = cards(120)): Promise<FakeOptimizer> {
  const optimizer = new FakeOptimizer();
  await optimizer.saveDataset(dataset);
  await openApp('#/setup?dataset=own', optimizer);
  await expect.element(start()).toBeVisible();
  return optimizer;
}

async function writePrompt(text: string): Promise<void> {
  await page.getByRole('radio', { name: /My prompt/ }).click();
  await prompt().fill(text);
}

describe('names in a prompt', () => {
  it('are listed, and a wrong one is told at once, with what was probably meant', async () => {
    const optimizer = await openOwn();
    await writePrompt('Sort {{message}} of {Product}.');
    await expect.element(page.getByText(/Columns that you can use as well: \{\{Message\}\}/)).toBeVisible();
    await expect.element(page.getByText('There is no {{message}}; did you mean {{Message}}?')).toBeVisible();
    await expect.element(start()).toBeDisabled();
    await expectNoViolations();
    await page.getByRole('button', { name: 'Use {{Message}}' }).click();
    await expect.element(prompt()).toHaveValue('Sort {{Message}} of {Product}.');
    await start().click();
    await expect.poll(() => optimizer.started[0]?.userPrompt).toBe('Sort {{Message}} of {Product}.');
  });

  it('are sent as text when the person says so', async () => {
    const optimizer = await openOwn();
    await writePrompt('Begin with “Dear {{recipient}}”.');
    await expect.element(page.getByText('There is no {{recipient}} in this dataset.')).toBeVisible();
    await page.getByRole('button', { name: 'Send {{recipient}} as it is' }).click();
    await start().click();
    await expect.poll(() => optimizer.started[0]?.userPrompt).toBe('Begin with “Dear \\{{recipient}}”.');
  });

  it('do not keep text in braces from being sent', async () => {
    const optimizer = await openOwn();
    const text = 'Answer as {"label": {"name": "x"}} or {{#if}} or {other}.';
    await writePrompt(text);
    await start().click();
    await expect.poll(() => optimizer.started[0]?.userPrompt).toBe(text);
  });
});

describe('a form that is left', () => {
  async function changeAndLook(): Promise<void> {
    await writePrompt('Sort it.');
    await page.getByLabelText('Steps, at most').fill('3');
    await page.getByLabelText('Name of the run').fill('Third try');
    await page.getByRole('link', { name: 'Look at the data' }).click();
    await expect.element(heading('Cards')).toBeVisible();
  }

  it('is found as it was left, and can be started afresh', async () => {
    await openOwn();
    await changeAndLook();
    history.back();
    await expect.element(prompt()).toHaveValue('Sort it.');
    await expect.element(page.getByLabelText('Steps, at most')).toHaveValue(3);
    await expect.element(page.getByText('Your settings are as you left them.')).toBeVisible();
    await page.getByRole('button', { name: 'Start afresh' }).click();
    await expect.element(page.getByRole('radio', { name: /Let the model write it/ })).toBeChecked();
    await expect.element(page.getByLabelText('Steps, at most')).toHaveValue(5);
    await expect.element(page.getByLabelText('Name of the run')).toHaveValue('Cards');
  });

  it('is offered where a task is chosen', async () => {
    await openOwn();
    await changeAndLook();
    await page.getByRole('link', { name: 'Setup', exact: true }).click();
    await expect.element(page.getByRole('heading', { name: 'Where you left off' })).toBeVisible();
    await expectNoViolations();
    await page.getByRole('link', { name: 'Go on with Cards' }).click();
    await expect.element(prompt()).toHaveValue('Sort it.');
  });

  it('stays for the next run when one was started', async () => {
    const optimizer = await openOwn();
    await writePrompt('Sort it.');
    await start().click();
    await expect.poll(() => location.hash).toBe('#/run/run-1');
    expect(optimizer.started[0]?.name).toBe('Cards');
    history.back();
    await expect.element(prompt()).toHaveValue('Sort it.');
  });

  it('is gone with its dataset', async () => {
    await openOwn();
    await changeAndLook();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.element(heading('Data')).toBeVisible();
    await page.getByRole('link', { name: 'Setup', exact: true }).click();
    await expect.element(page.getByRole('link', { name: 'Dates' })).toBeVisible();
    await expect.element(page.getByText('Where you left off')).not.toBeInTheDocument();
  });

  it('goes on with the new version of its dataset', async () => {
    const optimizer = await openOwn();
    await changeAndLook();
    await page.getByRole('button', { name: 'Edit rows' }).click();
    await page.getByRole('button', { name: /^Delete .?The parcel 0/ }).click();
    await page.getByRole('button', { name: /^Save as/ }).click();
    await expect.poll(() => optimizer.datasets.size).toBe(2);
    await page.getByRole('link', { name: 'Set up a run' }).click();
    await expect.element(prompt()).toHaveValue('Sort it.');
    await start().click();
    await expect.poll(() => optimizer.started[0]?.sizes).toEqual({ train: 30, validation: 50, test: 39 });
    expect(optimizer.started[0]).toMatchObject({ name: 'Third try', options: { steps: 3 } });
    expect(optimizer.started[0]?.datasetId).not.toBe('own');
  });
});

describe('small and unwieldy data', () => {
  it('is not blamed on the person where the tool keeps no test', async () => {
    await openOwn(cards(61));
    await expect.element(page.getByLabelText('For the final test')).toHaveValue(0);
    await expect.element(page.getByText(/The result will be called “not confirmed”/)).toBeVisible();
    await expect.element(page.getByText(/Keep some examples/)).not.toBeInTheDocument();
  });

  it('is said to be too little with three rows', async () => {
    await openOwn(cards(3));
    await expect.element(page.getByText('Too few examples to tell anything')).toBeVisible();
  });

  it('is told of inputs that are too long for small windows', async () => {
    await openOwn(cards(120, (n) => (n < 2 ? 'very long '.repeat(5000) : `Short ${n}.`)));
    await expect.element(page.getByText('2 inputs are very long')).toBeVisible();
  });

  it('is not understood by the simulated model, which says so', async () => {
    await openOwn();
    await expect.element(page.getByText(/It does not understand your data/)).toBeVisible();
  });
});

describe('odd numbers', () => {
  const fields = [
    'To learn from',
    'To decide with',
    'For the final test',
    'Steps, at most',
    'Calls, at most',
    'Tokens, at most',
    'Minutes, at most',
    'Seed',
    'Length of an answer, at most',
  ];

  it.each(['-3', '0.5', '1e300', '99999999999'])('say so at every field: %s', async (odd) => {
    const optimizer = await openOwn();
    for (const label of fields) {
      await page.getByLabelText(label).fill(odd);
      await expect.element(page.getByLabelText(label)).toHaveAccessibleDescription(/Enter a (whole )?number/);
    }
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    expect(optimizer.started).toEqual([]);
  });

  it('of the method’s options are told at their fields, and nothing is thrown', async () => {
    await openOwn();
    await page.getByText('All options of the method').click();
    for (const label of ['Level', 'Validation gain', 'Failure share', 'Drafts'])
      for (const odd of ['-0.05', '', '7e9']) {
        await page.getByLabelText(label, { exact: true }).fill(odd);
        await expect
          .element(page.getByLabelText(label, { exact: true }))
          .toHaveAccessibleDescription(/Enter a/);
      }
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });
});
