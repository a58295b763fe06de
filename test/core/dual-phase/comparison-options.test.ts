/** Options that exist to be compared with the usual way: which failures, how much is rewritten, how a draft is asked for. */
import { describe, expect, it } from 'vitest';
import { selectFailures } from '../../../src/core/dual-phase/failure-cases.ts';
import { metaInstruction } from '../../../src/core/dual-phase/meta-instruction.ts';
import { createRandom } from '../../../src/core/random.ts';
import { runOptimizer } from '../../../src/core/run/run.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import type { FailureCase } from '../../../src/core/types.ts';
import { finish } from '../../fixtures/collect.ts';
import { scriptedModel } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinyExamples, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const failure = (exampleId: string, expected: string): FailureCase => ({
  exampleId,
  input: exampleId,
  expected,
  got: '?',
  reason: 'wrong',
});
const failures = [
  failure('a', 'Yes'),
  failure('b', 'No'),
  failure('c', 'No'),
  failure('d', 'No'),
  failure('e', 'Maybe'),
];
const expectedOf = (criterion: 'diverse' | 'random' | 'frequent', seed: number): string[] =>
  selectFailures(failures, 3, new Set(), createRandom(seed), criterion).map(({ expected }) => expected);

describe('failures are shown', () => {
  it.each([1, 2, 3, 4])('as different as possible (seed %i)', (seed) => {
    expect(expectedOf('diverse', seed).sort()).toEqual(['Maybe', 'No', 'Yes']);
  });

  it.each([1, 2, 3, 4])('of the most frequent kind first (seed %i)', (seed) => {
    expect(expectedOf('frequent', seed)).toEqual(['No', 'No', 'No']);
  });

  it('by lot, so that over many draws every kind comes and kinds repeat', () => {
    const draws = Array.from({ length: 40 }, (_, seed) => expectedOf('random', seed));
    expect(new Set(draws.flat())).toEqual(new Set(['Yes', 'No', 'Maybe']));
    expect(draws.some((kinds) => new Set(kinds).size < 3)).toBe(true);
    expect(draws.some((kinds) => new Set(kinds).size === 3)).toBe(true);
  });

  it('new ones before those that were shown, by lot too', () => {
    const seen = new Set(['a', 'b', 'c']);
    const shown = selectFailures(failures, 2, seen, createRandom(1), 'random');
    expect(shown.map(({ exampleId }) => exampleId).sort()).toEqual(['d', 'e']);
  });
});

describe('the meta-instruction', () => {
  const exemplars = tinyExamples('train', 2);

  it('asks for five parts or one paragraph, with the same examples', () => {
    const five = metaInstruction(tinyTask, exemplars, { metaContent: 'recover', metaForm: 'five-part' });
    const one = metaInstruction(tinyTask, exemplars, { metaContent: 'recover', metaForm: 'paragraph' });
    expect(five.prompt).toContain('###Tips###');
    expect(one.prompt).not.toContain('###');
    for (const { prompt } of [five, one]) expect(prompt).toContain('Input: train item 1\nOutput: No');
  });

  it('tells of a lost instruction, or asks plainly', () => {
    const plain = metaInstruction(tinyTask, exemplars, { metaContent: 'write', metaForm: 'five-part' });
    expect(plain.prompt).not.toContain('lost');
    expect(metaInstruction(tinyTask, exemplars).prompt).toContain('The instruction itself is lost.');
  });
});

describe('a search that rewrites the whole prompt', () => {
  async function run() {
    const model = scriptedModel((request) => {
      if (request.purpose === 'answer') return answerByLevel(request);
      return request.prompt.includes('new instruction')
        ? '<prompt>You answer short questions up to level 15. Be brief.</prompt>'
        : '<prompt>You answer short questions at level 2. Be kind.</prompt>';
    });
    const events: RunEvent[] = [];
    const options = { granularity: 'whole', drafts: 1, steps: 1, rewritesPerAttempt: 1 };
    const splits = tinySplits();
    const setup = {
      method: 'dual-phase',
      options,
      task: tinyTask,
      splits,
      models: { task: model },
      seed: 1,
    } as const;
    for await (const { event } of runOptimizer(setup)) events.push(event);
    return { events, model };
  }

  it('accepts it by the same gates and says what it was', async () => {
    const { events } = await run();
    const report = events.find((event) => event.type === 'run-finished')?.report;
    expect(report?.bestText).toBe('You answer short questions up to level 15. Be brief.');
    expect(report?.best.origin).toEqual({ operation: 'whole' });
    expect(events.filter((event) => event.type === 'gate-decided').map(({ gate }) => gate)).toEqual([
      'failures',
      'validation',
    ]);
  });

  it('claims no sentence as chosen, and shows the whole prompt with failures', async () => {
    const { events, model } = await run();
    expect(events.some((event) => event.type === 'sentence-chosen')).toBe(false);
    const asked = model.requests.find(({ prompt }) => prompt.includes('new instruction'))?.prompt;
    expect(asked).toContain('You answer short questions at level 2. Be kind.');
    expect(asked).toContain('Expected: ');
  });
});

describe('a search that rewrites less than a sentence', () => {
  const start = 'Answer short questions at level 2, and be brief.';
  async function run(granularity: 'word' | 'phrase', reply: string) {
    const model = scriptedModel((request) =>
      request.purpose === 'answer' ? answerByLevel(request) : `<sentence>${reply}</sentence>`,
    );
    const options = { granularity, steps: 1, attempts: 20, rewritesPerAttempt: 1, triesPerSentence: 2 };
    const setup = { method: 'dual-phase', options, task: tinyTask, splits: tinySplits() } as const;
    const finished = await finish({ ...setup, models: { task: model }, seed: 1, userPrompt: start });
    return { ...finished, model };
  }

  it('replaces a phrase and leaves the rest as it is', async () => {
    const { report, model } = await run('phrase', 'answer every question up to level 15,');
    expect(report.bestText).toMatch(/^answer every question up to level 15,.* be brief\.$/i);
    const asked = model.requests.find(({ purpose }) => purpose === 'propose')?.prompt;
    expect(asked).toContain('The phrase to rewrite:\n>> ');
    expect(asked).toContain(`This is an instruction for a language model:\n${start}`);
  });

  it('replaces a word', async () => {
    const { report } = await run('word', '15 or level 15');
    expect(report.bestText).toContain('15 or level 15');
    expect(report.best.sentences.map(({ content }) => content)).toHaveLength(9);
  });

  it('refuses a sentence in place of a word', async () => {
    const { events } = await run('word', 'Answer every question of any kind up to level 15 with care.');
    const codes = events.map(({ event }) => (event.type === 'proposal-rejected' ? event.code : null));
    expect(codes).toContain('too-long');
    expect(events.some(({ event }) => event.type === 'gate-decided')).toBe(false);
  });
});
