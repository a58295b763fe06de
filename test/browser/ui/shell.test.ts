/** Navigation, focus and accessibility of the pages that need no run. */
import { userEvent, page } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { aRun, FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';

const navigation = () => page.getByRole('navigation', { name: 'Main' });

describe('the shell', () => {
  it.each([
    ['#/', 'Better prompts, one sentence at a time.'],
    ['#/data', 'Data'],
    ['#/setup', 'Set up the run'],
    ['#/setup?task=dates', 'Set up the run'],
    ['#/learn', 'How it works'],
    ['#/no/such/page', 'There is no such page'],
  ])('shows %s without accessibility violations', async (hash, title) => {
    await openApp(hash);
    await expect.element(heading(title)).toBeVisible();
    await expectNoViolations();
  });

  it('moves the focus to the heading of the page one goes to, and names the tab', async () => {
    await openApp('#/');
    await navigation().getByRole('link', { name: 'Data' }).click();
    await expect.element(heading('Data')).toHaveFocus();
    expect(document.title).toBe('Data · Sentential');
    await expect
      .element(navigation().getByRole('link', { name: 'Data' }))
      .toHaveAttribute('aria-current', 'page');
  });

  it('leaves the focus alone when it is first opened', async () => {
    await openApp('#/data');
    await expect.element(heading('Data')).toBeVisible();
    expect(document.activeElement).toBe(document.body);
  });

  it('gives the focus to a heading that comes after loading', async () => {
    const optimizer = await openApp('#/data');
    const { id } = await optimizer.openBuiltIn('navigate');
    location.hash = `#/data/${id}`;
    await expect.element(heading('Navigate')).toHaveFocus();
  });

  it('skips to the content by keyboard', async () => {
    await openApp('#/learn');
    await expect.element(heading('How it works')).toBeVisible();
    await userEvent.keyboard('{Tab}');
    await expect.element(page.getByRole('link', { name: 'Skip to the content' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(heading('How it works')).toHaveFocus();
    expect(location.hash).toBe('#/learn');
  });

  it('says what happened and what to do when the optimizer worker fails', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.listRuns = () => Promise.reject(new Error('disk on fire'));
    await openApp('#/', optimizer);
    await expect.element(page.getByRole('alert')).toHaveTextContent('disk on fire');
    await expect.element(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  });
});

describe('the start page', () => {
  it('goes on with an unfinished run at one press', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.runs = [aRun({ name: 'Left alone' }, 'interrupted'), aRun({ name: 'Done' }, 'finished')];
    await openApp('#/', optimizer);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => optimizer.resumed).toEqual(['run-Left alone']);
    await expect.poll(() => location.hash).toBe('#/run/run-Left%20alone');
  });

  it('offers nothing to resume when nothing was left', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.runs = [aRun({ name: 'Done' }, 'finished')];
    await openApp('#/', optimizer);
    await expect.element(heading(/^Better prompts/)).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Resume' })).not.toBeInTheDocument();
  });

  it('says in words what this machine can run', async () => {
    await openApp('#/');
    await expect.element(page.getByText('Free storage')).toBeVisible();
    await expect.element(page.getByText('Suggested model')).toBeVisible();
  });
});
