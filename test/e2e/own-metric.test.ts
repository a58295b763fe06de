/** A metric of one's own in the built app: under its policy, from a plain server under a sub-path. */
import { describe, expect } from 'vitest';
import { it } from './it.ts';
import { openDataset, openSample, startRun, storedRun, waitForResult } from './steps.ts';

const code = `const [given, wanted] = [answer, target].map((text) => text.replace(/\\D/g, ''));
if (!/[A-Z]/.test(answer)) throw new Error('no letter in it');
return given === wanted && answer.includes(target) ? 1 : 0.25;`;

interface Scored {
  readonly report: { readonly method: string } | null;
  readonly events: readonly {
    readonly event: { readonly type: string; readonly outcome?: { readonly score: number } };
  }[];
}

describe('a run that is scored by one’s own code', () => {
  it('tries the code, runs with it, and keeps its scores', async ({ open }) => {
    const { page, errors } = await open();
    await openSample(page, 'Dates');
    await openDataset(page, 'Dates');
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Answers are compared as').selectOption('javascript');
    await page.getByLabel('JavaScript that gives the score').fill(code);
    await page.getByText('Try it').click();
    await page.getByLabel('The answer to expect').fill('(B)');
    await page.getByLabel('A reply of the model').fill('Answer: (C)');
    await page.getByRole('button', { name: 'Run the code' }).click();
    await page.getByText('Score 0.25: does not count as right.').waitFor();
    await page.getByLabel('A reply of the model').fill('Answer: 7');
    await page.getByRole('button', { name: 'Run the code' }).click();
    await page.getByText('Error: no letter in it').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Compared as: Your own JavaScript.').waitFor();
    await page.getByRole('link', { name: 'Set up a run' }).click();
    await page.getByRole('button', { name: 'Start the run' }).waitFor();
    await startRun(page);
    await waitForResult(page);
    const { events, report } = (await storedRun(page)) as unknown as Scored;
    const scores = events.flatMap(({ event }) =>
      event.type === 'example-scored' && event.outcome ? [event.outcome.score] : [],
    );
    expect(report).not.toBeNull();
    expect(scores.filter((score) => ![0, 0.25, 1].includes(score))).toEqual([]);
    expect(scores).toContain(1);
    expect(scores).toContain(0.25);
    expect(errors).toEqual([]);
  });
});
