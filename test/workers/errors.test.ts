import { expose, wrap } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError, isAppError } from '../../src/core/errors.ts';
import { installErrorTransfer } from '../../src/workers/errors.ts';

installErrorTransfer();

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** What arrives on the other side of a real message channel when `thrown` is thrown here. */
async function across(thrown: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  // Whatever it is: engines throw strings and objects too.
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  expose(() => Promise.reject(thrown), port1);
  return wrap<() => Promise<void>>(port2)().catch((error: unknown) => error);
}

describe('an error on its way between workers', () => {
  it('stays an AppError with code, message and place', async () => {
    const place = { file: 'tasks.csv', row: 3, field: 'target' };
    const arrived = await across(
      new AppError('invalid-data', 'Row 3 of tasks.csv has no target.', { place }),
    );
    expect(isAppError(arrived, 'invalid-data')).toBe(true);
    expect(arrived).toMatchObject({ message: 'Row 3 of tasks.csv has no target.', place });
  });

  it('brings the text of its cause, whatever the cause was', async () => {
    const cause = { message: 'cannot be cloned', self: () => undefined };
    expect(await across(new AppError('engine-failed', 'It failed.', { cause }))).toMatchObject({
      cause: 'cannot be cloned',
    });
  });

  it('arrives as Comlink sends it when it is no AppError', async () => {
    const arrived = await across(new TypeError('plain'));
    expect(isAppError(arrived)).toBe(false);
    expect(arrived).toMatchObject({ name: 'TypeError', message: 'plain' });
    expect(await across('just text')).toBe('just text');
  });
});
