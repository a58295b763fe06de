/** The whole app on a fake optimizer, at an address, with what the tests of its pages need. */
import axe from 'axe-core';
import { expect } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import App from '../../../src/ui/App.svelte';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/layout.css';
import { FakeOptimizer } from './fake-optimizer.ts';

export async function openApp(hash: string, optimizer = new FakeOptimizer()): Promise<FakeOptimizer> {
  history.replaceState(null, '', hash);
  await render(App, { workers: optimizer.workers });
  return optimizer;
}

export function heading(name: string | RegExp) {
  return page.getByRole('heading', { level: 1, name });
}

/** Everything axe checks, contrast and landmarks among them. */
export async function expectNoViolations(): Promise<void> {
  const { violations } = await axe.run(document.body);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
  expect(found).toEqual([]);
}
