import { describe, expect, it } from 'vitest';
import type { PersonAction } from '../../../src/core/events.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const userPrompt = 'Answer the question with level 4. Think about it first. Say only the answer.';

function withRewrites(rewrite: (request: CompletionRequest) => string): Script {
  return (request) => (request.purpose === 'answer' ? answerByLevel(request) : rewrite(request));
}

function setup(script: Script, more: Partial<RunSetup> = {}): RunSetup {
  return {
    method: 'dual-phase',
    task: tinyTask,
    splits: tinySplits(),
    models: { task: scriptedModel(script) },
    seed: 5,
    userPrompt,
    ...more,
  };
}

const better = withRewrites(
  ({ seed }) => `<sentence>Answer with great care and at level ${9 + (seed % 11)}.</sentence>`,
);
const useless = withRewrites(
  ({ seed }) => `<sentence>Please consider the question number ${seed} with patience.</sentence>`,
);
const garbage = withRewrites(() => 'Sorry, I cannot help with that request.');

describe('phase 2', () => {
  it('keeps only rewrites that pass both gates', async () => {
    const finished = await finish(setup(better));
    const accepted = eventsOf(finished, 'gate-decided').filter(
      ({ gate, verdict }) => gate === 'validation' && verdict === 'accepted',
    );
    const steps = eventsOf(finished, 'step-finished').filter((step) => step.accepted);
    expect(accepted).toHaveLength(steps.length);
    expect(accepted.length).toBeGreaterThan(0);
    for (const { wins, losses, pValue } of accepted) {
      expect(wins).toBeGreaterThan(losses);
      expect(pValue).toBeLessThanOrEqual(0.05);
    }
  });

  it('returns the start when nothing helps, and says it converged', async () => {
    const { report } = await finish(setup(useless));
    expect(report.stopReason).toBe('converged');
    expect(report.bestText).toBe(userPrompt);
    expect(report.recommended).toBe('start');
  });

  it('ends on garbage with the reasons, never in an endless loop', async () => {
    const finished = await finish(setup(garbage));
    expect(finished.report.bestText).toBe(userPrompt);
    expect(finished.report.rejectedProposals).toBeGreaterThan(5);
    const codes = new Set(eventsOf(finished, 'proposal-rejected').map(({ code }) => code));
    expect([...codes].every((code) => code !== 'call-failed')).toBe(true);
  });

  it('works on a prompt with a single sentence', async () => {
    const { report } = await finish(setup(useless, { userPrompt: 'Answer the question with level 4.' }));
    expect(report.stopReason).toBe('converged');
  });

  it('shows failures of the training examples only', async () => {
    const finished = await finish(setup(better));
    const shown = eventsOf(finished, 'failures-shown').flatMap(({ failures }) => failures);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every(({ exampleId }) => exampleId.startsWith('train'))).toBe(true);
  });

  it('never shows validation or test inputs to the optimizer model', async () => {
    const model = scriptedModel(better);
    await finish(setup(better, { models: { task: model } }));
    const proposals = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(proposals.length).toBeGreaterThan(0);
    expect(proposals.filter(({ prompt }) => /(validation|test) item/.test(prompt))).toEqual([]);
  });

  it('takes failures from validation in paper mode, as published', async () => {
    const options = { failuresFrom: 'validation', gate: 'plain', weights: 'paper', rewritesPerAttempt: 1 };
    const finished = await finish(setup(better, { options }));
    const shown = eventsOf(finished, 'failures-shown').flatMap(({ failures }) => failures);
    expect(shown.every(({ exampleId }) => exampleId.startsWith('validation'))).toBe(true);
    expect(finished.report.expectedFalseAccepts).toBeNull();
  });

  it('stops when no failure is left to learn from', async () => {
    const { report } = await finish(setup(better, { userPrompt: 'Answer the question with level 50.' }));
    expect(report.stopReason).toBe('no-failures');
    expect(report.steps).toBe(0);
  });

  it('cuts failure cases rather than overflow a small context window, and says so', async () => {
    const model = scriptedModel(better, { contextWindow: 425 });
    const finished = await finish(setup(better, { models: { task: model } }));
    expect(
      eventsOf(finished, 'notice')
        .map(({ text }) => text)
        .join(),
    ).toContain('context window');
    const longest = Math.max(
      ...model.requests.map(({ system, prompt, maxTokens }) => (system + prompt).length / 4 + maxTokens),
    );
    expect(longest).toBeLessThanOrEqual(425);
  });
});

describe('when the optimizer model is of no use', () => {
  it('ends with the starting prompt, the reasons and what to do', async () => {
    const finished = await finish(setup(garbage));
    const advice = eventsOf(finished, 'notice').at(-1);
    expect(finished.report.stopReason).toBe('no-usable-proposal');
    expect(finished.report.bestText).toBe(userPrompt);
    expect(advice?.level).toBe('warning');
    expect(advice?.text).toMatch(/^30 of 30 replies .* mostly because the model declined \(30\)/);
    expect(advice?.text).toContain('write sentences by hand');
  });

  it('does not blame the model when every sentence is locked', async () => {
    const actions: PersonAction[] = ['s1', 's2', 's3'].map((sentenceId) => ({
      kind: 'lock',
      sentenceId,
      locked: true,
    }));
    const person = {
      asksApproval: false,
      take: (checkpoint: number) => Promise.resolve(checkpoint === 0 ? actions : []),
      approve: () => Promise.resolve(true),
    };
    const finished = await finish(setup(garbage, { person }));
    expect(finished.report.stopReason).toBe('converged');
    expect(finished.report.spent.optimizerCalls).toBe(0);
  });

  it('says nothing of the kind when the replies were usable', async () => {
    const finished = await finish(setup(better));
    expect(
      eventsOf(finished, 'notice')
        .map(({ text }) => text)
        .join(),
    ).not.toContain('not usable');
  });

  /** As good as level 15 as soon as the prompt has one of six sentences of the library. */
  const helpedByLibrary: Script = (request) =>
    request.purpose === 'propose'
      ? 'Sorry, I cannot help with that request.'
      : answerByLevel({
          ...request,
          system: request.system.replace(
            /step by step|twice|one by one|smaller parts|Restate|facts/,
            'level 15',
          ),
        });

  it('still improves the prompt with a sentence of the library', async () => {
    const finished = await finish(setup(helpedByLibrary, { options: { libraryWhenStuck: true } }));
    const { best } = finished.report;
    expect(best.origin).toMatchObject({ operation: 'insert', note: 'from the sentence library' });
    expect(best.sentences.some(({ id }) => id === best.origin.sentenceId)).toBe(true);
    expect(finished.report.evaluations.bestValidation.correct).toBe(15);
  });

  it('never gives two sentences of a run the same id', async () => {
    const finished = await finish(setup(garbage, { options: { libraryWhenStuck: true } }));
    const inserted = eventsOf(finished, 'candidate-created')
      .filter(({ candidate }) => candidate.origin.operation === 'insert')
      .map(({ candidate }) => candidate.origin.sentenceId);
    expect(inserted.length).toBeGreaterThan(3);
    expect(new Set(inserted).size).toBe(inserted.length);
  });

  it('proposes no sentence of the library twice', async () => {
    const finished = await finish(
      setup(garbage, { options: { attempts: 40, triesPerSentence: 50, libraryWhenStuck: true } }),
    );
    const texts = eventsOf(finished, 'candidate-created').map(({ candidate }) =>
      candidate.sentences
        .map(({ content }) => content)
        .sort()
        .join(),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('operators', () => {
  it('ask for a plain change, without cases, and are named beside the candidate', async () => {
    const model = scriptedModel(better);
    const finished = await finish(setup(better, { models: { task: model }, options: { operatorShare: 1 } }));
    const proposals = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(proposals.length).toBeGreaterThan(0);
    expect(proposals.every(({ prompt }) => !prompt.includes('Expected:'))).toBe(true);
    const rewrites = eventsOf(finished, 'candidate-created').filter(
      ({ candidate }) => candidate.origin.operation === 'rewrite',
    );
    expect(rewrites.every(({ candidate }) => candidate.origin.note !== undefined)).toBe(true);
  });
});

describe('leaving a sentence out', () => {
  it('takes no call of the optimizer model and is kept when nothing is lost', async () => {
    const finished = await finish(
      setup(useless, {
        userPrompt:
          'Answer the question with level 4. It is a nice day today, is it not so. Reply with only yes or no.',
        options: { deleteShare: 1, steps: 1 },
      }),
    );
    expect(finished.report.bestText).toBe('Answer the question with level 4. Reply with only yes or no.');
    const [first] = eventsOf(finished, 'gate-decided').filter(({ gate }) => gate === 'pruning');
    expect(first).toBeDefined();
  });
});

describe('worked examples', () => {
  const prompt = 'Answer the question with level 4.';
  /** Two worked examples are worth as much as level 15. */
  const learns: Script = (request) =>
    request.purpose === 'propose'
      ? 'no'
      : answerByLevel({
          ...request,
          system: `${request.system}${(request.system.match(/^Input: /gm) ?? []).length >= 2 ? ' level 15' : ''}`,
        });

  it('are added as a section of their own when they pass the gate, with all sentences as they were', async () => {
    const { report } = await finish(
      setup(learns, { userPrompt: prompt, options: { fewShot: 'always', fewShotExamples: 3 } }),
    );
    const [first, heading, body] = report.best.sentences;
    expect(first).toMatchObject({ id: 's1', content: prompt });
    expect([heading?.optimizable, body?.optimizable]).toEqual([false, false]);
    expect(body?.content.match(/^Input: train item \d+\nOutput: (?:Yes|No)$/gm)).toHaveLength(3);
    expect(new Set(body?.content.match(/Yes|No/g))).toEqual(new Set(['Yes', 'No']));
  });

  it('are tried, when asked for that, only where no sentence was improved', async () => {
    const tried = async (script: Script): Promise<boolean> =>
      eventsOf(await finish(setup(script, { options: { fewShot: 'when-stuck' } })), 'candidate-created').some(
        ({ candidate }) => candidate.origin.note?.includes('worked examples'),
      );
    expect(await tried(garbage)).toBe(true);
    expect(await tried(better)).toBe(false);
  });

  it('are left out when they do not help', async () => {
    const { report } = await finish(
      setup(garbage, { userPrompt: prompt, options: { fewShot: 'always', fewShotExamples: 3 } }),
    );
    expect(report.bestText).toBe(prompt);
  });

  it('stand in front of the place where the input goes', async () => {
    const userPrompt = 'Answer the question with level 4.\n\nThe input: {{input}}';
    const { report } = await finish(
      setup(learns, { userPrompt, options: { fewShot: 'always', fewShotExamples: 2 } }),
    );
    expect(report.bestText.indexOf('Input: train item')).toBeGreaterThan(0);
    expect(report.bestText.endsWith('\n\nThe input: {{input}}')).toBe(true);
  });
});

describe('the size of the validation set', () => {
  const warned = async (validation: number, options = {}): Promise<string> => {
    const finished = await finish(setup(garbage, { splits: tinySplits(10, validation, 0), options }));
    return eventsOf(finished, 'notice')
      .map(({ level, text }) => `${level}: ${text}`)
      .join('\n');
  };

  it('is told to be too small before anything is asked, with the size needed', async () => {
    expect(await warned(20)).toMatch(/^warning: With 20 validation examples no gain below 25 points/);
    expect(await warned(20)).toContain('at least 55 validation examples');
  });

  it('is said to be tight where a gain may be missed', async () => {
    expect(await warned(52)).toMatch(/^info: With 52 validation examples/);
  });

  it('is not mentioned when it is large enough, or where no test is asked', async () => {
    expect(await warned(60)).not.toContain('validation examples');
    expect(await warned(20, { gate: 'plain' })).not.toContain('validation examples');
  });

  it('ends the search when not even a perfect candidate could pass any more', async () => {
    const finished = await finish(
      setup(useless, { userPrompt: 'Answer with level 7.', splits: tinySplits(10, 10, 0) }),
    );
    expect(finished.report.spent.optimizerCalls).toBe(0);
    expect(eventsOf(finished, 'notice').at(-1)?.text).toContain('7 of 10 validation examples right');
  });
});

describe('phase 1', () => {
  const draft = (level: number): string =>
    `<prompt>###Task type###\nThis is a question with one answer.\n###Task description###\nDecide with level ${level} about the given item.\n###Output format and constraints###\nSay Yes or No.\n###Reasoning process###\nThink first.\n###Tips###\nStay calm.</prompt>`;

  it('keeps the draft that does best on the training examples', async () => {
    let drafts = 0;
    const script = withRewrites(({ prompt }) => {
      if (!prompt.includes('<prompt>')) return 'no';
      drafts += 1;
      return draft([3, 8, 5][(drafts - 1) % 3] ?? 3);
    });
    const { report } = await finish(setup(script, { userPrompt: null }));
    expect(report.startText).toContain('level 8');
  });

  it('starts from a plain prompt and says so when no draft is usable', async () => {
    const finished = await finish(setup(garbage, { userPrompt: null }));
    expect(eventsOf(finished, 'notice').some(({ text }) => text.includes('plain one'))).toBe(true);
    expect(splitPrompt(finished.report.startText).filter(({ kind }) => kind === 'heading')).toHaveLength(5);
  });
});

describe('the person in the loop', () => {
  function person(at: Record<number, PersonAction[]>) {
    return {
      asksApproval: false,
      take: (n: number) => Promise.resolve(at[n] ?? []),
      approve: () => Promise.resolve(true),
    };
  }

  it('locks a sentence: it is never chosen', async () => {
    const actions: PersonAction[] = ['s1', 's3'].map((sentenceId) => ({
      kind: 'lock',
      sentenceId,
      locked: true,
    }));
    const finished = await finish(setup(useless, { person: person({ 0: actions }) }));
    const chosen = new Set(eventsOf(finished, 'sentence-chosen').map(({ sentenceId }) => sentenceId));
    expect([...chosen]).toEqual(['s2']);
  });

  it('edits a sentence by hand: scored by the same gate, marked as the person’s', async () => {
    const edit: PersonAction = {
      kind: 'edit',
      sentenceId: 's1',
      content: 'Answer the question with level 15.',
    };
    const finished = await finish(setup(useless, { person: person({ 1: [edit] }) }));
    expect(finished.report.best.origin).toMatchObject({ operation: 'edit', note: 'yours' });
    expect(finished.report.bestText).toContain('level 15');
  });

  it('may use a candidate that the gate refused', async () => {
    const edit: PersonAction = {
      kind: 'edit',
      sentenceId: 's1',
      content: 'Answer the question with level 5.',
    };
    const first = await finish(setup(useless, { person: person({ 1: [edit] }) }));
    expect(first.report.bestText).toBe(userPrompt);
    const refused = eventsOf(first, 'candidate-created').find(
      ({ candidate }) => candidate.origin.operation === 'edit',
    );
    const use: PersonAction = { kind: 'use', candidateId: refused?.candidate.id ?? '' };
    const second = await finish(setup(useless, { person: person({ 1: [edit], 2: [use] }) }));
    expect(second.report.bestText).toContain('level 5');
  });

  it('puts a hint into the next meta-prompt', async () => {
    const model = scriptedModel(useless);
    const hint: PersonAction = { kind: 'hint', text: 'Ties go to the second team.' };
    await finish(setup(useless, { models: { task: model }, person: person({ 0: [hint] }) }));
    const proposals = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(proposals.every(({ prompt }) => prompt.includes('Ties go to the second team.'))).toBe(true);
  });

  it('vetoes a candidate in "ask me" mode: it is not kept', async () => {
    const veto = {
      asksApproval: true,
      take: () => Promise.resolve([]),
      approve: () => Promise.resolve(false),
    };
    const finished = await finish(setup(better, { person: veto }));
    expect(eventsOf(finished, 'approval-given').length).toBeGreaterThan(0);
    expect(finished.report.bestText).toBe(userPrompt);
  });
});
