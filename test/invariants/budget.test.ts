import { describe, expect, it } from 'vitest';
import { unlimited } from '../../src/core/run/meter.ts';
import { eventsOf, finish, type Finished } from '../fixtures/collect.ts';
import { everyMethod, smallRun } from '../fixtures/every-method.ts';

/** What had been spent when the search was over. */
function searched({ events, report }: Finished): number {
  const end = events.find(({ event }) => event.type === 'phase-started' && event.phase === 'confirmation');
  const { taskCalls, optimizerCalls } = end?.spent ?? report.spent;
  return taskCalls + optimizerCalls;
}

describe.each(everyMethod)('%s', (method) => {
  it.each([25, 45, 70])('I5: a search with %i calls spends no more', async (calls) => {
    const finished = await finish(smallRun(method, { budget: { ...unlimited, calls } }));
    expect(searched(finished)).toBeLessThanOrEqual(calls);
    const whole = await finish(smallRun(method));
    if (searched(whole) > calls) expect(finished.report.stopReason).toBe('budget');
  });

  it.each([1, 2, 3])(
    'I6: ends with a prompt that is not worse on validation than the start (seed %i)',
    async (seed) => {
      const finished = await finish(smallRun(method, { seed, budget: { ...unlimited, calls: 90 + seed } }));
      const { startValidation, bestValidation } = finished.report.evaluations;
      expect(bestValidation.accuracy).toBeGreaterThanOrEqual(startValidation.accuracy);
      for (const { evaluation } of eventsOf(finished, 'incumbent-changed')) {
        expect(evaluation).toMatchObject({ split: 'validation', asked: 20, planned: 20 });
      }
    },
  );
});
