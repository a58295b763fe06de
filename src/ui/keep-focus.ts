/**
 * Keeps the keyboard where the person is: when what has the focus is taken away (“Pause” becomes “Resume”, a row is
 * deleted), the focus goes to the nearest thing that is left. The browser would drop it at the top of the page.
 */
import type { Attachment } from 'svelte/attachments';

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary';

/** An element and what it stands in, up to the root. */
function trailOf(element: Element, root: Element): Element[] {
  const trail: Element[] = [];
  for (let at: Element | null = element; at && root.contains(at); at = at.parentElement) trail.push(at);
  return trail;
}

function isThere(element: Element | undefined): boolean {
  return element !== undefined && element.isConnected && !element.matches(':disabled');
}

function hasNone(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

export const keepFocus: Attachment<HTMLElement> = (root) => {
  let trail: readonly Element[] = [];

  function remember({ target }: FocusEvent): void {
    if (target instanceof Element) trail = trailOf(target, root);
  }

  /** A press beside everything takes the focus away on purpose. */
  function forget(): void {
    setTimeout(() => {
      if (hasNone() && isThere(trail[0])) trail = [];
    });
  }

  function mend(): void {
    if (trail.length === 0 || isThere(trail[0]) || !hasNone()) return;
    for (const place of trail.slice(1)) {
      // Where nothing but the root is left, it is another page: its heading takes the focus.
      const next = place.isConnected && place.querySelector<HTMLElement>(place === root ? 'h1' : focusable);
      if (!next) continue;
      next.focus({ preventScroll: true });
      return;
    }
  }

  root.addEventListener('focusin', remember);
  root.addEventListener('focusout', forget);
  const observer = new MutationObserver(mend);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  return () => {
    observer.disconnect();
    root.removeEventListener('focusin', remember);
    root.removeEventListener('focusout', forget);
  };
};
