import { describe, expect, it } from 'vitest';
import { joinPrompt } from '../../src/core/prompt/split.ts';
import { forkPoints, promptOf } from '../../src/ui/state/fork.ts';
import { applyEvents, emptyView } from '../../src/ui/state/run/run-view.ts';
import { finishedLog, sampleReport } from './sample-run.ts';

const { events } = finishedLog(sampleReport());
const points = forkPoints(applyEvents(emptyView, events));

describe('a fork', () => {
  it('is offered from the start and from every step that changed the prompt', () => {
    const changes = events.flatMap(({ event }) =>
      event.type === 'incumbent-changed' ? [event.candidateId] : [],
    );
    expect(points[0]?.step).toBe(0);
    expect(points.map(({ candidateId }) => candidateId)).toEqual([...new Set(changes)]);
    expect(points.length).toBeGreaterThan(1);
  });

  it('begins with the prompt of that step, to the letter', () => {
    for (const { candidateId } of points) {
      const created = events.flatMap(({ event }) =>
        event.type === 'candidate-created' && event.candidate.id === candidateId ? [event.candidate] : [],
      );
      expect(promptOf(events, candidateId)).toBe(joinPrompt(created[0]?.sentences ?? []));
    }
    expect(promptOf(events, 'nobody')).toBeNull();
  });
});
