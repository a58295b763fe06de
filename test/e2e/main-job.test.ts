/** The main job, as its user does it: a real task in, a better prompt out, saved. */
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { it } from './it.ts';
import { goTo, importFile, openSample, sharedFile, startRun, storedRun, waitForResult } from './steps.ts';

describe.each(['bbh/object_counting.json', 'peers/liar.jsonl'])('%s', (name) => {
  const file = sharedFile(name);
  it.skipIf(!file)(
    'imports, runs to the end, and is in History after a reload (skipped where the file is missing)',
    async ({ open }) => {
      const { page, errors } = await open();
      await importFile(page, file ?? '');
      await page.getByRole('link', { name: 'Set up a run' }).click();
      await startRun(page);
      await waitForResult(page);
      const verdict = await page.getByRole('main').innerText();
      expect(verdict).toMatch(/A real improvement|[Ww]ithin noise|[Nn]othing helped/);

      await page.reload();
      await goTo(page, 'History');
      await page.getByRole('table').getByText('finished').waitFor();
      await page
        .getByRole('link', { name: /^Open|^object|^liar/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'What changed' }).waitFor();
      expect(errors).toEqual([]);
    },
  );
});

describe('a sample task', () => {
  it('gives a prompt that can be taken away to the letter', async ({ open }) => {
    const { page, errors } = await open();
    await openSample(page, 'Dates');
    await startRun(page);
    await waitForResult(page);
    const { report } = (await storedRun(page)) as { report: { bestText: string } };
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /Download/ })
        .or(page.getByRole('button', { name: /Download/ }))
        .first()
        .click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(report.bestText);
    expect(errors).toEqual([]);
  });

  it('resumed after a reload ends like the uninterrupted run, with no call repeated', async ({ open }) => {
    const whole = await open();
    await openSample(whole.page, 'Navigate');
    await startRun(whole.page);
    await waitForResult(whole.page);
    const expected = await storedRun(whole.page);

    const broken = await open();
    await openSample(broken.page, 'Navigate');
    await startRun(broken.page, { slowly: true }); // the same replies, and time to reload before the last
    await broken.page
      .getByText(/step [12] of at most/i)
      .first()
      .waitFor();
    await broken.page.reload();
    await broken.page
      .getByRole('button', { name: /^Resume/ })
      .first()
      .click();
    await waitForResult(broken.page);
    const resumed = await storedRun(broken.page);
    expect(resumed.report).toEqual(expected.report);
    expect(resumed.events).toEqual(expected.events);
    expect(resumed.replies).toBe(expected.replies);
  });

  it('pauses, goes on, and stops with the best so far', async ({ open }) => {
    const { page } = await open();
    await openSample(page, 'Word sorting');
    await startRun(page, { slowly: true });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page
      .getByText(/step [12] of at most/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await waitForResult(page);
    expect(await page.getByRole('main').innerText()).toMatch(/stopped/i);
  });
});

describe('the built page', () => {
  it('has a strict content security policy and asks nobody else for anything', async ({ open }) => {
    const { page } = await open();
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
  });
});
