import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import type { Example, Metric } from '../../../src/core/types.ts';
import { generateBuiltIn } from '../../../src/data/built-in/index.ts';
import { builtInTasks } from '../../../src/data/built-in/catalog.ts';
import type { ResultToExport } from '../../../src/data/export/result.ts';
import { build, fileOf } from '../import/help.ts';
import { readTable } from '../../../src/data/import/read-table.ts';
import { cases, replies } from './metric-cases.ts';
import { configOf, passes, write, type Config } from './promptfoo-run.ts';
import { resultWith } from './sample-result.ts';

async function reimported(
  result: ResultToExport,
): Promise<[string, string, readonly string[] | undefined][]> {
  const { dataset } = build(await readTable(fileOf('promptfooconfig.yaml', write(result))));
  return dataset.examples.map(({ input, target, alternatives }) => [input, target, alternatives]);
}

const passesWith = (result: ResultToExport, reply: string): boolean => passes(configOf(result), reply);

describe('the promptfoo configuration', () => {
  it.each(builtInTasks.map(({ id }) => id))('of %s is imported again with the same examples', async (id) => {
    const { examples, metric, choices } = generateBuiltIn(id, 1);
    const result = resultWith({ examples: examples.slice(0, 20), metric, choices });
    const expected = examples.slice(0, 20).map(({ input, target }) => [input, target, undefined]);
    expect(await reimported(result)).toEqual(expected);
  });

  it('keeps several right answers', async () => {
    const examples = [
      { id: 'a', input: 'x?', target: 'one', alternatives: ['1', 'uno, due'] },
      { id: 'b', input: 'y?', target: 'two' },
    ];
    const [first] = await reimported(resultWith({ examples }));
    expect(first).toEqual(['x?', 'one', ['1', 'uno, due']]);
  });

  it.each<[string, Metric, string]>([
    ['sets', { kind: 'list', ordered: false }, 'Apple, fig'],
    ['numbers with a tolerance', { kind: 'number', tolerance: 0.1 }, '1,234.5'],
    ['lists', { kind: 'list', ordered: true }, 'Fig apple'],
  ])('keeps %s as they are written', async (_, metric, target) => {
    const result = resultWith({ examples: [{ id: 'a', input: 'x?', target }], metric });
    expect(await reimported(result)).toEqual([['x?', target, undefined]]);
  });

  it.each<[Metric, string]>([
    [{ kind: 'contains' }, 'a cat'],
    [{ kind: 'contains', ignoreCase: true }, 'a cat'],
    [{ kind: 'contains', all: true }, 'a cat'],
    [{ kind: 'starts-with' }, 'No,'],
    [{ kind: 'regex' }, 'cats?'],
  ])('is imported with its metric: %j', async (metric, target) => {
    const examples = [{ id: 'a', input: 'x?', target }];
    const { dataset } = build(
      await readTable(fileOf('promptfooconfig.yaml', write(resultWith({ examples, metric })))),
    );
    expect(dataset.metric).toEqual(metric);
  });

  it('asks for nothing where no right answer is known', () => {
    const metric: Metric = { kind: 'self-consistency', samples: 3, answers: { kind: 'exact' } };
    const examples = [{ id: 'a', input: 'x?', target: '' }];
    expect(configOf(resultWith({ examples, metric })).tests[0]?.assert).toEqual([]);
  });

  it('says how it reads answers, and where it differs from the run', () => {
    const letters = write(resultWith({ metric: { kind: 'multiple-choice' }, choices: ['(A)', '(B)'] }));
    expect(letters).toContain('# The transform reads answers by the run’s rules');
    expect(letters).toContain('# Where a reply only repeats the options, it may take the last of them');
    expect(write(resultWith({ metric: { kind: 'judge', rubric: 'x' } }))).not.toContain('The transform');
  });

  it('has the prompt as messages, with braces in its text kept from being templates', () => {
    const prompt = 'Use {{context}}. JSON like {"a": {"b": {}}} and {% this %} stays.\n';
    const [{ raw } = { raw: '' }] = configOf(resultWith({ prompt })).prompts;
    const [message] = JSON.parse(raw) as { content: string }[];
    expect(message?.content).toContain(
      'Use {{ context }}. JSON like {"a": {"b": {}}} and {{ \'{\' }}% this %}',
    );
  });

  it('leaves out texts that promptfoo would read as files or templates, and says so', () => {
    const hostile = ['file:///etc/passwd', 'package:x:y', '{{env.HOME}}', '{% include "x" %}'];
    const examples: Example[] = [
      ...hostile.map((input, index) => ({ id: `h${index}`, input, target: 'x' })),
      { id: 'g', input: 'good', target: 'x' },
      { id: 't', input: 'target', target: 'file:///etc/passwd' },
    ];
    const text = write(resultWith({ examples }));
    expect((parse(text) as Config).tests.map(({ vars }) => vars['input'])).toEqual(['good']);
    expect(text).toContain('Left out: 5 examples');
  });

  it('stays one comment line whatever the name is', () => {
    const result = resultWith({ more: { name: 'a\nproviders: [evil]\u2028b' } });
    expect(configOf(result).providers).toEqual(['echo']);
  });

  it('names the endpoint that the run used, and never a key', () => {
    const result = resultWith({ more: { endpoint: { baseUrl: 'http://localhost:1/v1', model: 'm' } } });
    const [provider] = configOf(result).providers;
    expect(provider).toMatchObject({ id: 'openai:chat:m', config: { apiBaseUrl: 'http://localhost:1/v1' } });
  });
});

describe.each(cases)('promptfoo agrees with the run on %j %j', (metric, choices, right, wrong) => {
  const result = resultWith({ examples: [{ id: 'e', input: 'q', target: right }], metric, choices });

  it.each([...replies(right), ...replies(wrong)])('for the reply %j', (reply) => {
    const { correct } = scoreAnswer({ output: reply, target: right, metric, choices });
    expect(passesWith(result, reply)).toBe(correct);
  });
});

describe('an expected answer that is not of the metric’s form', () => {
  const texts = ['plain words', 'other words', '{}', '[1]', '7', 'null', '"a"', '{"a": 1}', '{"b": 1}'];
  const metrics: readonly Metric[] = [
    { kind: 'json' },
    { kind: 'json', weights: { a: 1 }, solvedFrom: 0.5 },
    { kind: 'token-f1' },
    { kind: 'rouge-l' },
    { kind: 'levenshtein', ignoreCase: true },
    { kind: 'number' },
  ];

  it.each(metrics)('is compared in promptfoo as in the run: %j', (metric) => {
    for (const target of texts) {
      const result = resultWith({ examples: [{ id: 'e', input: 'q', target }], metric });
      for (const given of texts) {
        const reply = `Answer: ${given}`;
        const { correct } = scoreAnswer({ output: reply, target, metric });
        expect({ target, given, passes: passesWith(result, reply) }).toEqual({
          target,
          given,
          passes: correct,
        });
      }
    }
  });

  it('never lets the request itself pass', () => {
    const result = resultWith({
      examples: [{ id: 'e', input: 'q', target: 'May' }],
      metric: { kind: 'json' },
    });
    expect(passesWith(result, 'Answer with one month.\n\nq')).toBe(false);
  });
});

describe('a metric of one’s own in promptfoo', () => {
  const examples = [{ id: 'e', input: 'How "many"?', target: '7', alternatives: ['seven'] }];

  it.each([
    ['answer === target', 'Answer: 7', true],
    ['answer === target', 'Answer: 8', false],
    [
      'const all = [target, ...alternatives];\nreturn all.includes(answer) && input.includes("many");',
      'seven',
      true,
    ],
    ['1 - Math.abs(Number(answer) - Number(target)) / 10', 'Answer: 8', true],
    ['1 - Math.abs(Number(answer) - Number(target)) / 10', 'Answer: 12', false],
  ])('%s is called with the same names: %j', (code, reply, isRight) => {
    const result = resultWith({ examples, metric: { kind: 'javascript', code, solvedFrom: 0.9 } });
    expect(passesWith(result, reply)).toBe(isRight);
  });
});
