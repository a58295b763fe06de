/** Where the person is, and which heading takes the focus there. */
import { createContext } from 'svelte';
import { parseHash, type Route } from './route.ts';

export { hrefTo, type PageName, type Route } from './route.ts';

export class Router {
  #route = $state.raw<Route>(parseHash(''));
  /** Whether this page's heading still has to take the focus, or has had it; `none` before the first navigation. */
  #focus: 'none' | 'due' | 'given' = 'none';

  constructor(hash: string) {
    this.#route = parseHash(hash);
  }

  get route(): Route {
    return this.#route;
  }

  /** The address changed: the new page's heading takes the focus. */
  follow(hash: string): void {
    const next = parseHash(hash);
    if (next.path !== this.#route.path) this.#focus = 'due';
    this.#route = next;
  }

  /**
   * Whether a heading that appears should take the focus. Not after the first load, where the browser places it
   * itself; after a navigation the first heading does, and one that replaces it (a page that was loading).
   * @param isLost nothing that matters has the focus
   */
  claimFocus(isLost: boolean): boolean {
    if (this.#focus === 'none') return false;
    const claims = this.#focus === 'due' || isLost;
    this.#focus = 'given';
    return claims;
  }

  go(href: string): void {
    location.hash = href;
  }
}

export const [getRouter, setRouter] = createContext<Router>();
