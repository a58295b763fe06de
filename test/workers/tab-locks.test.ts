import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heldLocks, onceReleased, withLock } from '../../src/workers/tab-locks.ts';

/** Work that ends when it is told to. */
function heldUp() {
  let end: (error?: Error) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  return { work: () => done, end };
}

describe('a page that came by plain http', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}));
  afterEach(() => vi.unstubAllGlobals());

  it('lets one work at a time, and says so to the others', async () => {
    const { work, end } = heldUp();
    const first = withLock('run', 'Somebody works on it.', work);
    expect(await heldLocks()).toEqual(new Set(['run']));
    await expect(withLock('run', 'Somebody works on it.', () => Promise.resolve())).rejects.toMatchObject({
      code: 'busy',
      message: 'Somebody works on it.',
    });
    await withLock('another', '', () => Promise.resolve());
    end();
    await first;
    expect(await heldLocks()).toEqual(new Set());
  });

  it('gives the lock back when the work fails, and tells whoever waits for that', async () => {
    const { work, end } = heldUp();
    const first = withLock('run', '', work);
    const waiting = vi.fn();
    const calledOff = vi.fn();
    onceReleased('run', waiting);
    onceReleased('run', calledOff)();
    await Promise.resolve();
    expect(waiting).not.toHaveBeenCalled();
    end(new Error('The disk is full.'));
    await expect(first).rejects.toThrow('The disk is full.');
    await vi.waitFor(() => expect(waiting).toHaveBeenCalledOnce());
    expect(calledOff).not.toHaveBeenCalled();
    expect(await heldLocks()).toEqual(new Set());
  });
});
