/** Switches that go beyond the paper, each on a model whose replies are known. */
import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const userPrompt = 'Answer the question with level 4. Think about it first. Say only the answer.';
const options = { steps: 1, attempts: 4, rewritesPerAttempt: 1 };

function setup(script: Script, more: Partial<RunSetup> = {}): RunSetup {
  const models = { task: scriptedModel(script) };
  return { method: 'dual-phase', task: tinyTask, splits: tinySplits(), models, seed: 5, userPrompt, ...more };
}

const isCritique = ({ prompt }: CompletionRequest): boolean => prompt.endsWith('</reason>.');

/** Every critique is the same; rewrites are of level 15. */
const withCritique =
  (critique: string): Script =>
  (request) => {
    if (request.purpose === 'answer') return answerByLevel(request);
    if (isCritique(request)) return critique;
    return '<sentence>Answer up to level 15 with great care.</sentence>';
  };

describe('a critique of the failures', () => {
  it('gives its vote to the sentence it blames, before the first one is drawn', async () => {
    const script = withCritique('<reason>The level is too low for such items. [2]</reason>');
    const finished = await finish(setup(script, { options: { ...options, reflection: true } }));
    const [chosen] = eventsOf(finished, 'sentence-chosen');
    // softmax of 0.5, 0, 0 with a tenth of uniform sampling: 0.9 · 0.452 + 0.1 / 3.
    expect(chosen?.probabilities['s2']).toBeCloseTo(0.44, 2);
    expect(chosen?.probabilities['s1']).toBeCloseTo(0.28, 2);
  });

  it('is one call per attempt, shows failures only, and its cause stands in the question for the rewrite', async () => {
    const task = scriptedModel(withCritique('<reason>The level is too low for such items. [2]</reason>'));
    const finished = await finish(
      setup(() => '', { models: { task }, options: { ...options, reflection: true } }),
    );
    const critiques = task.requests.filter(isCritique);
    expect(critiques).toHaveLength(eventsOf(finished, 'failures-shown').length);
    expect(critiques[0]?.prompt).toContain('[2] Think about it first.');
    expect(critiques.filter(({ prompt }) => /(validation|test) item/.test(prompt))).toEqual([]);
    const rewrite = task.requests.find(({ prompt }) => prompt.endsWith('</sentence>.'));
    expect(rewrite?.prompt).toContain('A likely cause:\n- The level is too low for such items.');
  });

  it('that finds a sentence missing has a new one written', async () => {
    const script = withCritique('<reason>Nothing is said about levels above 4. [0]</reason>');
    const { report } = await finish(setup(script, { options: { ...options, reflection: true } }));
    expect(report.best.origin.operation).toBe('insert');
    expect(report.bestText).toContain('level 4.');
    expect(report.bestText).toContain('Answer up to level 15 with great care.');
  });

  it('of no use costs its call and nothing else', async () => {
    const script = withCritique('Hm.');
    const finished = await finish(setup(script, { options: { ...options, reflection: true } }));
    expect(finished.report.bestText).toContain('level 15');
    expect(eventsOf(finished, 'proposal-rejected').map(({ code }) => code)).toEqual(['too-short']);
  });
});

describe('a new sentence from the model', () => {
  it('stands behind the chosen one and leaves the others as they are', async () => {
    const script = withCritique('');
    const { report } = await finish(setup(script, { options: { ...options, insertShare: 1 } }));
    const texts = report.best.sentences.map(({ content }) => content);
    expect(texts).toHaveLength(4);
    expect(texts.filter((text) => userPrompt.includes(text))).toHaveLength(3);
  });
});

describe('the minibatch gate', () => {
  it('drops a useless rewrite after a few failures, before all of them are asked', async () => {
    const script: Script = (request) =>
      request.purpose === 'answer'
        ? answerByLevel(request)
        : `<sentence>Please consider the question number ${request.seed} with patience.</sentence>`;
    const finished = await finish(setup(script, { options: { ...options, screen: 2 } }));
    const asked = eventsOf(finished, 'evaluation-started').filter(({ why }) => why.includes('new wording'));
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ why }) => why))).toEqual(new Set(['A new wording on a few examples first']));
    const ends = eventsOf(finished, 'evaluation-finished').map(({ evaluation }) => evaluation);
    // Two failures were not solved: the two right answers need not be asked any more.
    expect(ends.filter(({ planned }) => planned === 4).every((end) => end.asked === 2)).toBe(true);
  });

  it('lets a good rewrite pass', async () => {
    const script = withCritique('');
    const { report } = await finish(setup(script, { options: { ...options, screen: 2 } }));
    expect(report.bestText).toContain('level 15');
  });
});

describe('two near misses', () => {
  /** Items 0, 3, 6, … need the word alpha, items 1, 4, 7, … beta; nothing helps with the rest. */
  const twoRules: Script = (request) => {
    if (request.purpose === 'propose') {
      return request.prompt.includes('>> First')
        ? '<sentence>First of all consider alpha in every case.</sentence>'
        : '<sentence>Second of all consider beta in every case.</sentence>';
    }
    const item = Number(/item (\d+)/.exec(request.prompt)?.[1]);
    const rule = ['alpha', 'beta', 'gamma'][item % 3] ?? '';
    const isRight = request.system.includes(rule);
    return `Answer: ${isRight === (item % 2 === 0) ? 'Yes' : 'No'}`;
  };
  const start = 'First you read what is asked here. Second you think about what is given here.';
  const demanding = { ...options, attempts: 8, validationGain: 0.5, failureShare: 0.1 };
  const run = (merge: boolean) =>
    finish(
      setup(twoRules, {
        userPrompt: start,
        splits: tinySplits(12, 30, 10),
        options: { ...demanding, merge },
      }),
    );

  it('are not enough one by one', async () => {
    // Each solves a third of the validation examples, and half of them is asked for.
    expect((await run(false)).report.bestText).toBe(start);
  });

  it('pass together, with no call of the optimizer model for it', async () => {
    const merged = await run(true);
    expect(merged.report.bestText).toBe(
      'First of all consider alpha in every case. Second of all consider beta in every case.',
    );
    expect(merged.report.best.origin.operation).toBe('merge');
    const proposals = eventsOf(merged, 'proposing').length;
    expect(merged.report.spent.optimizerCalls).toBe(proposals);
  });
});
