import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { FakeOptimizer } from './fake-optimizer.ts';
import { heading, openApp } from './open-app.ts';

/** Whether leaving would ask first. */
function asksBeforeLeaving(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

function fakeScreenLock() {
  const held = new Set<object>();
  const request = vi.spyOn(navigator.wakeLock, 'request').mockImplementation(() => {
    const lock = {
      released: false,
      release: () => {
        lock.released = true;
        held.delete(lock);
        return Promise.resolve();
      },
    };
    held.add(lock);
    return Promise.resolve(lock as unknown as WakeLockSentinel);
  });
  return { held, request };
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function opened(): Promise<FakeOptimizer> {
  const optimizer = await openApp('#/learn');
  await expect.element(heading(/./)).toBeVisible();
  return optimizer;
}

describe('while this tab works on a run', () => {
  it('asks before it is left, and only then', async () => {
    const optimizer = await opened();
    expect(asksBeforeLeaving()).toBe(false);
    optimizer.tellActivity('run-1');
    expect(asksBeforeLeaving()).toBe(true);
    optimizer.tellActivity(null);
    expect(asksBeforeLeaving()).toBe(false);
  });

  it('keeps the screen on, again after the tab was out of sight, and gives it back', async () => {
    const { held, request } = fakeScreenLock();
    const optimizer = await opened();
    expect(request).not.toHaveBeenCalled();
    optimizer.tellActivity('run-1');
    await vi.waitFor(() => expect(held.size).toBe(1));
    for (const lock of [...held]) await (lock as WakeLockSentinel).release(); // as the browser does on hiding
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(held.size).toBe(1));
    optimizer.tellActivity(null);
    await vi.waitFor(() => expect(held.size).toBe(0));
  });

  it('gives back a screen lock that was asked for twice at once', async () => {
    const { held, request } = fakeScreenLock();
    const optimizer = await opened();
    optimizer.tellActivity('run-1');
    document.dispatchEvent(new Event('visibilitychange')); // before the first was granted
    await vi.waitFor(() => expect(request).toHaveBeenCalledTimes(2));
    optimizer.tellActivity(null);
    await vi.waitFor(() => expect(held.size).toBe(0));
  });

  it('works where the screen cannot be kept on', async () => {
    vi.spyOn(navigator.wakeLock, 'request').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    const optimizer = await opened();
    optimizer.tellActivity('run-1');
    expect(asksBeforeLeaving()).toBe(true);
    optimizer.tellActivity(null);
  });

  it('says so when the computer slept in between', async () => {
    const optimizer = await opened();
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    optimizer.tellActivity('run-1');
    vi.setSystemTime(Date.now() + 20 * 60_000);
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await expect.element(page.getByText(/about 20 minutes/)).toBeVisible();
    optimizer.tellActivity(null);
  });
});
