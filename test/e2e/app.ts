/** The built app in a real Chromium, as its user has it: served from `dist/` under a sub-path, by a plain static server. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** Where a project page would lie: nothing may depend on being at the root. */
const subPath = '/some/where/';

export interface Served {
  readonly url: string;
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Of the built app. */
export const distFolder = path.resolve(process.env['DIST'] ?? 'dist');

export async function serveDist(folder = distFolder): Promise<Served> {
  if (!existsSync(path.join(folder, 'index.html')))
    throw new Error('There is no built app in dist/. Run `npm run build` first.');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const address = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (address === '/favicon.ico') {
      response.writeHead(204).end(); // a wish of the browser's own, and no error of the app
      return;
    }
    requests.push(address);
    const inside = address.startsWith(subPath) ? address.slice(subPath.length) || 'index.html' : null;
    const file = inside === null ? null : path.join(folder, path.normalize(inside));
    if (!file?.startsWith(folder) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end('not found');
      return;
    }
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${subPath}`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export async function launchChromium(flags: readonly string[] = ['--disable-gpu']): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found; `npm test` installs one.');
  return chromium.launch({ executablePath, args: [...chromiumFlags, ...flags] });
}

export interface OpenedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors and console errors: a test that drives the app ends with none. */
  readonly errors: readonly string[];
}

export interface Profile {
  readonly width?: number;
  readonly height?: number;
  readonly serviceWorkers?: 'allow' | 'block';
}

/** A busy machine is no fault: a wait ends only where what is waited for will never come. */
export const patienceMs = 120_000;

/** A new, empty profile. */
export async function openApp(browser: Browser, url: string, options: Profile = {}): Promise<OpenedPage> {
  const { width = 1280, height = 900, serviceWorkers = 'allow' } = options;
  const context = await browser.newContext({ viewport: { width, height }, serviceWorkers });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { context, page, errors };
}
