/**
 * Kills at random points, in a real Chromium with the app's own workers and store. `npm run chaos` does 50 of them;
 * CHAOS_KILLS and CHAOS_SEED choose others.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import type { RunConfig } from '../../src/storage/run-record.ts';
import { launchChromium, serveDist, type Served } from './app.ts';
import { runThrough, type Survived } from './chaos/drive.ts';
import { kinds, type Kill } from './chaos/page/kill.ts';

const kills = Number(process.env['CHAOS_KILLS'] ?? 10);
const random = createRandom(Number(process.env['CHAOS_SEED'] ?? 1));

let browser: Browser;
let served: Served;
const folder = mkdtempSync(path.join(tmpdir(), 'chaos-'));
beforeAll(async () => {
  await build({
    configFile: false,
    root: path.resolve('test/e2e/chaos/page'),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, minify: false, target: 'es2023' },
  });
  served = await serveDist(folder);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

const methods = ['dual-phase', 'ape', 'opro'];

function configFor(method: string, seed: number): RunConfig {
  return {
    name: `${method} ${seed}`,
    datasetId: 'built-in-navigate-1',
    method,
    options: {},
    seed,
    sizes: { train: 12, validation: 12, test: 12 },
    metric: { kind: 'multiple-choice' },
    choices: ['Yes', 'No'],
    answer: { maxTokens: 64, suffix: '', constrain: false },
    userPrompt: null,
    taskModel: { engine: 'simulated', skill: 'middling', paceMs: 0 },
    optimizerModel: null,
    budget: { calls: 120, tokens: null, minutes: null },
    askMe: false,
  };
}

const undisturbed = new Map<string, Promise<Survived>>();

function reference(config: RunConfig): Promise<Survived> {
  const known = undisturbed.get(config.name) ?? runThrough(browser, served.url, null, config);
  undisturbed.set(config.name, known);
  return known;
}

/** Somewhere between the first call and the last. */
function killAt(index: number, calls: number): Kill {
  const kind = kinds[index % kinds.length] ?? 'page';
  const first = kind === 'refused write' ? 3 : 1; // the run itself is the first write
  return {
    kind,
    at: first + Math.floor(random.next() * (calls - first)),
    isAnswered: (kind === 'page' || kind === 'optimizer worker') && random.next() < 0.5,
  };
}

it(
  `${kills} runs, each killed once at a random point, end like the undisturbed one and repeat no finished call`,
  async () => {
    const total = { equal: 0, repeated: 0, calls: 0, lost: 0 };
    for (let index = 0; index < kills; index += 1) {
      const method = methods[index % methods.length] ?? 'ape';
      const config = configFor(method, 1 + (Math.floor(index / methods.length) % 2));
      const whole = await reference(config);
      const kill = killAt(index, whole.calls);
      const survived = await runThrough(browser, served.url, kill, config);
      const context = JSON.stringify({ kill, run: config.name });
      expect(survived.repeated, context).toBe(0);
      expect(survived.report, context).toEqual(whole.report);
      expect(survived.events, context).toEqual(whole.events);
      total.equal += 1;
      total.calls += survived.calls;
      total.lost += survived.calls - whole.calls;
    }
    console.log(
      `${total.equal} of ${kills} kills survived; ${total.repeated} finished calls repeated; ` +
        `${total.lost} of ${total.calls} calls lost half-finished; kinds: ${kinds.join(', ')}`,
    );
  },
  60_000 + kills * 60_000,
);
