import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, fileOf } from '../help.ts';

const chat = (...turns: [string, unknown][]) => ({
  messages: turns.map(([role, content]) => ({ role, content })),
});
const read = (values: readonly unknown[]) =>
  readTable(fileOf('chat.jsonl', values.map((value) => JSON.stringify(value)).join('\n')));

describe('conversations', () => {
  it('takes the last reply as the target and the shared system text as the description', async () => {
    const { dataset } = build(
      await read([
        chat(['system', 'Be brief.'], ['user', '1+1'], ['assistant', '2']),
        chat(['system', 'Be brief.'], ['user', '2+2'], ['assistant', '4']),
      ]),
    );
    expect(dataset.description).toBe('Be brief.');
    expect(dataset.examples).toMatchObject([
      { input: '1+1', target: '2' },
      { input: '2+2', target: '4' },
    ]);
  });

  it('keeps earlier turns in the input, with their speakers', async () => {
    const { dataset } = build(
      await read([chat(['user', 'Hi'], ['assistant', 'Hello'], ['user', '1+1'], ['assistant', '2'])]),
    );
    expect(dataset.examples).toMatchObject([
      { input: 'User: Hi\n\nAssistant: Hello\n\nUser: 1+1', target: '2' },
    ]);
  });

  it('reads text parts, ShareGPT, and evals with an ideal answer', async () => {
    const first = await read([chat(['user', [{ type: 'text', text: 'a' }]], ['assistant', 'b'])]);
    const second = await read([
      {
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'gpt', value: 'b' },
        ],
      },
      chat(['user', 'x'], ['assistant', 'y']),
    ]);
    const third = await read(
      [1, 2].map((n) => ({ input: [{ role: 'user', content: `a${n}` }], ideal: ['b', 'c'] })),
    );
    expect(build(first).dataset.examples).toMatchObject([{ input: 'a', target: 'b' }]);
    expect(build(second).dataset.examples).toMatchObject([{ input: 'a', target: 'b' }, {}]);
    expect(build(third).dataset.examples).toMatchObject([
      { input: 'a1', target: 'b', alternatives: ['c'] },
      {},
    ]);
  });

  it('names the line whose conversation has no reply', async () => {
    const table = await read([chat(['user', 'a'], ['assistant', 'b']), chat(['user', 'a'])]);
    expect(() => build(table, 'stop')).toThrow(
      /“chat\.jsonl”, row 2, column “messages”: Expected a reply of the assistant/,
    );
  });

  it.each<[string, unknown, readonly [string, string]]>([
    [
      "Gemini's contents",
      {
        contents: [
          { role: 'user', parts: [{ text: 'a' }] },
          { role: 'model', parts: [{ text: 'b' }] },
        ],
      },
      ['a', 'b'],
    ],
    [
      "Cohere's roles",
      {
        messages: [
          { role: 'User', content: 'a' },
          { role: 'Chatbot', content: 'b' },
        ],
      },
      ['a', 'b'],
    ],
    [
      'a prompt and its completion',
      { prompt: [{ role: 'user', content: 'a' }], completion: [{ role: 'assistant', content: 'b' }] },
      ['a', 'b'],
    ],
    [
      'the better of two replies',
      {
        input: { messages: [{ role: 'user', content: 'a' }] },
        preferred_output: [{ role: 'assistant', content: 'b' }],
        non_preferred_output: [{ role: 'assistant', content: 'x' }],
      },
      ['a', 'b'],
    ],
    [
      'a whole conversation that was chosen',
      {
        prompt: 'a',
        chosen: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
        rejected: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'x' },
        ],
      },
      ['a', 'b'],
    ],
    [
      'a text that names its speakers',
      { chosen: '\n\nHuman: a\n\nAssistant: b', rejected: '\n\nHuman: a\n\nAssistant: x' },
      ['a', 'b'],
    ],
    ['the first of several turns', { turns: ['a', 'and then?'], reference: ['b', 'c'] }, ['a', 'b']],
  ])('reads %s', async (_, record, [input, target]) => {
    expect(build(await read([record, record])).dataset.examples).toMatchObject([{ input, target }]);
  });

  it('takes what is said to the system beside the messages', async () => {
    const systemInstruction = { parts: [{ text: 'Be brief.' }] };
    const contents = chat(['user', 'a'], ['model', 'b']).messages;
    const shared = build(
      await read([
        { systemInstruction, contents },
        { systemInstruction, contents },
      ]),
    );
    expect(shared.dataset.description).toBe('Be brief.');
    const own = ['Be brief.', 'Be kind.'].map((system) => ({
      system,
      ...chat(['user', 'a'], ['assistant', 'b']),
    }));
    expect(build(await read(own)).dataset.examples).toMatchObject([
      { input: 'system: Be brief.\ninput: a' },
      { input: 'system: Be kind.\ninput: a' },
    ]);
  });

  it('asks what is said to the system where nobody else asks', async () => {
    const records = ['a', 'c'].map((content) => ({ input: [{ role: 'system', content }], ideal: 'b' }));
    expect(build(await read(records), 'stop').dataset.examples).toMatchObject([
      { input: 'a', target: 'b' },
      { input: 'c', target: 'b' },
    ]);
  });

  it('takes a list of turns for worked examples', async () => {
    const turns = chat(['user', 'a'], ['assistant', 'b'], ['user', 'c'], ['assistant', 'd']).messages;
    const table = await readTable(fileOf('shots.json', JSON.stringify(turns)));
    expect(build(table).dataset.examples).toMatchObject([
      { input: 'a', target: 'b' },
      { input: 'c', target: 'd' },
    ]);
  });

  it('takes every reply of a log of sessions, with what was said before it', async () => {
    const say = (session_id: string, role: string, message: string) => ({ session_id, role, message });
    const log = [
      say('s', 'user', 'a'),
      say('s', 'assistant', 'b'),
      say('s', 'user', 'c'),
      say('s', 'assistant', 'd'),
      say('t', 'user', 'e'),
      say('t', 'assistant', 'f'),
    ];
    expect(build(await read(log)).dataset.examples).toMatchObject([
      { input: 'a', target: 'b' },
      { input: 'User: a\n\nAssistant: b\n\nUser: c', target: 'd' },
      { input: 'e', target: 'f' },
    ]);
  });

  it('is a question alone where only few are answered', async () => {
    const asked = ['a', 'c', 'd'].map((text) => chat(['user', text]));
    const { dataset, skipped } = build(await read([...asked, chat(['user', 'e'], ['assistant', 'f'])]));
    expect(skipped).toEqual([]);
    expect(dataset.examples.map(({ input, target }) => input + target)).toEqual(['a', 'c', 'd', 'e']);
  });

  it('is found in the cells of a table', async () => {
    const cell = (text: string): string =>
      `"${JSON.stringify(chat(['user', text], ['assistant', 'b']).messages).replaceAll('"', '""')}"`;
    const table = await readTable(fileOf('t.csv', `id,messages\n1,${cell('a')}\n2,${cell('c')}\n`));
    expect(build(table).dataset.examples).toMatchObject([
      { id: '1', input: 'a', target: 'b' },
      { input: 'c' },
    ]);
    const labelled = ['a', 'c'].map((text, n) => `${JSON.stringify(chat(['user', text]).messages)}\t${n}`);
    const tabs = await readTable(fileOf('t.tsv', `${labelled.join('\n')}\n`));
    expect(build(tabs).dataset.examples).toMatchObject([{ input: 'a', target: '0' }, { input: 'c' }]);
  });
});
