/** A short run on the processor, with a model file of another site. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import type { Served } from './app.ts';
import { openSample } from './steps.ts';

/** Another site, which allows ours to download from it. */
export async function serveModel(bytes: Buffer): Promise<Served> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/tiny.gguf`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export async function setUpOnProcessor(page: Page, model: string): Promise<void> {
  await openSample(page, 'Navigate');
  await page.getByRole('radio', { name: /A small model on the processor/ }).check();
  await page.getByRole('radio', { name: /Another GGUF file/ }).check();
  await page.getByLabel('Address of the GGUF file').fill(model);
  await page.getByRole('radio', { name: /My prompt/ }).check();
  await page
    .getByLabel('Your prompt')
    .fill('Follow the steps one by one. Say whether you are back at the start.');
  await page.getByRole('radio', { name: /One label only/ }).check();
  for (const [label, size] of [
    ['To learn from', '6'],
    ['To decide with', '12'],
    ['For the final test', '6'],
    ['Calls, at most', '60'],
  ] as const) {
    await page.getByLabel(label).fill(size);
  }
}

export async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/#\/run\//);
}
