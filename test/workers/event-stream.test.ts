import { expect, it } from 'vitest';
import type { LoggedEvent } from '../../src/core/events.ts';
import { EventStream } from '../../src/workers/event-stream.ts';

const spent = {
  taskCalls: 0,
  optimizerCalls: 0,
  reused: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  modelMs: 0,
};

function logged(seq: number): LoggedEvent {
  return { seq, spent, event: { type: 'notice', level: 'info', text: `event ${seq}` } };
}

it('R2: a log that was cut by a failed write has no gap after the run is resumed', async () => {
  const kept = new Map<number, LoggedEvent>();
  let isFull = false;
  const store = (events: readonly LoggedEvent[]): Promise<void> => {
    if (isFull) return Promise.reject(new DOMException('No room.', 'QuotaExceededError'));
    for (const event of events) kept.set(event.seq, event);
    return Promise.resolve();
  };

  const first = new EventStream(0, store);
  first.push(logged(0));
  await first.flush();
  isFull = true;
  first.push(logged(1));
  await expect(first.flush()).rejects.toThrow('No room');
  expect(first.count).toBe(2);
  expect(first.stored).toBe(1);

  isFull = false;
  const resumed = new EventStream(first.stored, store);
  for (const seq of [0, 1, 2]) resumed.push(logged(seq));
  await resumed.flush();
  expect([...kept.keys()]).toEqual([0, 1, 2]);
});
