import { cpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../src/core/events.ts';
import { storyOf } from '../../src/ui/state/run/attempts.ts';
import { dotPositions, pointPositions } from '../../src/ui/state/run/curve.ts';
import {
  candidateCounts,
  gainSoFar,
  incumbentOutcomes,
  progressOf,
  showsDecidingExamples,
  solversOf,
  ticksOf,
} from '../../src/ui/state/run/figures.ts';
import { applyEvents, emptyView, type RunView } from '../../src/ui/state/run/run-view.ts';
import { gainMarks, shownSentences } from '../../src/ui/state/run/sentences.ts';
import { attemptInWords, nowInWords } from '../../src/ui/state/run/words.ts';
import { finish } from '../fixtures/collect.ts';
import { smallRun } from '../fixtures/every-method.ts';
import { tinySplits } from '../fixtures/tiny-task.ts';
import { RunLog, sentence } from './run-log.ts';

const first = [sentence('s1', 'Count the items.'), sentence('s2', 'Answer with a number.')];
const better = [
  sentence('s1', 'Count every item, with its number.'),
  sentence('s2', 'Answer with a number.'),
];
const worse = [sentence('s1', 'Count quickly.'), sentence('s2', 'Answer with a number.')];
const noLimits = { calls: null, tokens: null, minutes: null };

/** A start at 4 of 10, one useless rewrite, one rejected reply, one rewrite that was kept at 7 of 10. */
function shortRun(): RunLog {
  return new RunLog()
    .start()
    .push({ type: 'phase-started', phase: 'initial-prompt' })
    .candidate('c0', first)
    .evaluate('c0', '1111000000')
    .settle('c0', '1111000000')
    .push({ type: 'phase-started', phase: 'search' }, { type: 'step-started', step: 1, of: 3 })
    .choose(1, 1, 's1', { s1: 0.7, s2: 0.3 })
    .push({ type: 'proposing', what: 'a new wording', sentenceId: 's1' })
    .push({ type: 'proposal-rejected', code: 'meta-talk', reply: 'Sure! Here it is:', sentenceId: 's1' })
    .candidate('c1', worse, 'rewrite', { parentId: 'c0', sentenceId: 's1' })
    .gate('c1', 'failures', 'useless', { wins: 1, asked: 3, planned: 14 })
    .candidate('c2', better, 'rewrite', { parentId: 'c0', sentenceId: 's1' })
    .gate('c2', 'failures', 'accepted', { wins: 6, planned: 14 })
    .evaluate('c2', '1110111100')
    .gate('c2', 'validation', 'accepted', { wins: 4, losses: 1, planned: 10, pValue: 0.03 })
    .settle('c2', '1110111100')
    .push({ type: 'step-finished', step: 1, accepted: true });
}

function viewOf(log: RunLog): RunView {
  return applyEvents(emptyView, log.events);
}

describe('the view of a run', () => {
  it('is the same whether its log comes at once, event by event, or twice', () => {
    const { events } = shortRun();
    const oneByOne = events.reduce((view, event) => applyEvents(view, [event]), emptyView);
    const atOnce = applyEvents(emptyView, events);
    expect(oneByOne).toEqual(atOnce);
    expect(applyEvents(atOnce, events)).toEqual(atOnce);
  });

  it('never changes a view it was given', () => {
    const { events } = shortRun();
    const before = applyEvents(emptyView, events.slice(0, 20));
    const copy = structuredClone(before);
    applyEvents(before, events.slice(20));
    expect(before).toEqual(copy);
  });

  it('keeps the identity of what a batch does not touch', () => {
    const { events } = shortRun();
    const at = events.findLastIndex((logged) => logged.event.type === 'example-scored');
    const before = applyEvents(emptyView, events.slice(0, at));
    const after = applyEvents(before, events.slice(at, at + 1));
    expect(after.attempts).toBe(before.attempts);
    expect(after.log).toBe(before.log);
    expect(after.points).toBe(before.points);
    expect(after.evaluation?.outcomes).toHaveLength(10);
  });

  it('takes 10,000 events, at once or in small batches, in little time', () => {
    const log = new RunLog()
      .start()
      .candidate('c0', first)
      .evaluate('c0', '10'.repeat(50))
      .settle('c0', '10'.repeat(50));
    for (let step = 1; log.events.length < 10_000; step += 1) {
      log.push({ type: 'step-started', step, of: 100 }).choose(step, 1, 's1', { s1: 0.5, s2: 0.5 });
      log
        .candidate(`c${step}`, better, 'rewrite', { parentId: 'c0', sentenceId: 's1' })
        .evaluate(`c${step}`, '01'.repeat(50));
      log.gate(`c${step}`, 'validation', 'noise', { wins: 2, losses: 1, planned: 100, pValue: 0.5 });
    }
    // Processor time, not time on the clock: the machine may be busy with other tests.
    const before = cpuUsage();
    const whole = applyEvents(emptyView, log.events);
    const view = batches(log.events, 20).reduce(applyEvents, emptyView);
    const { user, system } = cpuUsage(before);
    expect(view).toEqual(whole);
    expect((user + system) / 1000).toBeLessThan(1500);
  });
});

function batches(events: readonly LoggedEvent[], size: number): LoggedEvent[][] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, i) =>
    events.slice(i * size, (i + 1) * size),
  );
}

describe('what the page reads from it', () => {
  it('shows the best prompt so far, and the gain since the start', () => {
    const view = viewOf(shortRun());
    expect(shownSentences(view).map((shown) => shown.content)).toEqual(better.map((shown) => shown.content));
    expect(view.points.map((point) => point.accuracy)).toEqual([0.4, 0.7]);
    expect(gainSoFar(view)).toBeCloseTo(0.3);
    expect(gainMarks(view.attempts).get('s1')).toMatchObject({ step: 1, byPerson: false });
  });

  it('keeps a mean of graded scores inside its interval', () => {
    const { events } = shortRun();
    const graded = applyEvents(
      emptyView,
      events.map((logged) =>
        logged.event.type === 'incumbent-changed'
          ? {
              ...logged,
              event: { ...logged.event, evaluation: { ...logged.event.evaluation, accuracy: 0.93 } },
            }
          : logged,
      ),
    );
    for (const { accuracy, interval } of graded.points) {
      expect(interval.low).toBeLessThan(accuracy);
      expect(interval.high).toBeGreaterThan(accuracy);
    }
    expect(graded.points.map(({ accuracy }) => accuracy)).toContain(0.93);
  });

  it('gives every point its Wilson interval', () => {
    const [start] = viewOf(shortRun()).points;
    expect(start?.interval.low).toBeCloseTo(0.168, 2);
    expect(start?.interval.high).toBeCloseTo(0.687, 2);
  });

  it('tells the story of a sentence, the latest first, each with its reason', () => {
    const story = storyOf(viewOf(shortRun()).attempts, 's1');
    expect(story.map((attempt) => attempt.state)).toEqual(['kept', 'useless', 'rejected']);
    expect(story.map((attempt) => attempt.before)).toEqual(Array(3).fill('Count the items.'));
    expect(story.map(attemptInWords)).toEqual([
      '+30 points on validation; solved 6 of 14 earlier failures, needs 2. Then fixed 4, broke 1 of 10; one-sided p\u00a0=\u00a00.030',
      'solved 1 of 14 earlier failures, needs 2; stopped after 3',
      'talk about the task around it, nothing usable inside',
    ]);
    expect(storyOf(viewOf(shortRun()).attempts, 's2')).toEqual([]);
  });

  it('counts what the search tried, kept and could not use', () => {
    expect(candidateCounts(viewOf(shortRun()).attempts)).toEqual({ tried: 3, kept: 1, rejected: 1 });
  });

  it('puts an added sentence into the story of the sentence whose turn it was, and into its own', () => {
    const log = shortRun()
      .push({ type: 'step-started', step: 2, of: 3 })
      .choose(2, 1, 's2', { s1: 0.5, s2: 0.5 })
      .candidate('c3', [...better, sentence('s3', 'Treat a pair as two.')], 'insert', {
        parentId: 'c2',
        sentenceId: 's3',
      });
    const { attempts } = viewOf(log);
    expect(storyOf(attempts, 's2').map((attempt) => attempt.text)).toEqual(['Treat a pair as two.']);
    expect(storyOf(attempts, 's3').map((attempt) => attempt.before)).toEqual(['']);
  });

  it('says what passed its gates and was not taken, once the step is over', () => {
    const log = shortRun()
      .push({ type: 'step-started', step: 2, of: 3 })
      .candidate('c3', worse, 'rewrite', { parentId: 'c2', sentenceId: 's1' })
      .gate('c3', 'validation', 'accepted', { wins: 3, planned: 10, pValue: 0.04 });
    expect(viewOf(log).attempts.at(-1)?.state).toBe('testing');
    log.push({ type: 'step-finished', step: 2, accepted: false });
    expect(viewOf(log).attempts.at(-1)?.state).toBe('set-aside');
  });

  it('lists what the best prompt still gets wrong, and who got it right', () => {
    const view = viewOf(shortRun());
    const wrong = [...(incumbentOutcomes(view)?.values() ?? [])].filter((outcome) => !outcome.correct);
    expect(wrong.map((outcome) => outcome.exampleId)).toEqual(['v3', 'v8', 'v9']);
    expect(wrong.map((outcome) => solversOf(view, outcome.exampleId))).toEqual([['c0'], [], []]);
  });

  it('knows whether the rewriting model is shown examples that decide', () => {
    const shown = (exampleId: string) =>
      showsDecidingExamples(
        viewOf(
          shortRun().push({
            type: 'failures-shown',
            step: 1,
            attempt: 1,
            of: 1,
            failures: [{ exampleId, input: 'a, b', expected: '2', got: '3', reason: 'wrong' }],
          }),
        ),
      );
    expect(showsDecidingExamples(viewOf(shortRun()))).toBeNull();
    expect(shown('t4')).toBe(false);
    expect(shown('v4')).toBe(true);
  });

  it('compares the examples under way with the best prompt so far', () => {
    const log = shortRun().candidate('c3', worse, 'rewrite', { parentId: 'c2', sentenceId: 's1' }).push({
      type: 'evaluation-started',
      candidateId: 'c3',
      split: 'validation',
      planned: 10,
      why: 'to compare',
    });
    const scored = new RunLog()
      .evaluate('c3', '0011')
      .events.filter(({ event }) => event.type === 'example-scored');
    const view = viewOf(log.push(...scored.map(({ event }) => event)));
    expect(ticksOf(view)).toEqual(['broke', 'broke', 'right', 'fixed']);
    expect(nowInWords(view)).toBe(
      'Checking the wording “Count quickly” on 10 validation examples: 4 done, 2 right.',
    );
  });

  it('places a candidate whose gate stopped early as if the rest were unchanged', () => {
    const log = shortRun().gate('c3', 'validation', 'no-gain', { wins: 0, losses: 2, asked: 3, planned: 10 });
    expect(viewOf(log).dots.at(-1)?.accuracy).toBeCloseTo(0.5);
  });

  it('spreads the candidates of a step between its ends, and puts the rest where it was spent', () => {
    const { dots, points } = viewOf(shortRun());
    expect(pointPositions(points, 'steps')).toEqual([0, 1]);
    expect(dotPositions(dots, 'steps')).toEqual([0.5]);
    expect(pointPositions(points, 'calls')).toEqual([10, 21]);
    expect(pointPositions(points, 'tokens')).toEqual([2100, 4410]);
  });

  it('keeps what the person locked', () => {
    const log = shortRun().push({
      type: 'person-acted',
      checkpoint: 3,
      action: { kind: 'lock', sentenceId: 's2', locked: true },
    });
    expect(viewOf(log).locks.get('s2')).toBe(true);
  });
});

describe('progress', () => {
  it('never falls while the log grows', () => {
    const { events } = shortRun();
    let view = emptyView;
    let last = 0;
    for (const event of events) {
      view = applyEvents(view, [event]);
      const now = progressOf(view, noLimits);
      // the first prompt's evaluation ends where the search begins
      if (view.phase === 'search') expect(now).toBeGreaterThanOrEqual(last);
      last = view.phase === 'search' ? now : 0;
    }
    expect(last).toBeGreaterThan(0.25);
  });

  it('follows the budget when that is nearer to its end than the steps', () => {
    const view = viewOf(shortRun());
    expect(progressOf(view, { ...noLimits, calls: 21 })).toBeCloseTo(0.92);
  });
});

describe('the view of a run with the sequential gate', () => {
  it('moves the point of a prompt that was asked further, whatever the method, and leaves it at its moment', () => {
    const log = shortRun().push({ type: 'step-started', step: 2, of: 3 }).evaluate('c2', '0011');
    const before = viewOf(log);
    expect(before.points.at(-1)).toMatchObject({ correct: 7, asked: 10 });
    log.push({
      type: 'evaluation-extended',
      evaluation: {
        candidateId: 'c2',
        split: 'validation',
        accuracy: 9 / 14,
        correct: 9,
        asked: 14,
        planned: 20,
      },
    });
    const view = viewOf(log);
    expect(view.points.at(-1)).toMatchObject({ correct: 9, asked: 14, accuracy: 9 / 14, step: 1 });
    expect(view.points.at(-1)?.spent).toEqual(before.points.at(-1)?.spent);
    expect(view.points[0]).toEqual(before.points[0]);
    expect([view.log, view.now]).toEqual([before.log, before.now]);
  });

  it('counts all that the current prompt was asked, so that a gain is over the same examples', async () => {
    const small = smallRun('dual-phase', { splits: tinySplits(12, 60, 8) });
    const run = await finish({ ...small, options: { ...small.options, gate: 'sequential' } });
    let view = emptyView;
    let accepted = 0;
    for (const logged of run.events) {
      view = applyEvents(view, [logged]);
      const { event } = logged;
      if (event.type !== 'gate-decided' || event.gate !== 'validation') continue;
      expect(view.points.at(-1)?.asked).toBeGreaterThanOrEqual(event.asked);
      expect(view.points.at(-1)?.asked).toBeLessThanOrEqual(60);
      if (event.verdict === 'accepted') accepted += 1;
    }
    expect(accepted).toBeGreaterThan(0);
    const points = view.points.map(({ correct, asked, accuracy }) => correct - accuracy * asked);
    for (const difference of points) expect(difference).toBeCloseTo(0, 9);
  });
});
