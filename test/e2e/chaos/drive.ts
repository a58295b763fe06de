/** One run with one kill in a fresh profile: what is stored at the end, and which calls were asked again. */
import type { Browser, Page } from 'playwright';
import type { RunConfig } from '../../../src/storage/run-record.ts';
import { patienceMs } from '../app.ts';
import { storedRun } from '../steps.ts';
import type { Kill } from './page/kill.ts';
import type { ChaosPage } from './page/main.ts';

declare const chaos: ChaosPage;

export interface Survived {
  readonly report: unknown;
  readonly events: readonly unknown[];
  /** Calls of the engine over all lives. */
  readonly calls: number;
  /** Calls that were asked although their answer was stored. */
  readonly repeated: number;
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => 'chaos' in globalThis);
}

function storedKeys(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('sentential');
        opening.onsuccess = () => {
          const keys = opening.result.transaction('completions').objectStore('completions').getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String));
          };
        };
      }),
  );
}

/** Does what the worker cannot do to itself; resolves when the run is on its way again. */
async function strike(page: Page, { kind }: Kill, id: string): Promise<void> {
  if (kind === 'model worker' || kind === 'lost device' || kind === 'endless call') return; // the app notices by itself
  if (kind === 'page') {
    await page.reload();
    await page.waitForFunction(() => 'chaos' in globalThis);
  }
  if (kind === 'optimizer worker') await page.evaluate(() => chaos.killWorker());
  if (kind === 'refused write') {
    const ending = await page.evaluate((run) => chaos.ended(run), id);
    if (ending.code !== 'storage-full') throw new Error(`Expected storage-full: ${JSON.stringify(ending)}`);
  }
  await page.evaluate((run) => chaos.resume(run), id);
}

async function killed(
  page: Page,
  kill: Kill,
  config: RunConfig,
): Promise<{ id: string; lost: string[]; kept: string[] }> {
  const struck = page.evaluate((armed) => chaos.arm(armed), kill);
  const id = await page.evaluate((given) => chaos.start(given), config);
  await struck;
  const lost = [...(await page.evaluate(() => chaos.asked()))];
  const kept = await storedKeys(page);
  await strike(page, kill, id);
  return { id, lost, kept };
}

const inOneLife: readonly Kill['kind'][] = ['model worker', 'lost device', 'endless call', 'refused write'];

async function survive(page: Page, kill: Kill | null, config: RunConfig): Promise<Survived> {
  const before = kill
    ? await killed(page, kill, config)
    : { id: await page.evaluate((given) => chaos.start(given), config), lost: [], kept: [] };
  const ending = await page.evaluate((run) => chaos.ended(run), before.id);
  if (ending.status !== 'finished') throw new Error(`The run ended as ${JSON.stringify(ending)}`);
  const last = await page.evaluate(() => chaos.asked());
  const isOneLife = kill === null || inOneLife.includes(kill.kind);
  const later = isOneLife ? last.slice(before.lost.length) : last;
  const kept = new Set(before.kept);
  const { report, events } = await storedRun(page);
  return {
    report,
    events,
    calls: before.lost.length + later.length,
    repeated: later.filter((key) => kept.has(key)).length,
  };
}

export async function runThrough(
  browser: Browser,
  url: string,
  kill: Kill | null,
  config: RunConfig,
): Promise<Survived> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    await open(page, url);
    return await survive(page, kill, config);
  } finally {
    await context.close();
  }
}
