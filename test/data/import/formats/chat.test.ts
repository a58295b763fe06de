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
});
