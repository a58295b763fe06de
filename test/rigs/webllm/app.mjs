/**
 * The built app on the real engine, driven as its user does: import a task, name a model by address, run to the end, look
 * at the result and at History; then the same path where there is no WebGPU, and where the address leads nowhere.
 * Pictures of what was seen go to RIG_SHOTS when it is set.
 */
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { buildFor, lavapipe, serve, withoutWebGpu } from './stage.mjs';

const root = path.join(import.meta.dirname, '../../..');
const minute = 60_000;

/** The labels are one token each in the model's tokenizer. */
const kinds = {
  number: ['12', '7.5', '1000', '-3', '0'],
  text: ['"a"', '"hello"', "'x'", '"12"', '"true"'],
  list: ['[1, 2]', '[]', '["a"]', '[7]', '[[1]]'],
};
const rows = Object.entries(kinds).flatMap(([kind, values]) =>
  values.map((value) => ({ input: value, target: kind })),
);

async function open(browser, url, errors) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(minute);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  return page;
}

async function picture(page, name) {
  const folder = process.env.RIG_SHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `webllm-app-${name}.png`), fullPage: true });
}

async function importTask(page) {
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  const content = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
  const file = { name: 'kinds.jsonl', mimeType: 'application/jsonl', buffer: content };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('button', { name: 'Save the dataset' }).click();
  await page.getByRole('link', { name: 'Set up a run' }).click();
}

/** As small as a run can be: about twenty answers of one token and two attempts. */
async function setUp(page, model) {
  await page.getByRole('radio', { name: /^My own model by address/ }).check();
  await page.getByLabel('Address of the model', { exact: true }).fill(model.folder);
  await page.getByLabel('Address of the model library').fill(model.library);
  await page.getByLabel('Context window').fill('1024');
  await page.getByRole('radio', { name: /^My prompt/ }).check();
  await page.getByLabel('Your prompt').fill('Say what kind of value this is. Answer with one word.');
  await page.getByRole('radio', { name: /^One label only/ }).check();
  await page.getByLabel('To learn from').fill('5');
  await page.getByLabel('To decide with').fill('6');
  await page.getByLabel('For the final test').fill('4');
  // The careful gate would see at once that so few examples can prove nothing.
  await page.getByLabel('Settings', { exact: true }).selectOption({ label: 'As published' });
  await page.getByLabel('Steps, at most').fill('1');
  await page.locator('summary', { hasText: 'All options of the method' }).click();
  await page.getByLabel('Attempts', { exact: true }).fill('2');
  await page.getByLabel('Rewrite tokens').fill('20');
  await page.getByLabel('Failures shown').fill('1');
  // Random weights write no usable sentence; one of the library goes through the gates in its place.
  await page.getByRole('checkbox', { name: 'Library when stuck' }).check();
}

async function start(page) {
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/#\/run\//);
}

/** Every different state of the loading panel until it is gone. */
async function watchLoading(page) {
  const seen = [];
  const panel = page.getByRole('heading', { name: /^Loading / });
  await panel.waitFor();
  await picture(page, 'loading');
  while (await panel.isVisible()) {
    const text = await page
      .locator('section, article, div')
      .filter({ has: panel })
      .last()
      .innerText({ timeout: 1000 })
      .catch(() => '');
    const line = text.split('\n').slice(1).join(' | ');
    if (line && seen.at(-1) !== line) seen.push(line);
    await page.waitForTimeout(300);
  }
  return seen;
}

/** Waits for what is wanted; a failure on the page ends the waiting, in its own words. */
async function until(page, wanted, timeout) {
  const alert = page.getByRole('alert');
  await wanted.or(alert).first().waitFor({ timeout });
  if (await alert.isVisible()) throw new Error(`the page says: ${await alert.innerText()}`);
}

function untilOver(page, timeout) {
  return until(page, page.getByRole('link', { name: 'See the result' }), timeout);
}

async function simulatedRunWorks(page) {
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page
    .getByRole('link', { name: /^Dates/ })
    .first()
    .click();
  await page.getByLabel('Slow enough to watch').uncheck();
  await start(page);
  await untilOver(page, 2 * minute);
}

const stories = {
  async 'the app loads a model by address and completes a run with scorable answers'(browser, url) {
    const errors = [];
    const page = await open(browser, url, errors);
    await importTask(page);
    await setUp(page, { folder: `${url}model/`, library: `${url}model/model_lib.wasm` });
    await picture(page, 'setup');
    const began = Date.now();
    await start(page);
    const loading = await watchLoading(page);
    const loadSeconds = Math.round((Date.now() - began) / 1000);
    await until(page, page.getByText(/step 1 of at most/i), 20 * minute);
    await picture(page, 'running');
    await untilOver(page, 30 * minute);
    const runSeconds = Math.round((Date.now() - began) / 1000);
    await picture(page, 'run-over');
    await page.getByRole('link', { name: 'See the result' }).click();
    await page.getByRole('heading', { name: 'What changed' }).waitFor();
    await picture(page, 'result');
    await page.reload();
    await page.getByRole('navigation').getByRole('link', { name: 'History' }).click();
    await page.getByRole('table').getByText('finished').waitFor();
    await picture(page, 'history');
    const record = await storedRun(page);
    const texts = record.events
      .filter((one) => one.type === 'example-scored')
      .map((one) => one.outcome.output);
    const labels = Object.keys(kinds);
    if (texts.length < 12 || !texts.every((text) => labels.includes(text)))
      throw new Error(`expected labels, got ${JSON.stringify(texts)}`);
    if (errors.length > 0) throw new Error(`errors in the page: ${errors.join('; ')}`);
    const counts = labels.map((label) => `${label} ${texts.filter((text) => text === label).length}`);
    const { spent, stopReason } = record.report;
    const rejected = record.events.filter((one) => one.type === 'proposal-rejected').map((one) => one.code);
    const created = record.events.filter((one) => one.type === 'candidate-created').length;
    return { loadSeconds, runSeconds, loading, answers: counts, rejected, created, stopReason, spent };
  },

  async 'an address that leads nowhere is named, and the app stays usable'(browser, url) {
    const errors = [];
    const page = await open(browser, url, errors);
    await importTask(page);
    const nowhere = 'http://127.0.0.1:9/';
    await setUp(page, { folder: `${nowhere}model/`, library: `${nowhere}lib.wasm` });
    await start(page);
    const alert = page.getByRole('alert').filter({ hasText: 'could not be downloaded' });
    await alert.waitFor();
    await picture(page, 'unreachable');
    const words = await alert.innerText();
    if (!words.includes(nowhere)) throw new Error(`expected the address to be named, got ${words}`);
    await simulatedRunWorks(page);
    return { words, errors };
  },
};

const lacking = {
  async 'without WebGPU the page says so, and the app stays usable'(browser, url) {
    const errors = [];
    const page = await open(browser, url, errors);
    await importTask(page);
    await setUp(page, { folder: `${url}model/`, library: `${url}model/model_lib.wasm` });
    await page.getByText('This browser offers no WebGPU').waitFor();
    await picture(page, 'no-webgpu-setup');
    await start(page);
    const alert = page.getByRole('alert').filter({ hasText: 'WebGPU' });
    await alert.waitFor();
    await picture(page, 'no-webgpu');
    const words = await alert.innerText();
    await simulatedRunWorks(page);
    return { words, errors };
  },
};

/** The only run of this profile, its report and its log as IndexedDB has them. */
function storedRun(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('sentential'));
    const all = (name) => done(database.transaction(name).objectStore(name).getAll());
    const [run] = await all('runs');
    const log = await all('runEvents');
    return { report: run.report, events: log.map(({ event }) => event) };
  });
}

async function tell(name, story, options, url) {
  const browser = await chromium.launch({ headless: true, ...options });
  const began = Date.now();
  const said = await story(browser, url).then(
    (facts) => ({ passed: true, text: JSON.stringify(facts, null, 1) }),
    (error) => ({ passed: false, text: error.message }),
  );
  if (!said.passed)
    for (const page of browser.contexts().flatMap((c) => c.pages())) await picture(page, 'failed');
  await browser.close();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const outcome = said.passed ? 'passed' : 'failed';
  console.log(`${outcome} ${name} (${seconds} s)\n${said.text}`);
  return outcome;
}

export async function driveApp() {
  if (process.env.RIG_SHOTS) fs.mkdirSync(process.env.RIG_SHOTS, { recursive: true });
  const built = await buildFor('app', { root, configFile: path.join(root, 'vite.config.ts') });
  const { url, close } = await serve(built, 0.1);
  const outcomes = [];
  for (const [name, story] of Object.entries(lacking))
    outcomes.push(await tell(name, story, withoutWebGpu(), url));
  for (const [name, story] of Object.entries(stories))
    outcomes.push(await tell(name, story, lavapipe(), url));
  close();
  return outcomes;
}
