import { describe, expect, it } from 'vitest';
import { placeholdersOf } from '../../../src/core/prompt/template.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';
import { droppable } from '../../../src/core/prune/droppable.ts';
import { lossesAllowed } from '../../../src/core/prune/non-inferiority.ts';
import type { PersonPort } from '../../../src/core/run/context.ts';
import { nobody } from '../../../src/core/run/context.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const wordy =
  'Answer the question with level 15. It is a pleasure to have you here with us on this day. Many people have thought about such questions before. Say only the answer.';

function setup(more: Partial<RunSetup> = {}, script: Script = answerByLevel): RunSetup {
  return {
    method: 'prune',
    task: tinyTask,
    splits: tinySplits(),
    models: { task: scriptedModel(script) },
    seed: 1,
    userPrompt: wordy,
    ...more,
  };
}

/** Right on everything as long as both long sentences are there. */
const byBothLevels: Script = (request) =>
  (request.system.match(/level 15/g) ?? []).length === 2 ? answerByLevel(request) : 'neither';

describe('pruning', () => {
  it('leaves out what does not matter and keeps what does', async () => {
    const { report } = await finish(setup());
    expect(report.bestText).toBe('Answer the question with level 15. Say only the answer.');
    expect(report.tokensSaved).toBe(Math.ceil(wordy.length / 4) - Math.ceil(report.bestText.length / 4));
    expect(report.evaluations.bestValidation.correct).toBe(15);
  });

  it('needs no call of an optimizer model to leave sentences out', async () => {
    const { report } = await finish(setup());
    expect(report.spent.optimizerCalls).toBe(0);
  });

  it('tells what every trial won and lost, apart from the tests of better prompts', async () => {
    const finished = await finish(setup());
    const trials = eventsOf(finished, 'gate-decided');
    expect(trials.map(({ gate, verdict }) => `${gate} ${verdict}`).sort()).toEqual([
      'pruning accepted',
      'pruning accepted',
      'pruning broke-too-much',
    ]);
    expect(finished.report.candidatesTested).toBe(0);
  });

  it('keeps the prompt when too little would be saved, and says so', async () => {
    const needed =
      'Look at level 15 of the question with great care and weigh every word that stands in it, for there is more in it than meets the eye at first. ';
    const userPrompt = `${needed}${needed.replace('Look', 'And look')}Reply with only yes or no. Be calm.`;
    const finished = await finish(setup({ userPrompt }, byBothLevels));
    expect(finished.report.bestText).toBe(userPrompt);
    expect(finished.report.tokensSaved).toBe(0);
    expect(
      eventsOf(finished, 'notice').some(({ text }) => text.includes('No sentence could be left out')),
    ).toBe(true);
  });

  it('does not let small losses add up: all is compared with the prompt it began with', async () => {
    // Each of these sentences is worth one more right answer of 100.
    const steps = Array.from({ length: 10 }, (_, index) => `This remark number ${index} helps a little.`);
    const byRemarks: Script = (request) => {
      const remarks = [...request.system.matchAll(/remark number/g)].length;
      const item = Number(/item (\d+)/.exec(request.prompt)?.[1]);
      const right = item % 2 === 0 ? 'Yes' : 'No';
      return item < 80 + remarks ? right : 'neither';
    };
    const { report } = await finish(
      setup(
        { splits: tinySplits(10, 100, 0), userPrompt: `${steps.join(' ')} Say only the answer.` },
        byRemarks,
      ),
    );
    expect(report.validation.losses - report.validation.wins).toBeLessThanOrEqual(lossesAllowed(100));
    expect(report.evaluations.bestValidation.correct).toBe(88);
  });

  it('asks for fewer words where a sentence is needed', async () => {
    const long = 'When you answer the question please do so with all the care that comes with level 15.';
    const script: Script = (request) =>
      request.purpose === 'answer'
        ? answerByLevel(request)
        : '<sentence>Answer with the care of level 15.</sentence>';
    const { report } = await finish(
      setup({ userPrompt: `${long} Say only the answer.`, options: { prune: 'drop-or-shorten' } }, script),
    );
    expect(report.bestText).toBe('Answer with the care of level 15. Say only the answer.');
  });

  it('asks the person in "ask me" mode and keeps the prompt on a no', async () => {
    const person: PersonPort = { ...nobody, asksApproval: true, approve: () => Promise.resolve(false) };
    const { report } = await finish(setup({ person }));
    expect(report.bestText).toBe(wordy);
    expect(report.tokensSaved).toBe(0);
  });

  it('ends a dual-phase run when it is asked for', async () => {
    const { report } = await finish(
      setup({ method: 'dual-phase', options: { prune: 'drop', steps: 1, attempts: 1 } }, (request) =>
        request.purpose === 'answer' ? answerByLevel(request) : 'no',
      ),
    );
    expect(report.bestText).toBe('Answer the question with level 15. Say only the answer.');
    expect(report.tokensSaved).toBeGreaterThan(0);
  });
});

describe('what may be left out', () => {
  const ids = (prompt: string): string[] =>
    droppable(splitPrompt(prompt), ['city']).map(({ content }) => content);

  it('is no heading and not the last sentence below one', () => {
    expect(ids('# Task\nCount the words. Take your time.\n# Tips\nStay calm.')).toEqual([
      'Count the words.',
      'Take your time.',
    ]);
  });

  it('is no sentence that places the input', () => {
    expect(ids('Look at {{input}} with care. Think of {city} now. Take your time.')).toEqual([
      'Take your time.',
    ]);
    expect(placeholdersOf('Look at {{input}} with care.')).toEqual(['input']);
  });

  it('is no statement of the answer’s form', () => {
    expect(ids('Take your time. Reply with only one word.')).toEqual(['Take your time.']);
  });

  it('is nothing that the person locked', () => {
    const locked = splitPrompt('Take your time. Stay calm.').map((sentence) => ({
      ...sentence,
      optimizable: false,
      locked: true,
    }));
    expect(droppable(locked, [])).toEqual([]);
  });
});
