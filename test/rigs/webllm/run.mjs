/**
 * Runs WebLLM for real, without a GPU: our model worker and adapter, in Chromium on a software adapter, with a model of
 * random weights. usage: npm run test:webllm -- PATH/TO/MODEL_LIB.wasm [app | bench | conformance | faults | names of the checks to run]
 */
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { driveApp } from './app.mjs';
import { recordBench } from './bench-results.mjs';
import { buildFor, lavapipe, prepare, serve, without16BitFloats, withoutWebGpu } from './stage.mjs';

const minutes = 60_000;
const rounds = Number(process.env.ROUNDS ?? 5);
const [library, ...words] = process.argv.slice(2);
/** The bench computes all of every matrix product, or the ratio would not be that of a real machine. */
const fraction = Number(process.env.FRACTION ?? (words.includes('bench') ? 1 : 0.1));

/** Checks that need a browser, or an engine, of their own. */
const apart = [
  { name: 'without WebGPU nothing is downloaded', browser: withoutWebGpu },
  { name: 'without 16-bit floats the 32-bit twin is named', browser: without16BitFloats },
  {
    name: 'a GPU that answers wrongly onto a kept beginning is found out',
    browser: lavapipe,
    scripts: ['unmend.js', 'kernels.js', 'device-tap.js'],
  },
  {
    name: 'a wrong grammar that nobody reports is given up by the watchdog',
    group: 'faults',
    browser: lavapipe,
    scripts: ['mute.js', 'kernels.js', 'device-tap.js'],
  },
];

async function openPage(options, url) {
  const browser = await chromium.launch({ headless: true, ...options });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.log(`  page error: ${error.message}`));
  if (process.env.RIG_LOG) page.on('console', (message) => console.log(`  console: ${message.text()}`));
  await page.goto(url);
  await page.waitForFunction('window.rig');
  return { browser, page };
}

function ask(page, name) {
  const patience = name === 'bench' ? 12 * rounds + 30 : 30;
  const late = new Promise((_, reject) =>
    setTimeout(reject, patience * minutes, new Error(`no result in ${patience} minutes`)).unref(),
  );
  return Promise.race([page.evaluate(([n, rounds]) => window.rig.run(n, rounds), [name, rounds]), late]);
}

/** @returns 'passed', 'failed' or 'not run' */
async function check(page, name) {
  const start = Date.now();
  const { outcome, facts } = await ask(page, name).then(
    (facts) => ({ outcome: facts?.notRun ? 'not run' : 'passed', facts: JSON.stringify(facts) }),
    (error) => ({ outcome: 'failed', facts: error.message }),
  );
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${outcome.padEnd(7)} ${name} (${seconds} s)\n        ${facts}`);
  if (name === 'bench' && outcome === 'passed') recordBench(JSON.parse(facts), fraction === 1);
  return outcome;
}

/** What the words stand for, and how many checks of the groups they are taken from they leave out. */
function choose({ names, groups }, words) {
  if (words.length === 0) return { chosen: names, leftOut: 0 };
  const chosen = words.flatMap((word) => groups[word] ?? word);
  const touched = Object.values(groups).filter((group) => group.some((name) => chosen.includes(name)));
  return { chosen, leftOut: touched.flat().filter((name) => !chosen.includes(name)).length };
}

async function runIn(options, url, words) {
  const { browser, page } = await openPage(options, url);
  const { names, groups } = await page.evaluate(() => ({
    names: window.rig.names,
    groups: window.rig.groups,
  }));
  const { chosen, leftOut } = choose({ names, groups }, words);
  const outcomes = Array.from({ length: leftOut }, () => 'not run');
  for (const name of chosen) outcomes.push(await check(page, name));
  await browser.close();
  return outcomes;
}

async function runChecks(words) {
  const root = path.join(import.meta.dirname, 'page');
  const built = await buildFor('page', { root, configFile: false });
  const runOn = async (browser, words, scripts) => {
    const { url, close } = await serve(built, fraction, scripts);
    const outcomes = await runIn(browser(), url, words);
    close();
    return outcomes;
  };
  const together = words.filter((word) => apart.every(({ name }) => name !== word));
  const outcomes = [];
  if (words.length === 0 || together.length > 0) outcomes.push(...(await runOn(lavapipe, together)));
  for (const { name, group, browser, scripts } of apart) {
    const isWanted = words.length === 0 || words.includes(name) || words.includes(group);
    if (isWanted) outcomes.push(...(await runOn(browser, [name], scripts)));
  }
  return outcomes;
}

if (!library || !fs.existsSync(library)) {
  const why = library ? `there is no file ${library}` : 'no model library was given';
  console.log(
    `Skipped: ${why}. usage: npm run test:webllm -- PATH/TO/MODEL_LIB.wasm (see test/rigs/webllm/README.md)`,
  );
  process.exit(0);
}

prepare(library);
const isAppOnly = words.join() === 'app';
const outcomes = [
  ...(isAppOnly ? [] : await runChecks(words)),
  ...(isAppOnly || words.length === 0 ? await driveApp() : []),
];
const count = (wanted) => outcomes.filter((outcome) => outcome === wanted).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run`);
process.exitCode = count('failed') === 0 ? 0 : 1;
