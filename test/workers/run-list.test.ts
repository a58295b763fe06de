import { describe, expect, it } from 'vitest';
import type { RunListItem } from '../../src/storage/run-record.ts';
import { mergeRuns } from '../../src/ui/state/merge-runs.ts';
import { RunTeller } from '../../src/workers/run-list.ts';
import { sampleRecord } from '../ui/sample-run.ts';

const item = (id: string, change: Partial<RunListItem> = {}): RunListItem => ({
  ...sampleRecord(),
  id,
  updatedAt: 1,
  report: null,
  ...change,
});
const ids = (items: readonly RunListItem[]): string[] => items.map(({ id }) => id);

describe('the list of runs', () => {
  it('is told whole the first time, and then as what is new or different', () => {
    const teller = new RunTeller();
    const first = teller.tell([item('b'), item('a')], 0);
    expect(ids(first.changed)).toEqual(['b', 'a']);
    const second = teller.tell([item('c'), item('b', { updatedAt: 2 }), item('a')], first.mark);
    expect(second.ids).toEqual(['c', 'b', 'a']);
    expect(ids(second.changed)).toEqual(['c', 'b']);
  });

  it('leaves out what was deleted', () => {
    const teller = new RunTeller();
    const { mark } = teller.tell([item('b'), item('a')], 0);
    expect(teller.tell([item('a')], mark)).toMatchObject({ ids: ['a'], changed: [] });
  });

  it('notices a run that another tab left in the middle, though its record is the same', () => {
    const teller = new RunTeller();
    const { mark } = teller.tell([item('a', { status: 'running' })], 0);
    expect(ids(teller.tell([item('a', { status: 'interrupted' })], mark).changed)).toEqual(['a']);
  });

  it('is told whole to someone who missed an answer', () => {
    const teller = new RunTeller();
    const { mark } = teller.tell([item('a')], 0);
    teller.tell([item('b'), item('a')], mark);
    expect(ids(teller.tell([item('b'), item('a')], mark).changed)).toEqual(['b', 'a']);
  });
});

describe('the list on the page', () => {
  it('puts what changed in its place, and stays the same one where nothing did', () => {
    const teller = new RunTeller();
    const first = teller.tell([item('b'), item('a')], 0);
    const runs = mergeRuns(null, first);
    expect(mergeRuns(runs, teller.tell([item('b'), item('a')], first.mark))).toBe(runs);
    const next = teller.tell([item('c'), item('a', { updatedAt: 2 })], first.mark + 1);
    const merged = mergeRuns(runs, next);
    expect(merged.map(({ id, updatedAt }) => [id, updatedAt])).toEqual([
      ['c', 1],
      ['a', 2],
    ]);
  });
});
