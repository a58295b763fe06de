import { describe, expect, it } from 'vitest';
import { firstTold, type Told } from '../../bench/speed/time-left.ts';
import { emptyView, type RunView } from '../../src/ui/state/run/run-view.ts';
import { timeLeft } from '../../src/ui/state/run/time-left.ts';

const noLimits = { calls: null, tokens: null, minutes: null };
const plan = { budget: noLimits, options: {} };
const sizes = { train: 10, validation: 10, test: 50 };
const point = { accuracy: 0.5, correct: 5, asked: 10, interval: { low: 0.2, high: 0.8 } };
const start = { ...point, candidateId: 'start', step: 0, spent: emptyView.spent };
const best = { ...start, candidateId: 'best', step: 1 };

/** One step of 8 s is over, of five; an answer takes 100 ms; the best prompt is not the first one. */
const view: RunView = {
  ...emptyView,
  method: 'dual-phase',
  phase: 'search',
  sizes,
  step: 1,
  stepsPlanned: 5,
  points: [start, best],
  incumbentId: 'best',
  spent: { ...emptyView.spent, taskCalls: 100, modelMs: 20_000 },
  clock: {
    answers: 100,
    answerMs: 10_000,
    testAnswers: 0,
    stepFrom: null,
    steps: 1,
    stepMs: 8000,
    attempts: 2,
    writingMs: 1000,
    attemptsPlanned: 10,
    attemptsTaken: 2,
    writingNowMs: 0,
  },
};

const wrongBy = ({ expected, real }: Told): number => Math.abs(expected - real) / real;

describe('the time a run still takes', () => {
  it('is not told before a step is over', () => {
    expect(timeLeft(emptyView, plan)).toBeNull();
    expect(timeLeft({ ...view, clock: { ...view.clock, steps: 0 } }, plan)).toBeNull();
  });

  it('is a step in vain, one before it while much is wrong, and the report on two prompts', () => {
    expect(timeLeft(view, plan)).toEqual({ expected: 5000 + 10_000, longest: 4 * 8000 + 10_000 });
    const under = { ...view, step: 2, clock: { ...view.clock, stepFrom: 17_000 } };
    expect(timeLeft(under, plan)?.expected).toBe(5000 + 5000 + 10_000);
  });

  it('is the step in vain alone where less is wrong than the gain that is asked for, and falls while it goes on', () => {
    const few = {
      ...view,
      sizes: { ...sizes, validation: 100 },
      points: [start, { ...best, asked: 100, correct: 92 }],
    };
    expect(timeLeft(few, plan)?.expected).toBe(5000 + 10_000);
    const clock = { ...view.clock, stepFrom: 17_000, attemptsTaken: 6, writingNowMs: 100 };
    expect(timeLeft({ ...few, step: 2, clock }, plan)?.expected).toBe(2000 - 100 + 10_000);
  });

  it('is the report where no gain can be told from luck any more, and what the best prompt was not asked yet', () => {
    const done = { ...view, points: [start, { ...best, asked: 10, correct: 10 }] };
    expect(timeLeft(done, plan)?.expected).toBe(10_000);
    const half = { ...done, sizes: { ...sizes, validation: 20 } };
    expect(timeLeft(half, plan)?.expected).toBe(1000 + 10_000);
  });

  it('is that of all planned steps where a method takes them all, once a quarter is over', () => {
    expect(timeLeft({ ...view, method: 'opro' }, plan)).toBeNull();
    const left = timeLeft({ ...view, method: 'opro', stepsPlanned: 4 }, plan);
    expect(left).toEqual({ expected: 3 * 8000 + 10_000, longest: 3 * 8000 + 10_000 });
  });

  it('ends where the budget does; the report is outside of it', () => {
    const left = timeLeft(view, { ...plan, budget: { ...noLimits, calls: 110 } });
    expect(left?.longest).toBeCloseTo(2000 + 10_000);
    expect(left?.expected).toBe(left?.longest);
  });

  it('counts down the test examples in the end', () => {
    const clock = { ...view.clock, testAnswers: 70 };
    expect(timeLeft({ ...view, phase: 'confirmation', clock }, plan)?.expected).toBe(3000);
    const same = { ...view, phase: 'confirmation', incumbentId: 'start' } satisfies RunView;
    expect(timeLeft(same, plan)?.expected).toBe(5000);
  });

  it('is within a quarter of the truth after the first step in half of the runs of the default method', async () => {
    const told = await firstTold('dual-phase', [1, 2], { prefillMs: 1000 / 600, decodeMs: 1000 / 40 });
    const errors = told.map(wrongBy).sort((a, b) => a - b);
    const within = errors.filter((error) => error <= 0.25).length;
    expect(told.length).toBeGreaterThanOrEqual(14);
    // Which runs find a second or third step nobody knows: half of them, and never off by much of the run.
    expect(within / errors.length, errors.map((error) => error.toFixed(2)).join(' ')).toBeGreaterThan(0.5);
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.25);
    for (const { expected, real, total } of told) expect(Math.abs(expected - real) / total).toBeLessThan(0.6);
  }, 60_000);
});
