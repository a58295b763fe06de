import { describe, expect, it } from 'vitest';
import type { Spent } from '../../src/core/events.ts';
import { finish } from '../fixtures/collect.ts';
import { everyMethod, replyingModel, smallRun } from '../fixtures/every-method.ts';

const figures = (spent: Spent): number[] => Object.values<number>({ ...spent });

describe.each(everyMethod)('%s', (method) => {
  it('I3: never asks a prompt about the same example twice', async () => {
    const model = replyingModel();
    await finish(smallRun(method, { models: { task: model } }));
    const asked = model.requests
      .filter(({ purpose }) => purpose === 'answer')
      .map(({ system, prompt }) => `${system}\n${prompt}`);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it.each(['with a prompt of the person', 'without'])(
    'I4: never shows a validation or test input to the optimizer model, %s',
    async (how) => {
      const model = replyingModel();
      const start = how === 'without' ? { userPrompt: null } : {};
      await finish(smallRun(method, { models: { task: model }, ...start }));
      const proposals = model.requests.filter(({ purpose }) => purpose === 'propose');
      const leaking = proposals.filter(({ system, prompt }) =>
        /(?:validation|test) item/.test(system + prompt),
      );
      expect(leaking).toEqual([]);
    },
  );

  it('I7: counts events without gaps, and what is spent never shrinks', async () => {
    const { events } = await finish(smallRun(method));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    for (const [index, { spent }] of events.entries()) {
      const before = figures(events[index - 1]?.spent ?? spent);
      expect(figures(spent).every((figure, at) => figure >= (before[at] ?? 0))).toBe(true);
    }
  });
});
