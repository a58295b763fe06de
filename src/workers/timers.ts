/** The clock and the alarm, given from outside so that tests need not wait. */
export interface Timers {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Calls back once after `ms`. Returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after(ms, callback) {
    const id = setTimeout(callback, ms);
    return () => clearTimeout(id);
  },
};
