import { describe, expect, it } from 'vitest';
import { Announcer } from '../../src/ui/state/run/announcer.ts';
import { Pace } from '../../src/ui/state/run/pace.ts';
import { emptyView } from '../../src/ui/state/run/run-view.ts';
import { RunLog } from './run-log.ts';

const step = (number: number) => new RunLog().push({ type: 'step-started', step: number, of: 5 }).events;

describe('what a screen reader is told', () => {
  it('is the latest that matters, at most every five seconds', () => {
    const announcer = new Announcer();
    expect(announcer.next(emptyView, step(1), 0)).toBe('Step 1 of at most 5.');
    expect(announcer.next(emptyView, step(2), 1000)).toBeNull();
    expect(announcer.next(emptyView, step(3), 4000)).toBeNull();
    expect(announcer.next(emptyView, [], 5000)).toBe('Step 3 of at most 5.');
    expect(announcer.next(emptyView, [], 20_000)).toBeNull();
  });
});

describe('the pace of a run', () => {
  it('turns recorded model time into time on the clock', () => {
    const pace = new Pace();
    pace.observe(0, 10_000);
    pace.observe(1000, 11_000);
    expect(pace.wallMs(60_000)).toBeNull();
    pace.observe(4000, 26_000);
    expect(pace.wallMs(60_000)).toBe(15_000);
  });

  it('starts over after a pause', () => {
    const pace = new Pace();
    pace.observe(0, 0);
    pace.observe(3000, 3000);
    pace.reset();
    pace.observe(600_000, 3000);
    pace.observe(603_000, 6000);
    expect(pace.wallMs(1000)).toBe(1000);
  });
});
