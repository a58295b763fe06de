/** Text of strangers, from files and models, is text: nothing runs, nothing breaks the pages, exports are safe. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpointServer, type EndpointServer } from '../fixtures/endpoint-server.ts';
import { launchChromium, openApp, serveDist, type Served } from './app.ts';
import { goTo, importFile, waitForResult } from './steps.ts';

declare global {
  interface Window {
    pwned?: boolean;
    violations?: string[];
  }
}

const hostile = [
  '<script>window.pwned = true; alert(1)</script>',
  '<img src="x:" onerror="window.pwned = true; alert(2)">',
  '</textarea></pre><iframe srcdoc="<script>parent.pwned = true</script>"></iframe>',
  '[press](javascript:window.pwned=true) javascript:alert(3)',
  '<a href="javascript:window.pwned=true" style="position:fixed;inset:0">over everything</a>',
  '{@html "<b>"} {{constructor.constructor("window.pwned=true")()}} ${window.pwned = true}',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)*HYPERLINK("http://127.0.0.1:9/")',
  '__proto__',
  'constructor',
  '\u202Ereversed\u202C \u2066isolated \u200F\u0000\u0007\u001B[31mred',
  'x'.repeat(1_000_000),
] as const;

const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
let browser: Browser;
let served: Served;
let server: EndpointServer;
beforeAll(async () => {
  served = await serveDist();
  browser = await launchChromium();
  let turn = 0;
  // The long line comes in the data; in every reply it would only be slow.
  const replies = hostile.slice(0, -1);
  const reply = (): string => {
    turn += 1;
    const text = replies[turn % replies.length] ?? '';
    return `${text}\n<prompt>${text} Answer with the text itself.</prompt>\nThe answer is ${replies[(turn * 7) % replies.length] ?? ''}`;
  };
  server = await startEndpointServer({ reply });
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function hostileFile(): string {
  const lines = Array.from({ length: 36 }, (_, index) => {
    const input = `${index}: ${hostile[index % hostile.length] ?? ''}`;
    const target = hostile[(index * 7) % (hostile.length - 1)] ?? '';
    return JSON.stringify({ input, target }).replace('{', '{"__proto__":{"polluted":true},');
  });
  const file = path.join(folder, 'hostile =1+1 <b>.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
}

async function setUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Set up a run' }).click();
  await page.getByRole('radio', { name: /An endpoint/ }).check();
  await page.getByLabel('Address of the endpoint').fill(server.baseUrl);
  await page.getByRole('button', { name: 'Ask for its models' }).click();
  await page.getByText('The server has 1 model.').waitFor();
  await page.getByRole('radio', { name: /My prompt/ }).check();
  await page.getByLabel('Your prompt').fill(`${hostile.slice(0, -1).join('. ')}. Answer.`);
  for (const [label, size] of [
    ['To learn from', '12'],
    ['To decide with', '12'],
    ['For the final test', '12'],
    ['Calls, at most', '90'],
  ] as const) {
    await page.getByLabel(label).fill(size);
  }
}

/** On the narrowest screen that is looked after. */
async function expectWholeAndHarmless(page: Page, where: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.evaluate(async () => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
  const found = await page.evaluate(() => ({
    pwned: window.pwned ?? false,
    violations: window.violations ?? [],
    isTooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    frames: document.querySelectorAll('iframe, a[href^="javascript:"]').length,
    isPolluted: 'polluted' in {},
  }));
  expect(found, where).toEqual({
    pwned: false,
    violations: [],
    isTooWide: false,
    frames: 0,
    isPolluted: false,
  });
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function saved(page: Page, button: RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

it('R9: hostile data, prompt and replies run nothing, widen no page and leave as safe files', async () => {
  const { context, page, errors } = await openApp(browser, served.url);
  const dialogs: string[] = [];
  context.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.reload();
  await importFile(page, hostileFile());
  await page.getByRole('table').first().waitFor();
  await expectWholeAndHarmless(page, 'Data');
  await setUp(page);
  await expectWholeAndHarmless(page, 'Setup');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/#\/run\//);
  await page.getByRole('link', { name: 'See the result' }).waitFor();
  await expectWholeAndHarmless(page, 'Run');
  await waitForResult(page);
  await expectWholeAndHarmless(page, 'Result');

  const csv = await saved(page, /Save as Examples as CSV/);
  const { data } = Papa.parse<string[]>(readFileSync(csv, 'utf8').replace(/^\uFEFF/, ''));
  expect(data.length).toBeGreaterThan(12);
  expect(data.flat().filter((cell) => /^[=+@\t\r]|^-[^\d]/.test(cell))).toEqual([]);

  const report = await saved(page, /Save as Report/);
  const opened = await context.newPage();
  await opened.goto(`file://${report}`);
  await opened.locator('pre').first().waitFor();
  expect(await opened.evaluate(() => window.pwned ?? false)).toBe(false);
  expect(await opened.locator('script, iframe, a[href^="javascript:"], [onerror]').count()).toBe(0);
  await opened.close();

  await page.getByRole('link', { name: 'Hand-out to print' }).click();
  await page.getByRole('link', { name: 'Back to the result' }).waitFor();
  await expectWholeAndHarmless(page, 'Hand-out');
  await goTo(page, 'History');
  await page.getByRole('table').getByText('finished').waitFor();
  await expectWholeAndHarmless(page, 'History');
  expect(dialogs).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});
