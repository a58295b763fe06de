/** What the person does during a run of a method that writes whole prompts. */
import { describe, expect, it } from 'vitest';
import type { PersonAction } from '../../../src/core/events.ts';
import type { PersonPort } from '../../../src/core/run/context.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { replyingModel, smallRun } from '../../fixtures/every-method.ts';

/** Does this before the first step. */
function doing(...actions: readonly PersonAction[]): PersonPort {
  return {
    asksApproval: false,
    take: (checkpoint) => Promise.resolve(checkpoint === 0 ? actions : []),
    approve: () => Promise.resolve(true),
  };
}

const methods = ['ape', 'apo', 'prompt-agent', 'opro', 'gepa'] as const;

describe.each(methods)('%s', (method) => {
  it('shows a hint in every question, before the demand', async () => {
    const models = { task: replyingModel() };
    await finish(smallRun(method, { models, person: doing({ kind: 'hint', text: 'Mind the leap years.' }) }));
    const asked = models.task.requests.filter(({ purpose }) => purpose === 'propose');
    expect(asked.length).toBeGreaterThan(0);
    for (const { prompt } of asked) {
      expect(prompt).toContain('The author of the instruction says:\n- Mind the leap years.\n');
      expect(prompt).toMatch(/between <\w+> and <\/\w+>\.$/);
    }
  });

  it('scores the person’s wording like a prompt of its own and returns it when it is the best', async () => {
    const content = 'Answer the question with level 99.';
    const finished = await finish(
      smallRun(method, { person: doing({ kind: 'edit', sentenceId: 's1', content }) }),
    );
    expect(finished.report.bestText).toContain('level 99');
    expect(finished.report.best.origin).toMatchObject({ operation: 'edit', note: 'yours' });
  });

  it('says that a lock does not hold', async () => {
    const finished = await finish(
      smallRun(method, { person: doing({ kind: 'lock', sentenceId: 's1', locked: true }) }),
    );
    expect(eventsOf(finished, 'notice').map(({ text }) => text)).toContain(
      'This method writes whole prompts: a locked sentence may change with them.',
    );
  });
});

it('a prompt that the person chooses is used, whatever it scored', async () => {
  let chosen = false;
  const person: PersonPort = {
    asksApproval: false,
    take: (checkpoint) => {
      chosen ||= checkpoint === 1;
      return Promise.resolve(checkpoint === 1 ? [{ kind: 'use', candidateId: 'c1' }] : []);
    },
    approve: () => Promise.resolve(false),
  };
  const { events } = await finish(smallRun('ape', { person, options: { resamplingRounds: 1 } }));
  expect(chosen).toBe(true);
  const settled = events.flatMap(({ event }) =>
    event.type === 'incumbent-changed' ? [event.candidateId] : [],
  );
  expect(settled).toContain('c1');
});
