/** The person in the loop, by keyboard alone, with the page reloaded in the middle. */
import type { Locator, Page } from 'playwright';
import { describe, expect } from 'vitest';
import type { LoggedEvent } from '../../src/core/events.ts';
import { startEndpointServer, type ChatRequest } from '../fixtures/endpoint-server.ts';
import { it } from './it.ts';
import { openSample, storedRun, waitForResult } from './steps.ts';

const question = (page: Page): Locator => page.getByText('Keep this change?');
const log = (page: Page): Locator => page.getByRole('region', { name: 'Log, the latest first' });
const marks = (page: Page): Locator => page.locator('[data-sentence]');
const lockedMark = (page: Page): Locator => page.locator('[data-sentence][title="locked"]');
const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

async function press(target: Locator, key = 'Enter'): Promise<void> {
  await target.focus();
  await target.page().keyboard.press(key);
}

async function type(target: Locator, text: string): Promise<void> {
  await press(target, 'Control+A');
  await target.page().keyboard.type(text);
}

async function startByKeyboard(page: Page): Promise<void> {
  await press(button(page, 'Start the run'));
  await page.waitForURL(/#\/run\//);
}

async function reloadAndResume(page: Page): Promise<void> {
  await page.reload();
  await press(button(page, 'Resume'));
}

/** Opens the story of a sentence; it has the focus then. */
async function openStory(mark: Locator): Promise<void> {
  await press(mark);
  await mark
    .page()
    .getByRole('heading', { name: /what was tried$/ })
    .waitFor();
}

interface Report {
  readonly bestText: string;
  readonly startText: string;
  readonly recommended: string;
  readonly tokensSaved?: number;
}

async function reportOf(page: Page): Promise<Report> {
  return (await storedRun(page)).report as Report;
}

describe('a person at the keyboard', () => {
  it('locks, edits, moves, hints and vetoes, and finds all of it again after a reload', async ({ open }) => {
    const { page, errors } = await open();
    await openSample(page, 'Dates');
    await press(page.getByLabel('Slow enough to watch'), 'Space');
    await press(page.getByLabel('Ask me before a rewrite is kept'), 'Space');
    await startByKeyboard(page);
    await question(page).waitFor();
    await reloadAndResume(page);
    await question(page).waitFor();

    const kept = (await marks(page).first().innerText()).trim();
    await openStory(marks(page).first());
    await press(button(page, 'Lock'));
    await press(button(page, 'Move down and try'));
    await page.keyboard.press('Escape');
    await openStory(marks(page).nth(1));
    await press(button(page, 'Rewrite it myself'));
    await type(page.getByLabel('Your wording'), 'Work out the date step by step.');
    await page.keyboard.press('Control+Enter');
    await type(page.getByRole('textbox', { name: 'Hint' }), 'Mind the leap years');
    await page.keyboard.press('Enter');
    await press(button(page, 'Leave the prompt as it is'));

    const said = [/You turned down/, /You locked/, /You moved/, /You rewrote/, /Mind the leap years/];
    for (const words of said) await log(page).getByText(words).first().waitFor();
    await reloadAndResume(page);
    for (const words of said) {
      await log(page).getByText(words).first().waitFor();
      expect(await log(page).getByText(words).count(), String(words)).toBe(1);
    }
    await lockedMark(page).waitFor();
    expect((await lockedMark(page).innerText()).trim()).toBe(kept);

    const end = page.getByRole('link', { name: 'See the result' });
    await question(page).or(end).first().waitFor();
    if (await question(page).isVisible()) await press(button(page, 'Stop and keep the best'));
    await waitForResult(page);
    expect((await reportOf(page)).bestText).toContain(kept);
    expect(await chosenAfterLock(page)).toEqual({ others: true, locked: false });
    expect(errors).toEqual([]);
  });

  it('prunes, with a reload before the last word', async ({ open }) => {
    const { page, errors } = await open();
    await openSample(page, 'Dates');
    await press(page.getByLabel('Slow enough to watch'), 'Space');
    await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Prune' });
    await press(page.getByRole('radio', { name: /^My prompt/ }), 'Space');
    const needless = 'I hope that you are having a very pleasant day today.';
    const prompt = `Work out the date that is asked for. ${needless} Thank you in advance for your help. Give the letter of the right option.`;
    await type(page.getByLabel('Your prompt'), prompt);
    await press(page.getByLabel('Ask me before a rewrite is kept'), 'Space');
    await startByKeyboard(page);
    await question(page).waitFor();
    await reloadAndResume(page);
    await question(page).waitFor();
    await press(button(page, 'Keep it'));
    await waitForResult(page);
    const { bestText, tokensSaved } = await reportOf(page);
    expect(bestText).not.toContain(needless);
    expect(tokensSaved).toBeGreaterThan(0);
    await page.getByText(`${tokensSaved ?? 0} tokens shorter`).waitFor();
    expect(errors).toEqual([]);
  });
});

/** Which sentences the search went on with once one was locked. */
async function chosenAfterLock(page: Page): Promise<{ others: boolean; locked: boolean }> {
  const events = ((await storedRun(page)).events as readonly LoggedEvent[]).map(({ event }) => event);
  const at = events.findIndex((event) => event.type === 'person-acted' && event.action.kind === 'lock');
  const lock = events[at];
  const id = lock?.type === 'person-acted' && lock.action.kind === 'lock' ? lock.action.sentenceId : null;
  const chosen = events
    .slice(at)
    .flatMap((event) => (event.type === 'sentence-chosen' ? [event.sentenceId] : []));
  return { others: chosen.some((other) => other !== id), locked: chosen.some((other) => other === id) };
}

/** Answers the task, and nothing useful to whoever asks for a text in tags. */
function garbage({ messages }: ChatRequest): string {
  const asked = messages.map(({ content }) => content).join('\n');
  return /<(sentence|prompt|reason)>/.test(asked)
    ? 'Sure! Here is what I think about it:'
    : 'The answer is (A).';
}

describe('an optimizer model that returns only garbage', () => {
  it('is seen by the trial before the run, and leaves the starting prompt with reasons and advice', async ({
    open,
  }) => {
    const server = await startEndpointServer({ reply: garbage, models: ['garbage'] });
    const { page } = await open();
    await openSample(page, 'Dates');
    await page.getByRole('radio', { name: /^An endpoint/ }).check();
    await page.getByLabel('Address of the endpoint').fill(server.baseUrl);
    await button(page, 'Ask for its models').click();
    await page.getByText('The server has 1 model.').waitFor();
    await button(page, 'Try how well this model follows rewriting instructions').click();
    await page.getByText('It follows 0 of 8').waitFor();
    expect(await page.getByText(/^Not usable:/).count()).toBe(8);

    await page.getByRole('radio', { name: /^My prompt/ }).check();
    const start = 'Work out the date that is asked for. Give the letter of the right option.';
    await page.getByLabel('Your prompt').fill(start);
    await button(page, 'Start the run').click();
    await page.getByRole('link', { name: 'See the result' }).waitFor();
    await log(page)
      .getByText(/replies of the optimizer model were not usable.*Use a larger or another/)
      .waitFor();
    expect(
      await log(page)
        .getByText(/A reply was not used:|[Nn]ot usable/)
        .count(),
    ).toBeGreaterThan(0);
    const { startText, bestText, recommended } = await reportOf(page);
    expect({ startText, bestText, recommended }).toEqual({
      startText: start,
      bestText: start,
      recommended: 'start',
    });
    await server.close();
  });
});
