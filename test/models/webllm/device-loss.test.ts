import { describe, expect, it, vi } from 'vitest';
import { watchDevice } from '../../../src/models/webllm/device-loss.ts';

/** A worker's global scope as far as it is needed. */
class FakeScope {
  #listeners = new Set<(event: PromiseRejectionEvent) => void>();

  addEventListener(_: string, listener: (event: PromiseRejectionEvent) => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: string, listener: (event: PromiseRejectionEvent) => void): void {
    this.#listeners.delete(listener);
  }

  /** @returns whether somebody took care of it */
  leaveUnhandled(reason: unknown): boolean {
    const preventDefault = vi.fn();
    for (const listener of this.#listeners) listener({ reason, preventDefault } as never);
    return preventDefault.mock.calls.length > 0;
  }
}

const failedRead = new DOMException('The buffer was destroyed.', 'AbortError');
const said = { reason: 'unknown', message: 'driver restart' } as GPUDeviceLostInfo;

describe('watching the GPU device', () => {
  it('tells of a loss by the word of the device', async () => {
    const { lost } = watchDevice(Promise.resolve(said), new FakeScope());
    await expect(lost).rejects.toMatchObject({ code: 'device-lost', cause: 'unknown: driver restart' });
  });

  it('takes a read that failed and that nobody handles for a loss', async () => {
    const scope = new FakeScope();
    const { lost } = watchDevice(null, scope);
    expect(scope.leaveUnhandled(failedRead)).toBe(true);
    await expect(lost).rejects.toMatchObject({ code: 'device-lost', cause: 'The buffer was destroyed.' });
  });

  it('leaves other failures that nobody handles as they are', () => {
    const scope = new FakeScope();
    watchDevice(null, scope);
    expect(scope.leaveUnhandled(new WebAssembly.RuntimeError('unreachable'))).toBe(false);
    expect(scope.leaveUnhandled(undefined)).toBe(false);
  });

  it('takes nothing for a loss once the model is unloaded on purpose', async () => {
    const scope = new FakeScope();
    const { promise, say } = wordOfDevice();
    const { lost, end } = watchDevice(promise, scope);
    end();
    say(said);
    expect(scope.leaveUnhandled(failedRead)).toBe(false);
    await promise;
    expect(await Promise.race([lost, Promise.resolve('still there')])).toBe('still there');
  });
});

function wordOfDevice() {
  let say: (info: GPUDeviceLostInfo) => void = () => undefined;
  const promise = new Promise<GPUDeviceLostInfo>((resolve) => (say = resolve));
  return { promise, say };
}
