/** From a task to a started run, by keyboard. */
import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerSuffix, labelSuffix } from '../../../src/core/evaluate/answer-suffix.ts';
import { aRun, FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';

const start = () => page.getByRole('button', { name: 'Start the run' });

async function openSetup(optimizer?: FakeOptimizer): Promise<FakeOptimizer> {
  const opened = await openApp('#/setup?task=navigate', optimizer);
  await expect.element(start()).toBeVisible();
  return opened;
}

afterEach(() => void vi.unstubAllGlobals());

describe('a page that came by plain http', () => {
  it('says with each model that would run in it that there it cannot, and what can', async () => {
    vi.stubGlobal('isSecureContext', false);
    await openSetup();
    const note = page.getByText('Models that run in this browser need https or localhost');
    await expect.element(note).not.toBeInTheDocument();
    for (const source of [
      /A small model on the processor/,
      /A model in this page/,
      /My own model by address/,
    ]) {
      await page.getByRole('radio', { name: source }).click();
      await expect.element(note).toBeVisible();
    }
    await expect.element(page.getByText(/The simulated model works here/)).toBeVisible();
    await page.getByRole('radio', { name: /An endpoint/ }).click();
    await expect.element(note).not.toBeInTheDocument();
    await expectNoViolations();
  });
});

describe('setting up a run', () => {
  it('starts with usable defaults at one press and goes to the run', async () => {
    const optimizer = await openSetup();
    start().element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => location.hash).toBe('#/run/run-1');
    expect(optimizer.started).toMatchObject([
      {
        name: 'Navigate',
        method: 'dual-phase',
        options: {},
        userPrompt: null,
        taskModel: { engine: 'simulated' },
        answer: { constrain: false },
      },
    ]);
    const [config] = optimizer.started;
    const sizes = config?.sizes ?? { train: 0, validation: 0, test: 0 };
    expect(sizes.train + sizes.validation + sizes.test).toBe(240);
    expect(config?.answer.suffix).toContain('Answer:');
  });

  it('takes a prompt of one’s own to the letter', async () => {
    const optimizer = await openSetup();
    page
      .getByRole('radio', { name: /Let the model write it/ })
      .element()
      .focus();
    await userEvent.keyboard('{ArrowDown}');
    await page.getByLabelText('Your prompt').fill('  Walk.\n\nThen say where you are. ');
    await start().click();
    await expect.poll(() => optimizer.started[0]?.userPrompt).toBe('  Walk.\n\nThen say where you are. ');
  });

  it('does not start without the prompt it asks for', async () => {
    const optimizer = await openSetup();
    await page.getByRole('radio', { name: /My prompt/ }).click();
    await start().click();
    await expect.element(page.getByLabelText('Your prompt')).toHaveFocus();
    expect(optimizer.started).toEqual([]);
  });

  it('names a model by its addresses', async () => {
    const optimizer = await openSetup();
    await page.getByRole('radio', { name: /by address/ }).click();
    await expect.element(start()).toBeDisabled();
    await page
      .getByLabelText('Address of the model', { exact: true })
      .fill('https://example.org/models/tiny/');
    await page.getByLabelText('Address of the model library').fill('https://example.org/models/tiny.wasm');
    await page.getByLabelText('Context window').fill('1024');
    await start().click();
    await expect
      .poll(() => optimizer.started[0]?.taskModel)
      .toEqual({
        engine: 'webllm',
        modelId: 'tiny',
        custom: {
          model: 'https://example.org/models/tiny/',
          modelLib: 'https://example.org/models/tiny.wasm',
        },
        contextWindow: 1024,
      });
  });

  it('finds a model in WebLLM’s list by its words', async () => {
    const optimizer = await openSetup();
    await page.getByRole('radio', { name: /A model in this page/ }).click();
    await page.getByLabelText('Find a model').fill('qwen3 0.6b q4f16');
    await page.getByRole('radio', { name: /^Qwen3 0.6B/ }).click();
    await start().click();
    await expect
      .poll(() => optimizer.started[0]?.taskModel)
      .toEqual({ engine: 'webllm', modelId: 'Qwen3-0.6B-q4f16_1-MLC' });
  });

  it('asks for labels only where there are some', async () => {
    const optimizer = await openSetup();
    await page.getByRole('radio', { name: /One label only/ }).click();
    await start().click();
    await expect
      .poll(() => optimizer.started[0]?.answer)
      .toEqual({ maxTokens: 16, suffix: '', constrain: true });
  });

  it('asks an endpoint for a label in words, since it cannot be held to one, and knows the choice again', async () => {
    const optimizer = await openSetup();
    await page.getByRole('radio', { name: /^An endpoint/ }).click();
    await page.getByLabelText('Address of the endpoint').fill('localhost:8080');
    await page.getByRole('textbox', { name: 'Model', exact: true }).fill('tiny');
    await expect
      .element(page.getByLabelText('Address of the endpoint'))
      .toHaveValue('http://localhost:8080/v1');
    await page.getByRole('radio', { name: /One label only/ }).click();
    await expect.element(page.getByText(/An endpoint cannot be held to it/)).toBeVisible();
    await start().click();
    await expect.poll(() => optimizer.started.length).toBe(1);
    const [config] = optimizer.started;
    expect(config?.taskModel).toMatchObject({ baseUrl: 'http://localhost:8080/v1', model: 'tiny' });
    expect(config?.answer).toEqual({
      maxTokens: 16,
      suffix: 'Answer with one of these labels and nothing else: Yes, No',
      constrain: false,
    });
  });

  it('repeats a run whose answers were labels alone as such', async () => {
    const optimizer = new FakeOptimizer();
    const { choices, metric } = await optimizer.openBuiltIn('navigate');
    const answer = { maxTokens: 16, suffix: labelSuffix(choices), constrain: false };
    const more = { datasetId: 'built-in-navigate-1', choices, metric, answer };
    optimizer.runs = [aRun({ name: 'Again', ...more }, 'finished')];
    await openApp('#/setup?run=run-Again', optimizer);
    await expect.element(page.getByRole('radio', { name: /One label only/ })).toBeChecked();
    await page.getByRole('radio', { name: /Free text/ }).click();
    await expect.element(page.getByLabelText('Fixed last words')).toHaveValue(answerSuffix(metric, choices));
  });

  it('stores only the options that were changed', async () => {
    const optimizer = await openSetup();
    await page.getByText('All options of the method').click();
    await page.getByLabelText('Drafts', { exact: true }).fill('5');
    await page.getByLabelText('Exemplars', { exact: true }).fill('2');
    await page.getByLabelText('Exemplars', { exact: true }).fill('4'); // as usual again
    await start().click();
    await expect.poll(() => optimizer.started[0]?.options).toEqual({ drafts: 5 });
  });

  it('opens the fold and points at an option that is out of range', async () => {
    const optimizer = await openSetup();
    const fold = page.getByText('All options of the method');
    await fold.click();
    await page.getByLabelText('Drafts', { exact: true }).fill('0');
    await fold.click();
    await start().click();
    await expect.element(page.getByLabelText('Drafts', { exact: true })).toBeVisible();
    await expect.element(page.getByText('Enter a number from 1 to 10.')).toBeVisible();
    expect(optimizer.started).toEqual([]);
  });

  it('warns when too few examples decide, with the number that would do', async () => {
    await openSetup();
    await page.getByLabelText('To decide with').fill('20');
    await expect
      .element(page.getByText(/only a gain of at least \+25 points can be told from luck/))
      .toBeVisible();
    await expectNoViolations();
  });

  it('does not start when the parts take more examples than there are', async () => {
    await openSetup();
    await page.getByLabelText('To learn from').fill('200');
    await expect.element(page.getByText(/more than the 240 examples there are/)).toBeVisible();
    await expect.element(start()).toBeDisabled();
  });

  it('repeats an earlier run with its settings', async () => {
    const optimizer = new FakeOptimizer();
    await optimizer.openBuiltIn('dates');
    const options = { drafts: 2 };
    optimizer.runs = [aRun({ name: 'Again', seed: 7, options, userPrompt: 'Read the date.' }, 'finished')];
    await openApp('#/setup?run=run-Again', optimizer);
    await expect.element(page.getByLabelText('Seed')).toHaveValue(7);
    await start().click();
    await expect
      .poll(() => optimizer.started)
      .toMatchObject([{ seed: 7, options, userPrompt: 'Read the date.' }]);
  });

  it('shows why a run could not be started and keeps the form', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.startRun = () => Promise.reject(new Error('no room'));
    await openSetup(optimizer);
    await page.getByLabelText('Seed').fill('99');
    await start().click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('no room');
    await expect.element(page.getByLabelText('Seed')).toHaveValue(99);
  });

  it('offers other tasks when the one in the address is gone', async () => {
    await openApp('#/setup?dataset=gone');
    await expect.element(page.getByRole('alert')).toHaveTextContent('No dataset “gone”.');
    await page.getByRole('link', { name: 'Choose a task' }).click();
    await expect.element(heading('Set up the run')).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Dates' })).toBeVisible();
  });
});

it('offers the server of the first model for the second one', async () => {
  await openSetup();
  await page.getByRole('radio', { name: /^An endpoint/ }).click();
  await page.getByLabelText('Address of the endpoint').fill('http://localhost:8080/v1');
  await page.getByLabelText('Another model writes the rewrites').click();
  const second = page.getByRole('group', { name: 'Where the model for the rewrites comes from' });
  await expect
    .element(second.getByLabelText('Address of the endpoint'))
    .toHaveValue('http://localhost:8080/v1');
});
