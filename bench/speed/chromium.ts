/** A Chromium with the modules of bench/page in it, served from the sources. */
import path from 'node:path';
import { chromium, type Browser } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium.mjs';
import type { Measurements } from '../page/main.ts';

/** Named up front: what Vite finds later makes it reload the page in the middle of a measurement. */
const prebundled = [
  '@wllama/wllama/esm/index.js',
  'comlink',
  'fflate',
  'hyparquet',
  'hyparquet-compressors',
  'idb',
  'papaparse',
  'valibot',
  'yaml',
];

export interface BenchPage {
  measure<Name extends keyof Measurements>(
    name: Name,
    ...args: Parameters<Measurements[Name]>
  ): Promise<Awaited<ReturnType<Measurements[Name]>>>;
  close(): Promise<void>;
}

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags, '--disable-gpu'] });
}

async function serveSources(): Promise<{ server: ViteDevServer; url: string }> {
  const root = path.resolve('.');
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: path.join(root, 'bench/.cache'),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    worker: { format: 'es' },
    optimizeDeps: { entries: [], include: prebundled },
  });
  await server.listen();
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error('The server of the benchmark page has no address.');
  return { server, url: new URL('bench/page/index.html', address).href };
}

export async function openBenchPage(browser: Browser): Promise<BenchPage> {
  const { server, url } = await serveSources();
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'measurements' in globalThis);
  return {
    measure: (name, ...args) =>
      page.evaluate(
        ({ name, args }) => {
          const all = (
            globalThis as unknown as { measurements: Record<string, (...args: unknown[]) => unknown> }
          ).measurements;
          return all[name]?.(...args);
        },
        { name, args },
      ) as Promise<never>,
    async close() {
      await page.close();
      await server.close();
    },
  };
}
