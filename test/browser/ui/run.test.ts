/** The Run page, driven by keyboard, on hand-made events. */
import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import type { PersonAction } from '../../../src/core/events.ts';
import type { LiveState } from '../../../src/workers/protocol.ts';
import { RunLog } from '../../ui/run-log.ts';
import { finishedLog, runningLog, sampleRecord, sampleReport } from '../../ui/sample-run.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';
import { FakeRun } from './run-fake.ts';

async function openRun(live: Partial<LiveState> = {}): Promise<FakeRun> {
  const run = new FakeRun({ runs: [sampleRecord()], events: runningLog().events, live });
  await openApp('#/run/r1', run.optimizer);
  await expect.element(heading('Counting objects')).toBeVisible();
  await expect.element(markOf(/^Count every item/)).toBeVisible();
  return run;
}

const markOf = (name: RegExp) => page.getByRole('button', { name });
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function openStory(): Promise<void> {
  markOf(/^Count every item/)
    .element()
    .focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: /what was tried$/ })).toHaveFocus();
}

describe('the Run page', () => {
  it('says where the run is and what it does', async () => {
    await openRun();
    await expect.element(page.getByText('Step 3 of at most 5', { exact: true })).toBeVisible();
    await expect.element(page.getByText(/^Checking the wording “Count every item .*: 21 done/)).toBeVisible();
    await expect.element(page.getByText('+24 points')).toBeVisible();
    await expect.element(page.getByText('simulated model', { exact: true })).toBeVisible();
    await expectNoViolations();
  });

  it('marks the likeliest sentence the strongest, and the locked one not at all', async () => {
    await openRun();
    const strength = (name: RegExp) =>
      Number((markOf(name).element() as HTMLElement).style.getPropertyValue('--w'));
    expect(strength(/^Count every item/)).toBe(1);
    expect(strength(/^This is a counting task/)).toBeLessThan(0.4);
    expect(strength(/^Answer with one whole number/)).toBe(0);
  });

  it('tells the story of a sentence by keyboard, and gives the focus back', async () => {
    await openRun();
    await openStory();
    await expect
      .element(page.getByText(/^fixed 3, broke 2 of 50; one-sided p\s=\s0\.50; stopped after 31/))
      .toBeVisible();
    await expect
      .element(page.getByText(/^talk about the task around it, nothing usable inside/))
      .toBeVisible();
    await expectNoViolations();
    await userEvent.keyboard('{Escape}');
    await expect.element(markOf(/^Count every item/)).toHaveFocus();
  });

  it('locks, rewrites, adds, moves, takes out and uses anyway', async () => {
    const run = await openRun();
    await openStory();
    const story = page.getByRole('region', { name: /what was tried$/ });
    await story.getByRole('button', { name: 'Lock' }).click();
    await expect.element(story.getByRole('button', { name: 'Unlock' })).toBeVisible();
    await story.getByRole('button', { name: 'Rewrite it myself' }).click();
    await page.getByLabelText('Your wording').fill('Count twice.');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await story.getByRole('button', { name: 'Add a sentence after it' }).click();
    await page.getByLabelText('The new sentence').fill('Then check.');
    await story.getByRole('button', { name: 'Try it', exact: true }).click();
    await story.getByRole('button', { name: 'Use anyway' }).click();
    await story.getByRole('button', { name: 'Move up and try' }).click();
    await story.getByRole('button', { name: 'Move down and try' }).click();
    await story.getByRole('button', { name: 'Try without it' }).click();
    expect(run.asked).toEqual([
      ['act', { kind: 'lock', sentenceId: 's3', locked: true }],
      ['act', { kind: 'edit', sentenceId: 's3', content: 'Count twice.' }],
      ['act', { kind: 'add', afterSentenceId: 's3', content: 'Then check.' }],
      ['act', { kind: 'use', candidateId: 'c3' }],
      ['act', { kind: 'move', sentenceId: 's3', afterSentenceId: 'h2' }],
      ['act', { kind: 'move', sentenceId: 's3', afterSentenceId: 's4' }],
      ['act', { kind: 'remove', sentenceId: 's3' }],
    ]);
  });

  it('shows what was asked for as pending until it is carried out', async () => {
    const run = await openRun();
    await page.getByRole('textbox', { name: 'Hint' }).fill('Count the dogs too');
    await userEvent.keyboard('{Enter}');
    const pending = page.getByText(/You gave a hint: “Count the dogs too”\. Carried out/);
    await expect.element(pending).toBeVisible();
    const log = runningLog();
    const from = log.events.length;
    log.push({ type: 'person-acted', checkpoint: 3, action: { kind: 'hint', text: 'Count the dogs too' } });
    run.send(log.events.slice(from));
    run.sendLive({ waiting: [] });
    await expect.element(pending).not.toBeInTheDocument();
  });

  it('leaves nothing to press that could not be done: after a reload, or while another tab works on it', async () => {
    const hint: PersonAction = { kind: 'hint', text: 'Count the dogs too' };
    const run = await openRun({ isHere: false, status: 'paused', waiting: [hint] });
    await expect.element(page.getByText('What you asked for before is kept')).toBeVisible();
    await expect.element(page.getByText(/You gave a hint: “Count the dogs too”\. Carried out/)).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Hint' })).not.toBeInTheDocument();
    await expect.element(button('Lock').first()).not.toBeInTheDocument();
    run.sendLive({ status: 'running', waiting: [] });
    await expect.element(page.getByText('Another tab works on this run')).toBeVisible();
    await expectNoViolations();
  });

  it('keeps the focus at the place of a button that becomes another one', async () => {
    const run = await openRun();
    button('Pause').element().focus();
    await userEvent.keyboard('{Enter}');
    run.sendLive({ status: 'paused' });
    await expect.element(button('Resume')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    run.sendLive({ status: 'running' });
    await expect.element(button('Pause')).toHaveFocus();
    expect(run.asked).toEqual([['pause'], ['resume']]);
  });

  it('pauses, stops, and asks before it keeps a change', async () => {
    const run = await openRun({ asksApproval: 'c4' });
    await expect.element(page.getByText('Keep this change?')).toBeVisible();
    await expectNoViolations();
    await button('Leave the prompt as it is').click();
    await button('Keep it').click();
    await button('Pause').click();
    await button('Stop and keep the best').click();
    expect(run.asked).toEqual([['approve', false], ['approve', true], ['pause'], ['stop']]);
  });

  it('shows the loading of a model and lets one cancel it', async () => {
    const run = await openRun({
      loading: {
        phase: 'download',
        share: 0.43,
        loadedBytes: 380e6,
        totalBytes: 880e6,
        secondsLeft: 42,
        text: 'Part 12 of 28',
      },
    });
    await expect.element(page.getByText('380 MB of 880 MB · about 42 s left')).toBeVisible();
    await expect
      .element(page.getByRole('progressbar', { name: 'Part 12 of 28' }))
      .toHaveAttribute('value', '0.43');
    await button('Cancel').click();
    expect(run.asked).toEqual([['cancel loading']]);
  });

  it('says what to do after an error, and resumes', async () => {
    const run = await openRun({
      status: 'failed',
      error: { code: 'device-lost', message: 'The device was lost.' },
    });
    await expect.element(page.getByText(/finished calls are kept/)).toBeVisible();
    await expectNoViolations();
    await button('Resume the run').click();
    expect(run.asked).toEqual([['resume']]);
  });

  it('has a table beside the chart', async () => {
    await openRun();
    await page.getByRole('radio', { name: 'Calls' }).click();
    await button('Show as table').click();
    await expect.element(page.getByRole('rowheader', { name: /^Best so far: first draft 1/ })).toBeVisible();
    await expectNoViolations();
  });

  it('leads to the result when the run is over', async () => {
    const report = sampleReport('helped');
    const run = new FakeRun({
      runs: [sampleRecord({ status: 'finished', report })],
      events: finishedLog(report).events,
    });
    await openApp('#/run/r1', run.optimizer);
    await expect
      .element(page.getByRole('link', { name: 'See the result' }))
      .toHaveAttribute('href', '#/result/r1');
    await expect
      .element(page.getByRole('status').getByText(/^Done: all planned steps were done/))
      .toBeInTheDocument();
  });

  it('leaves the prompt, the chart, the failures and the log alone while answers come in', async () => {
    const run = await openRun();
    const still = ['The prompt', 'Accuracy', 'Failure cases', 'What happened'].map((name) =>
      page.getByRole('heading', { name, exact: true }).element().closest('section'),
    );
    const touched: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        if (!element?.closest('.trial')) touched.push(element?.outerHTML.slice(0, 120) ?? 'a removed node');
      }
    });
    for (const section of still) {
      if (section === null) throw new Error('Expected every heading inside its section.');
      observer.observe(section, { subtree: true, childList: true, characterData: true, attributes: true });
    }
    const log = runningLog();
    const from = log.events.length;
    const more = new RunLog().evaluate('c5', '1'.repeat(29)).events.slice(1, -1);
    run.send(log.push(...more.map(({ event }) => event)).events.slice(from));
    await expect.element(page.getByText('50 of 50 validation examples')).toBeVisible();
    observer.disconnect();
    expect(touched).toEqual([]);
  });
});

describe('a machine that is too small', () => {
  const large = { engine: 'webllm', modelId: 'Llama-3.2-3B-Instruct-q4f16_1-MLC' } as const;

  async function openLarge(live: Partial<LiveState>): Promise<FakeRun> {
    const record = sampleRecord();
    const config = { ...record.config, taskModel: large };
    const run = new FakeRun({ runs: [{ ...record, config }], events: runningLog().events, live });
    await openApp('#/run/r1', run.optimizer);
    await expect.element(heading('Counting objects')).toBeVisible();
    return run;
  }

  const smaller = page.getByRole('link', { name: /^Set it up with Llama-3\.2-1B/ });

  it.each(['device-lost', 'out-of-memory'] as const)('is offered a smaller model after %s', async (code) => {
    await openLarge({ status: 'failed', error: { code, message: 'Too large.' } });
    await expect.element(smaller).toHaveAttribute('href', expect.stringContaining('model=Llama-3.2-1B'));
    await expect.element(button('Resume the run')).toBeVisible();
    await expectNoViolations();
  });

  it('is offered one at the second loss while the run goes on, and not at the first', async () => {
    const run = await openLarge({ status: 'running', losses: 1 });
    await expect.element(button('Pause')).toBeVisible();
    await expect.element(smaller).not.toBeInTheDocument();
    run.sendLive({ losses: 2 });
    await expect.element(smaller).toBeVisible();
    await expect.element(page.getByText(/ran out 2 times in this run/)).toBeVisible();
  });
});

describe('what the engines say of their models', () => {
  const ofTask = page.getByText('The model here: on the processor; 1 thread', { exact: true });
  const ofRewriter = page.getByText('The rewriting model here: 32-bit floats on the GPU', { exact: true });
  const notes = { task: ['on the processor', '1 thread'], optimizer: [] };

  it('stands under the figures once a model has answered, and follows what changes', async () => {
    const run = await openRun({ asked: 0, notes });
    await expect.element(button('Pause')).toBeVisible();
    await expect.element(ofTask).not.toBeInTheDocument();
    run.sendLive({ asked: 3 });
    await expect.element(ofTask).toBeVisible();
    run.sendLive({ notes: { task: ['slower now'], optimizer: [] } });
    await expect.element(page.getByText('The model here: slower now', { exact: true })).toBeVisible();
    await expectNoViolations();
  });

  it('is said of the rewriting model too, where there is one', async () => {
    const run = await openRun({ asked: 3, notes });
    await expect.element(ofTask).toBeVisible();
    await expect.element(ofRewriter).not.toBeInTheDocument();
    run.sendLive({ notes: { ...notes, optimizer: ['32-bit floats on the GPU'] } });
    await expect.element(ofRewriter).toBeVisible();
  });
});
