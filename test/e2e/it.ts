/**
 * `it` for the built app: one server and one browser per file, as many empty profiles as a test opens, all closed
 * after it. A test names what it needs among its arguments.
 */
import { test } from 'vitest';
import { distFolder, launchChromium, openApp, serveDist, type OpenedPage, type Profile } from './app.ts';

interface Opening extends Profile {
  /** In the app's folder, or an address elsewhere; the app itself when nothing is said. */
  readonly at?: string;
}

/** Opens the app in a new, empty profile. */
export type Open = (opening?: Opening) => Promise<OpenedPage>;

export const it = test
  .extend('folder', { scope: 'file' }, distFolder)
  .extend('flags', { scope: 'file' }, ['--disable-gpu'])
  .extend('served', { scope: 'file' }, async ({ folder }, { onCleanup }) => {
    const served = await serveDist(folder);
    onCleanup(() => served.close());
    return served;
  })
  .extend('browser', { scope: 'file' }, async ({ flags }, { onCleanup }) => {
    const browser = await launchChromium(flags);
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('open', ({ served, browser }, { onCleanup }): Open => {
    const opened: OpenedPage[] = [];
    onCleanup(async () => {
      await Promise.all(opened.map(({ context }) => context.close()));
    });
    return async ({ at = '', ...options } = {}) => {
      const profile = await openApp(browser, new URL(at, served.url).href, options);
      opened.push(profile);
      return profile;
    };
  });
