/** The browser's own model lives in the page, the run in a worker: the bridge between them, with a stand-in for it. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium, openApp, serveDist, type Served } from './app.ts';
import { goTo, openSample, storedRun, waitForResult } from './steps.ts';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  served = await serveDist();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

interface Options {
  readonly signal: AbortSignal;
  readonly responseConstraint?: RegExp;
}

/** In the page. Answers “(A)” to everything, which no rewrite can make better; counts the open sessions. */
function installStandIn(): void {
  let open = 0;
  const words = (text: string): number => text.split(/\s+/).length;
  const pieces = (text: string, signal: AbortSignal): ReadableStream<string> =>
    new ReadableStream({
      start(controller) {
        signal.addEventListener('abort', () => controller.error(new DOMException('Stopped', 'AbortError')));
        for (const word of text.split(/(?<= )/)) controller.enqueue(word);
        controller.close();
      },
    });
  /** The first label of a choice, or a line of a length that fits. */
  const fitting = ({ source }: RegExp): string =>
    /^\^\(\?:((?:\\.|[^|\\])*)/
      .exec(source)?.[1]
      ?.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
      .replace(/\)\$$/, '') ?? 'x'.repeat(Number(/\{(\d+),/.exec(source)?.[1] ?? 1));
  const session = (system: string): object => {
    open += 1;
    return {
      contextWindow: 4096,
      contextUsage: words(system),
      measureContextUsage: (text: string) => Promise.resolve(words(text)),
      clone: () => Promise.resolve(session(system)),
      destroy: () => void (open -= 1),
      promptStreaming: (input: string, { signal, responseConstraint }: Options) => {
        const isRewrite = /<(sentence|prompt)>/.test(system + input);
        const free = isRewrite ? 'Here is what I think.' : `The answer is (A). ${'So it is. '.repeat(9)}`;
        return pieces(responseConstraint ? fitting(responseConstraint) : free, signal);
      },
    };
  };
  Object.assign(globalThis, {
    LanguageModel: {
      availability: () => Promise.resolve('available'),
      create: ({ initialPrompts = [] }: { initialPrompts?: readonly { content: string }[] }) =>
        Promise.resolve(session(initialPrompts[0]?.content ?? '')),
    },
    openSessions: () => open,
  });
}

async function openWithModel(): Promise<Awaited<ReturnType<typeof openApp>>> {
  const opened = await openApp(browser, 'about:blank');
  await opened.page.addInitScript(installStandIn);
  await opened.page.goto(served.url);
  return opened;
}

async function chooseIt(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /^The browser’s own model/ }).check();
}

it('answers a whole run from the page, and gives its sessions back', async () => {
  const { context, page, errors } = await openWithModel();
  await openSample(page, 'Dates');
  await chooseIt(page);
  await page.getByRole('radio', { name: /^My prompt/ }).check();
  await page.getByLabel('Your prompt').fill('Work out the date. Give the letter of the right option.');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.waitForURL(/#\/run\//);
  await page.getByRole('link', { name: 'See the result' }).waitFor();
  await waitForResult(page);
  const { report } = (await storedRun(page)) as {
    report: { spent: { taskCalls: number; cachedTokens: number } };
  };
  expect(report.spent.taskCalls).toBeGreaterThan(20);
  expect(report.spent.cachedTokens).toBeGreaterThan(0);
  expect(
    await page.evaluate(() => (globalThis as unknown as { openSessions(): number }).openSessions()),
  ).toBeLessThan(8);
  expect(errors).toEqual([]);
  await context.close();
});

it('passes the checks of the diagnostics page', async () => {
  const { context, page, errors } = await openWithModel();
  await goTo(page, 'Start');
  await page.getByRole('link', { name: 'Check a model on this machine' }).click();
  await chooseIt(page);
  await page.getByRole('button', { name: /^Check|^Run the checks/ }).click();
  await page.getByText(/^\d+ passed, 0 failed/).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
