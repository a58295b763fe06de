/**
 * Whose time a chart shows. A page that knows sets it once: the cards between the page and its charts need not pass on
 * what is no concern of theirs.
 */
import { getContext, setContext } from 'svelte';

const key = Symbol('simulated time');

/** The time on this page is what the simulated model says it would have taken; no clock ran. */
export function setSimulatedTime(isSimulated: () => boolean): void {
  setContext(key, isSimulated);
}

export function getSimulatedTime(): () => boolean {
  return getContext<(() => boolean) | undefined>(key) ?? (() => false);
}
