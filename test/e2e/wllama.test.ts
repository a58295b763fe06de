/** The CPU engine from the page: a GGUF file by address, downloaded once; no isolation, no GPU, no foreign server. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyGguf } from '../fixtures/gguf/tiny-gguf.ts';
import { launchChromium, openApp, serveDist, type Served } from './app.ts';
import { serveModel, setUpOnProcessor, start } from './processor.ts';
import { storedRun, waitForResult } from './steps.ts';

let browser: Browser;
let app: Served;
let models: Served;
beforeAll(async () => {
  app = await serveDist();
  models = await serveModel(Buffer.from(tinyGguf({ seed: 2 })));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('a run on the processor', () => {
  it('downloads the model once, ends with a result, and needs no network afterwards', async () => {
    const { context, page, errors } = await openApp(browser, app.url);
    const hosts = new Set<string>();
    context.on('request', (request) => {
      if (request.url().startsWith('http')) hosts.add(new URL(request.url()).host);
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await setUpOnProcessor(page, models.url);
    await start(page);
    await waitForResult(page);
    const first = (await storedRun(page)) as {
      report: { spent: { taskCalls: number; cachedTokens: number } };
    };
    expect(first.report.spent.taskCalls).toBeGreaterThan(20);
    expect(first.report.spent.cachedTokens).toBeGreaterThan(0);
    expect(models.requests).toEqual(['HEAD /tiny.gguf', 'GET /tiny.gguf']);

    // The server is gone, and the worker with the model in it too.
    await models.close();
    await page.reload();
    await setUpOnProcessor(page, models.url);
    await page.getByLabel('Seed').fill('2');
    await start(page);
    const end = page.getByRole('link', { name: 'See the result' });
    await page
      .getByText(/step 1 of at most/i)
      .or(end)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    const failed: string[] = [];
    context.on('requestfailed', (request) => failed.push(request.url()));
    await context.setOffline(true);
    await waitForResult(page);
    // Chromium itself asks for the icon whenever the address changes.
    expect(failed.filter((url) => !url.endsWith('favicon.svg'))).toEqual([]);
    expect(models.requests).toHaveLength(2);
    expect(hosts).toEqual(new Set([new URL(app.url).host, new URL(models.url).host]));
    await context.close();
  });
});
