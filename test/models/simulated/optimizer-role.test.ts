import { describe, expect, it } from 'vitest';
import { metaInstruction } from '../../../src/core/dual-phase/meta-instruction.ts';
import { rewriteMetaPrompt } from '../../../src/core/proposals/rewrite-meta-prompt.ts';
import type { RewriteParts } from '../../../src/core/proposals/rewrite-meta-prompt.ts';
import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';
import { demand, exemplarBlock, failureBlock } from '../../../src/core/proposals/meta-format.ts';
import type { FailureCase, Task } from '../../../src/core/types.ts';
import { generateBuiltIn } from '../../../src/data/built-in/index.ts';
import { coveredBy, isHarmful, sentencesOf } from '../../../src/models/simulated/coverage.ts';
import { worldOf } from '../../../src/models/simulated/world-of.ts';
import { proposal, simulatedFor } from './fixtures.ts';

const dataset = generateBuiltIn('dates', 1);
const world = worldOf(dataset);
const model = simulatedFor(dataset);
const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const task: Task = {
  name: 'Dates',
  metric: dataset.metric,
  choices: dataset.choices,
  answer: { maxTokens: 200, suffix: '', constrain: false },
};

/** Failures that miss the order of day and month, as the task model makes them. */
const failures: FailureCase[] = dataset.examples
  .filter(({ id }) => dataset.needs?.[id]?.needs.includes('day-first'))
  .slice(0, 3)
  .map(({ id, input, target }) => ({
    exampleId: id,
    input,
    expected: target,
    got: `Answer: ${dataset.needs?.[id]?.slips['day-first'] ?? ''}`,
    reason: 'wrong' as const,
  }));

function rewrite(target: string, more: Partial<RewriteParts> = {}): { system: string; prompt: string } {
  const sentences = splitPrompt(`Answer the question.\n${target}`);
  const marked = sentences.find(({ content }) => content === target);
  if (!marked) throw new Error('The target is not a sentence.');
  return rewriteMetaPrompt({
    sentences,
    target: marked,
    failures,
    broken: [],
    tried: [],
    hints: [],
    ...more,
  });
}

async function replies(
  asked: { system: string; prompt: string },
  more: Partial<CompletionRequest> = {},
): Promise<string[]> {
  const all = seeds.map((seed) =>
    model.complete(proposal(asked.prompt, seed, { system: asked.system, ...more })),
  );
  return (await Promise.all(all)).map(({ text }) => text);
}

const body = (text: string): string =>
  text.replace(/^[\s\S]*<(?:sentence|prompt|reason)>/, '').replace(/<\/\w+>$/, '');
const shareOf = (texts: readonly string[], fits: (text: string) => boolean): number =>
  texts.filter((text) => fits(body(text))).length / texts.length;
const names =
  (id: string) =>
  (text: string): boolean =>
    coveredBy(sentencesOf(text), world.facets).has(id);

describe('a rewritten sentence', () => {
  it('is of every kind: helpful, useless, harmful and broken', async () => {
    const texts = await replies(rewrite('Be careful.'));
    const broken = texts.filter(
      (text) => !text.includes('<sentence>') || /^(?:I'm sorry|As an AI|Could)/.test(text),
    );
    expect(shareOf(texts, names('day-first'))).toBeGreaterThan(0.2);
    expect(shareOf(texts, names('day-first'))).toBeLessThan(0.7);
    expect(shareOf(texts, isHarmful)).toBeGreaterThan(0.02);
    expect(shareOf(texts, isHarmful)).toBeLessThan(0.15);
    expect(broken.length / texts.length).toBeGreaterThan(0.03);
    expect(broken.length / texts.length).toBeLessThan(0.25);
    expect(shareOf(texts, (text) => coveredBy([text], world.facets).size === 0)).toBeGreaterThan(0.2);
  });

  it('names nothing that the shown cases do not need', async () => {
    const [easy] = failures.slice(0, 1);
    const input = dataset.examples.find(({ id }) => dataset.needs?.[id]?.needs.length === 0)?.input ?? '';
    const texts = await replies(rewrite('Be careful.', { failures: easy ? [{ ...easy, input }] : [] }));
    expect(shareOf(texts, (text) => coveredBy([text], world.facets).size > 0)).toBe(0);
  });

  it('does not name again what the prompt already states', async () => {
    const stated = 'In a date written with slashes the first number is the day.';
    const sentences = splitPrompt(`${stated} Be careful.`);
    const target = sentences.find(({ content }) => content === 'Be careful.');
    if (!target) throw new Error('The target is not a sentence.');
    const texts = await replies(
      rewriteMetaPrompt({ sentences, target, failures, broken: [], tried: [], hints: [] }),
    );
    expect(shareOf(texts, names('day-first'))).toBe(0);
  });

  it('mostly keeps what the sentence stated', async () => {
    const texts = await replies(rewrite('Mind leap years and month ends.'));
    const sound = texts.filter((text) => text.includes('<sentence>') && !isHarmful(body(text)));
    expect(shareOf(sound, names('calendar'))).toBeGreaterThan(0.7);
    expect(shareOf(sound, names('calendar'))).toBeLessThan(1);
  });

  it('is helped by a hint that names the point', async () => {
    const plain = shareOf(await replies(rewrite('Be careful.')), names('day-first'));
    const hinted = await replies(
      rewrite('Be careful.', { hints: ['The first number is the day in these notes.'] }),
    );
    expect(shareOf(hinted, names('day-first'))).toBeGreaterThan(plain + 0.1);
  });

  it('turns away from what was tried', async () => {
    const both = failures.map((failure) => {
      const found = dataset.examples.find(({ id }) => {
        const needs = dataset.needs?.[id]?.needs ?? [];
        return needs.includes('day-first') && needs.includes('calendar') && id !== failure.exampleId;
      });
      return { ...failure, input: found?.input ?? '' };
    });
    const plain = shareOf(await replies(rewrite('Be careful.', { failures: both })), names('day-first'));
    const tried = [{ text: 'Dates in notes are written as day, month, year.', solved: 0 }];
    const after = await replies(rewrite('Be careful.', { failures: both, tried }));
    expect(shareOf(after, names('day-first'))).toBeLessThan(plain - 0.05);
  });
});

describe('a whole prompt', () => {
  it('is a draft under the five headings when exemplars are shown', async () => {
    const texts = await replies(metaInstruction(task, dataset.examples.slice(0, 4)), { temperature: 0.8 });
    const whole = texts.filter((text) => text.includes('</prompt>')).map(body);
    const drafts = whole.filter((text) => text.startsWith('###'));
    expect(drafts.length).toBeGreaterThan(0.7 * texts.length);
    for (const text of drafts) expect(text.match(/^###.+###$/gm)).toHaveLength(5);
    expect(shareOf(drafts, names('format'))).toBeGreaterThan(0.4);
    expect(shareOf(drafts, names('day-first'))).toBeLessThan(0.25);
  });

  it('keeps most of a prompt that is shown', async () => {
    const current = ['Answer with only the letter of the right option.', 'Mind leap years.', 'Stay calm.'];
    const prompt = [
      'This is the current prompt:',
      ...current,
      '',
      'It fails on these inputs:',
      failureBlock(failures),
      '',
      demand('Write an improved prompt.', 'prompt'),
    ].join('\n');
    const texts = (await replies({ system: '', prompt })).filter((text) => text.includes('</prompt>'));
    expect(shareOf(texts, names('format'))).toBeGreaterThan(0.75);
    expect(shareOf(texts, names('day-first'))).toBeGreaterThan(0.2);
  });
});

describe('a paraphrase', () => {
  const current = [
    '###Output###',
    'Answer with only the letter of the right option.',
    '',
    'Mind leap years. Stay calm.',
  ];
  const asked = {
    system: '',
    prompt: [
      'This is an instruction for a language model:',
      ...current,
      '',
      'Rewrite it in other words. Keep its meaning: leave no rule out and add none.',
      demand('Write the reworded instruction now.', 'prompt'),
    ].join('\n'),
  };

  it('keeps the rules, adds none, and changes some words', async () => {
    const texts = (await replies(asked)).filter((text) => text.includes('</prompt>')).map(body);
    const sound = texts.filter((text) => text.startsWith('###') && !isHarmful(text));
    expect(shareOf(sound, names('format'))).toBeGreaterThan(0.8);
    expect(shareOf(sound, names('calendar'))).toBeGreaterThan(0.8);
    expect(shareOf(sound, names('day-first'))).toBe(0);
    expect(new Set(sound).size).toBeGreaterThan(5);
    expect(shareOf(sound, (text) => /reworded|Rewrite|Reply with/.test(text))).toBe(0);
  });
});

describe('a reason', () => {
  it('names a cause that the failures share, or nothing of use', async () => {
    const prompt = `These cases went wrong:\n${failureBlock(failures)}\n\n${demand('Why?', 'reason')}`;
    const texts = await replies({ system: '', prompt });
    expect(shareOf(texts, names('day-first'))).toBeGreaterThan(0.25);
    expect(shareOf(texts, names('day-first'))).toBeLessThan(0.8);
  });
});

describe('the optimizer model', () => {
  it('cannot know who asks: the same text and seed give the same reply', async () => {
    const asked = rewrite('Be careful.');
    expect(await replies(asked)).toEqual(await replies({ ...asked }));
  });

  it('knows nothing of examples that are not shown', async () => {
    const strangers = exemplarBlock([{ id: 'x', input: 'What is the capital of Peru?', target: 'Lima' }]);
    const texts = await replies({
      system: '',
      prompt: `${strangers}\n\n${demand('Write a prompt.', 'prompt')}`,
    });
    expect(shareOf(texts, (text) => coveredBy(sentencesOf(text), world.facets).size > 0)).toBe(0);
  });
});

describe('a cause with the number of a sentence', () => {
  const asked = (prompt: string) => ({
    system: '',
    prompt: [
      'These are the sentences of an instruction:',
      ...prompt.split('\n').map((line, index) => `[${index + 1}] ${line}`),
      '',
      'A model that follows the instruction still gets these inputs wrong:',
      failureBlock(failures),
      '',
      'Say what is wrong, and end with the number of the sentence in square brackets.',
      demand('Write the cause and the number now.', 'reason'),
    ].join('\n'),
  });
  const numberIn = (text: string): string | undefined => /\[(\d+)\]/.exec(text)?.[1];

  it('blames a sentence that does harm more often than any other', async () => {
    const texts = await replies(asked('Read the dates.\nGuess when several answers seem possible.\nAnswer.'));
    expect(shareOf(texts, (text) => numberIn(text) === '2')).toBeGreaterThan(0.4);
  });

  it('names a missing rule and blames no sentence, or one that says nothing', async () => {
    const texts = await replies(asked('Be careful.'));
    const named = texts.filter((text) => names('day-first')(body(text)));
    expect(named.length).toBeGreaterThan(0.3 * texts.length);
    expect(new Set(named.map(numberIn))).toEqual(new Set(['0', '1']));
  });
});
