/** Without a network: the app opens again, and a model that was downloaded before runs. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tinyGguf } from '../fixtures/gguf/tiny-gguf.ts';
import { launchChromium, openApp, serveDist, type Served } from './app.ts';
import { serveModel, setUpOnProcessor, start } from './processor.ts';
import { waitForResult } from './steps.ts';

let browser: Browser;
let app: Served;
let models: Served;
beforeAll(async () => {
  app = await serveDist();
  models = await serveModel(Buffer.from(tinyGguf({ seed: 2 })));
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('R7: after one visit and one download, a fresh page runs the model when every server is gone', async () => {
  const { context, page, errors } = await openApp(browser, app.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready; // its files are kept
    while (!navigator.serviceWorker.controller)
      await new Promise((taken) =>
        navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }),
      );
  });
  await setUpOnProcessor(page, models.url);
  await start(page);
  await waitForResult(page);
  const asked = models.requests.length;

  await Promise.all([models.close(), app.close()]);
  await page.goto('about:blank');
  await page.goto(app.url);
  await setUpOnProcessor(page, models.url);
  await page.getByLabel('Seed').fill('2');
  await start(page);
  await waitForResult(page);
  expect(models.requests).toHaveLength(asked);
  expect(errors).toEqual([]);
  await context.close();
});
