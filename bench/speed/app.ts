/** The built app: what the first visit loads, and how long History with 1,000 runs takes to open. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { runOptimizer } from '../../src/core/run/run.ts';
import { answerSuffix } from '../../src/core/evaluate/answer-suffix.ts';
import { unlimited } from '../../src/core/run/meter.ts';
import { recommendedSizes } from '../../src/core/split.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import { databaseVersion } from '../../src/storage/schema.ts';
import type { RunRecord } from '../../src/storage/run-record.ts';
import { serveDist } from '../../test/e2e/app.ts';
import { simulatedSetup } from '../simulated-setup.ts';

/** @returns the folder of a fresh production build */
export function buildApp(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentential-bench-'));
  const { status, stderr } = spawnSync('npx', ['vite', 'build', '--outDir', folder, '--logLevel', 'error'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The app could not be built: ${stderr}`);
  return folder;
}

/** Kilobytes (1,000 bytes) after gzip, as `npm run build` counts them. */
export function firstLoadKB(folder: string): number {
  const { stdout } = spawnSync('node', ['scripts/size.mjs', folder], { encoding: 'utf8' });
  const found = /First load: ([\d.]+) KB/.exec(stdout)?.[1];
  if (found === undefined)
    throw new Error(`scripts/size.mjs did not say how large the first load is:\n${stdout}`);
  return Number(found);
}

/** A finished run as it is stored, with the report of a real run on the simulated model. */
async function finishedRun(): Promise<RunRecord> {
  const dataset = generateBuiltIn('dates', 1);
  const steps = runOptimizer(simulatedSetup({ dataset, seed: 1, method: 'dual-phase' }));
  for (;;) {
    const next = await steps.next();
    if (!next.done) continue;
    const { id, metric, choices, examples } = dataset;
    return {
      schemaVersion: 1,
      id: 'run',
      config: {
        name: dataset.name,
        datasetId: id,
        method: 'dual-phase',
        options: {},
        seed: 1,
        sizes: recommendedSizes(examples.length),
        metric,
        choices,
        answer: { maxTokens: 256, suffix: answerSuffix(metric, choices), constrain: false },
        userPrompt: null,
        taskModel: { engine: 'simulated', skill: 'middling', paceMs: 0 },
        optimizerModel: null,
        budget: unlimited,
        askMe: false,
      },
      status: 'finished',
      createdAt: 0,
      updatedAt: 0,
      eventCount: 0,
      report: next.value,
      error: null,
    };
  }
}

async function storeRuns(page: Page, record: RunRecord, count: number): Promise<void> {
  await page.evaluate(
    async ({ record, count, version }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('sentential', version);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database could not be opened.'));
      });
      const transaction = database.transaction('runs', 'readwrite');
      for (let index = 0; index < count; index += 1)
        transaction.objectStore('runs').put({ ...record, id: `run-${index}`, createdAt: 1e12 + index * 6e4 });
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      database.close();
    },
    { record, count, version: databaseVersion },
  );
}

export interface Opening {
  /** From the click to the first frame with the table in it. */
  readonly ms: number;
  /** The longest task that held the page up meanwhile; 0 when none took 50 ms. */
  readonly longestTaskMs: number;
}

/** In the page: clicks, waits for the table, and for the frame after it. */
async function openHistory(page: Page): Promise<Opening> {
  return page.evaluate(async () => {
    let longestTaskMs = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
    });
    observer.observe({ type: 'longtask' });
    const start = performance.now();
    location.hash = '#/history';
    while (document.querySelector('main table tbody tr') === null)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const ms = performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 200)); // long tasks are told a little later
    observer.disconnect();
    return { ms, longestTaskMs };
  });
}

/** A page that was just loaded, then History: as someone who comes back opens it. */
export async function measureHistory(
  browser: Browser,
  folder: string,
  runs: number,
  rounds: number,
): Promise<Opening[]> {
  const app = await serveDist(folder);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(app.url);
  await page.getByRole('link', { name: 'History' }).first().waitFor();
  await page.waitForFunction(async () =>
    (await indexedDB.databases()).some(({ name }) => name === 'sentential'),
  );
  await storeRuns(page, await finishedRun(), runs);
  const measured: Opening[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await page.goto(app.url);
    await page.reload();
    await page.waitForLoadState('networkidle');
    measured.push(await openHistory(page));
  }
  await context.close();
  await app.close();
  return measured.slice(1);
}
