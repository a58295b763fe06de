import { describe, expect, it } from 'vitest';
import { reportUnhandled } from '../../src/workers/unhandled.ts';

/** The events of a worker, and what it reported. */
class Scope extends EventTarget {
  readonly reported: unknown[] = [];

  readonly reportError = (error: unknown): void => void this.reported.push(error);

  reject(reason: unknown): void {
    this.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
  }
}

describe('a rejection that nobody handles inside a worker', () => {
  it('reaches the owner as an uncaught error', () => {
    const scope = new Scope();
    reportUnhandled(scope as never);
    const reason = new Error('lost');
    scope.reject(reason);
    expect(scope.reported).toEqual([reason]);
  });

  it('stays where it is when the worker knows it to be harmless', () => {
    const scope = new Scope();
    reportUnhandled(scope as never, (reason) => reason instanceof RangeError);
    scope.reject(new Error('an engine ending'));
    scope.reject(new RangeError('no'));
    expect(scope.reported).toEqual([new RangeError('no')]);
  });
});
