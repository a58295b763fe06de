/** A result leaves the page in every form, and what can come back shows the same figures in another, empty browser. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { recommendedSizes } from '../../src/core/split.ts';
import { launchChromium, openApp, serveDist, type OpenedPage, type Served } from './app.ts';
import { goTo, importFile, openSample, startRun, storedRun, waitForResult } from './steps.ts';

let browser: Browser;
let served: Served;
/** A profile in which one run has been finished; its result is open. */
let first: OpenedPage;
let bestText = '';
const folder = mkdtempSync(path.join(os.tmpdir(), 'sentential-exports-'));

beforeAll(async () => {
  served = await serveDist();
  browser = await launchChromium();
  first = await openApp(browser, served.url);
  await first.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSample(first.page, 'Dates');
  await startRun(first.page);
  await waitForResult(first.page);
  ({ bestText } = ((await storedRun(first.page)) as { report: { bestText: string } }).report);
  await first.page.getByText('Other forms').click();
}, 240_000);
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** Presses the button and gives back the file, under the name the page gave it. */
async function saved(page: Page, button: RegExp): Promise<{ file: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return { file, text: readFileSync(file, 'utf8') };
}

/** Figures as the Result page states them. */
async function figures(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
  return page.getByRole('region').first().innerText();
}

describe('what is saved', () => {
  it('as text is the prompt to the letter, its fingerprint in the name, and is known again on Setup', async () => {
    const { file, text } = await saved(first.page, /Download \.txt/);
    expect(text).toBe(bestText);
    expect(file).toContain(createHash('sha256').update(bestText).digest('hex').slice(0, 12));

    const second = await openApp(browser, `${served.url}#/setup?task=dates`);
    await second.page.getByText('My prompt').click();
    await second.page.getByLabel('Load from a file').setInputFiles(file);
    await second.page.getByText('the fingerprint matches').waitFor();
    expect(await second.page.getByLabel('Your prompt').inputValue()).toBe(bestText);
    writeFileSync(file, `${text} And be quick.`);
    await second.page.getByLabel('Load from a file').setInputFiles(file);
    await second.page.getByText('it was changed since it was saved').waitFor();
    await second.context.close();
  });

  it('as Markdown, messages, snippets and report holds the prompt', async () => {
    const { page } = first;
    expect((await saved(page, /Save as Markdown/)).text).toContain(bestText);
    const messages = JSON.parse((await saved(page, /Save as Chat messages/)).text) as {
      messages: { content: string }[];
    };
    expect(messages.messages[0]?.content).toBe(bestText);
    expect((await saved(page, /Save as DSPy/)).text).toContain('dspy.Signature');
    expect((await saved(page, /Save as Python/)).text).toContain('def messages_for');
    expect((await saved(page, /Save as JavaScript/)).text).toContain('export function messagesFor');
    const report = await saved(page, /Save as Report/);
    expect(report.text).not.toContain('<script');
    const opened = await openApp(browser, `file://${report.file}`);
    expect(await opened.page.locator('svg').count()).toBe(2);
    expect(await opened.page.locator('pre').first().innerText()).toBe(bestText.trimEnd());
    expect(opened.errors).toEqual([]);
    await opened.context.close();
  });

  it.each([
    ['promptfoo', /Save as promptfoo/],
    ['CSV', /Save as Examples as CSV/],
    ['JSON Lines', /Save as Examples as JSON Lines/],
  ])('as %s is imported again', async (_, button) => {
    const { file } = await saved(first.page, button);
    const second = await openApp(browser, served.url);
    await importFile(second.page, file);
    await second.page.getByRole('table', { name: 'Inputs and expected answers' }).waitFor();
    expect(second.errors).toEqual([]);
    await second.context.close();
  });

  it('as promptfoo has a test per example of the final test', async () => {
    const { text } = await saved(first.page, /Save as promptfoo/);
    const config = parse(text) as { tests: unknown[]; prompts: { raw: string }[] };
    expect(config.tests).toHaveLength(recommendedSizes(240).test);
    expect(JSON.parse(config.prompts[0]?.raw ?? '')).toHaveLength(2);
  });

  it('as a copy is the same as the file', async () => {
    const { text } = await saved(first.page, /Save as Markdown/);
    await first.page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await first.page.getByText('Markdown: copied.').waitFor();
    expect(await first.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  });
});

describe('a run file', () => {
  it('opened in an empty browser shows the same result and the same log, without a model', async () => {
    const { file } = await saved(first.page, /Save as run file/);
    const second = await openApp(browser, `${served.url}#/history`);
    await second.page.getByLabel('Open a run file').setInputFiles(file);
    await second.page.waitForURL(/#\/result\//);
    expect(await figures(second.page)).toBe(await figures(first.page));
    const [one, other] = [await storedRun(first.page), await storedRun(second.page)];
    expect(other).toEqual(one);
    await second.page.getByRole('link', { name: 'Look at the run' }).click();
    await second.page.getByRole('heading', { level: 1 }).waitFor();
    await goTo(second.page, 'History');
    await second.page.getByRole('link', { name: 'Dates', exact: true }).waitFor();
    expect(second.errors).toEqual([]);
    await second.context.close();
  });

  it('that is damaged is refused with its place, and nothing is stored', async () => {
    const { text } = await saved(first.page, /Save as run file/);
    const damaged = path.join(folder, 'damaged.json');
    writeFileSync(damaged, text.replace('"seed":1', '"seed":"one"'));
    const second = await openApp(browser, `${served.url}#/history`);
    await second.page.getByLabel('Open a run file').setInputFiles(damaged);
    await second.page.getByText(/damaged at run\.config\.seed/).waitFor();
    await second.page.getByText('No run yet').waitFor();
    await second.context.close();
  });
});

describe('a preset link', () => {
  it('says what it will do, fills in the form and starts nothing', async () => {
    await first.page.getByRole('button', { name: 'Copy preset link' }).click();
    await first.page.getByText('starts nothing by itself').waitFor();
    const link = await first.page.evaluate(() => navigator.clipboard.readText());
    const second = await openApp(browser, link);
    await second.page.getByText('Settings from a link').waitFor();
    await second.page.getByText('Nothing has started.').waitFor();
    expect(await second.page.getByLabel('Seed').inputValue()).toBe('1');
    await goTo(second.page, 'History');
    await second.page.getByText('No run yet').waitFor();
    expect(second.errors).toEqual([]);
    await second.context.close();
  });

  it('that was cut is refused in words', async () => {
    const second = await openApp(browser, `${served.url}#/setup?preset=eyJ2Ijox`);
    await second.page.getByText('This link cannot be used').waitFor();
    await second.context.close();
  });
});

describe('the hand-out', () => {
  it('has the verdict and both prompts, and prints without the navigation', async () => {
    const { page } = first;
    await page.getByRole('link', { name: 'Hand-out to print' }).click();
    await page.getByRole('heading', { name: 'Dates: hand-out' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Back to the result' }).click();
    await page.getByText('Other forms').click();
  });
});

describe('rows of a dataset', () => {
  it('are corrected, added and deleted into a new version; the old one stays as it was', async () => {
    const { page } = first;
    await page.goto(`${served.url}#/data/built-in-dates-1`);
    await page.getByRole('button', { name: 'Edit rows' }).click();
    await page
      .getByRole('button', { name: /^Delete “/ })
      .first()
      .click();
    await page
      .getByRole('button', { name: /^Edit “/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Expected answer' }).fill('(Z)');
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByRole('button', { name: 'Add a row' }).click();
    await page.getByLabel('Input', { exact: true }).fill('When is it?');
    await page.getByRole('textbox', { name: 'Expected answer' }).fill('(Y)');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('1 changed, 1 added, 1 deleted.').waitFor();
    await page.getByRole('button', { name: 'Save as “Dates (version 2)”' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dates (version 2)' }).waitFor();
    await page.getByLabel('Find in inputs and answers').fill('(Y)');
    await page.getByText('1 to 1 of 1 example').waitFor();
    await page.goto(`${served.url}#/data/built-in-dates-1`);
    await page.getByRole('heading', { level: 1, name: 'Dates', exact: true }).waitFor();
    await page.getByText('of 240 examples').waitFor();
    expect(first.errors).toEqual([]);
  });
});
