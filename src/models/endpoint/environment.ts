/** What the engine needs of the outside; tests give their own. */
export interface Environment {
  readonly fetch: typeof fetch;
  /** Milliseconds; only differences mean something. */
  readonly now: () => number;
  /** Calls back once after `ms`. Returns the way to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Resolves after `ms`; early, without a word, when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Of this page, e.g. "https://example.org"; null outside a browser. */
  readonly origin: string | null;
}

function after(ms: number, callback: () => void): () => void {
  const id = setTimeout(callback, ms);
  return () => clearTimeout(id);
}

export const realEnvironment: Environment = {
  fetch: (...args) => fetch(...args), // the browser's own loses its way as a method of another object
  now: () => performance.now(),
  after,
  pause: (ms, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        callOff();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const callOff = after(ms, end);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
    }),
  origin: typeof location === 'undefined' ? null : location.origin,
};
