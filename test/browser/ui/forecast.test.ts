/** How long a run may take, before it is started. */
import { page } from 'vitest/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ForecastState } from '../../../src/ui/state/forecast.svelte.ts';
import { FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, openApp } from './open-app.ts';

const speed = { prefillMs: 2, decodeMs: 50, replyTokens: 20, wallShare: 1, inFlight: 1 };
const forecasted = {
  firstMs: 120_000,
  searchMs: 1_500_000,
  testMs: 180_000,
  calls: 1234,
  candidates: 17,
  isCutByBudget: false,
  isWhole: true,
};
const measure = () => page.getByRole('button', { name: 'Measure this model' });

async function openMeasurable(more: Partial<FakeOptimizer> = {}): Promise<FakeOptimizer> {
  const optimizer = Object.assign(new FakeOptimizer(), { speed, forecasted, ...more });
  await openApp('#/setup?task=navigate', optimizer);
  await expect.element(measure()).toBeVisible();
  return optimizer;
}

afterEach(() => void vi.restoreAllMocks());

describe('the forecast', () => {
  it('measures the model, then says how long each part may take', async () => {
    const kept: unknown[] = [];
    await openMeasurable({
      setSetting: (...given: unknown[]) => Promise.resolve(void kept.push(given)),
    });
    await measure().click();
    await expect.element(page.getByText('Reads 500 and writes 20 tokens per second.')).toBeVisible();
    await expect.element(page.getByText('17 candidates, 1,234 calls')).toBeVisible();
    await expect.element(page.getByText('≈ 25 min')).toBeVisible();
    expect(kept).toEqual([[expect.stringContaining('speed/'), speed]]);
    await expectNoViolations();
  });

  it('knows a model that was measured on this machine before', async () => {
    const optimizer = Object.assign(new FakeOptimizer(), {
      forecasted,
      getSetting: () => Promise.resolve(speed),
    });
    await openApp('#/setup?task=navigate', optimizer);
    await expect.element(page.getByRole('button', { name: 'Measure again' })).toBeVisible();
    await expect.element(page.getByText('17 candidates, 1,234 calls')).toBeVisible();
  });

  it('warns when the budget buys fewer than three candidates', async () => {
    await openMeasurable({ forecasted: { ...forecasted, candidates: 2, isCutByBudget: true } });
    await measure().click();
    await expect.element(page.getByText('The budget ends before the search has begun')).toBeVisible();
  });

  it('does not warn of a method that needs no more candidates', async () => {
    await openMeasurable({ forecasted: { ...forecasted, candidates: 1 } });
    await measure().click();
    await expect.element(page.getByText('1 candidate, 1,234 calls')).toBeVisible();
    await expect
      .element(page.getByText('The budget ends before the search has begun'))
      .not.toBeInTheDocument();
  });

  it('says how many requests were under way at once', async () => {
    await openMeasurable({ speed: { ...speed, inFlight: 4 } });
    await measure().click();
    await expect
      .element(page.getByText('Reads 500 and writes 20 tokens per second, in each of 4 requests at a time.'))
      .toBeVisible();
  });

  it('says when no answer could be read, and what to do about it', async () => {
    await openMeasurable({ answers: { asked: 6, empty: 6, cut: 6, read: 0 } });
    await measure().click();
    await expect.element(page.getByText('No answer was finished')).toBeVisible();
    await expect.element(page.getByText(/Raise the length of an answer/)).toBeVisible();
    await expectNoViolations();
  });

  it('shows no figures of before once the model could not be measured', async () => {
    const optimizer = Object.assign(new FakeOptimizer(), {
      forecasted,
      getSetting: () => Promise.resolve(speed),
    });
    await openApp('#/setup?task=navigate', optimizer);
    await page.getByRole('button', { name: 'Measure again' }).click();
    await expect.element(page.getByText('Not part of the fake.')).toBeVisible();
    await expect.element(page.getByText(/tokens per second/)).not.toBeInTheDocument();
    const tell = vi.spyOn(ForecastState.prototype, 'tell');
    await page.getByLabelText('Seed').fill('7');
    await expect.poll(() => tell.mock.settledResults.at(-1)?.type).toBe('fulfilled');
    expect(tell.mock.calls.at(-1)?.[0].seed).toBe(7);
    await expect.element(page.getByText('Not part of the fake.')).toBeVisible();
    await expect.element(page.getByText('17 candidates, 1,234 calls')).not.toBeInTheDocument();
  });

  it('says what stood in the way of measuring', async () => {
    await openMeasurable({ speed: null });
    await measure().click();
    await expect.element(page.getByText('Not part of the fake.')).toBeVisible();
    await expect.element(measure()).toBeEnabled();
  });
});
