import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, fileOf } from '../help.ts';

const importOf = async (value: unknown) => build(await readTable(fileOf('task.json', JSON.stringify(value))));

describe('BIG-bench tasks', () => {
  it('shows the prefix, without which the inputs mean nothing, and keeps the description', async () => {
    const { dataset } = await importOf({
      description: 'About a table',
      task_prefix: 'Louis is 7.',
      append_choices_to_input: false,
      examples: [{ input: 'How old is Louis?', target_scores: { '7': 1, '9': 0 } }],
    });
    expect(dataset.description).toBe('About a table');
    expect(dataset.examples).toMatchObject([{ input: 'Louis is 7.\nHow old is Louis?', target: '7' }]);
  });

  it('lists the choices unless the task says no', async () => {
    const { dataset } = await importOf({ examples: [{ input: 'Red?', target_scores: { Yes: 0, No: 1 } }] });
    expect(dataset.examples).toMatchObject([{ input: 'Red?\nOptions:\n- Yes\n- No', target: 'No' }]);
  });

  it('counts every target of a list, and every choice with the highest score', async () => {
    const { dataset } = await importOf({
      preferred_score: 'exact_str_match',
      append_choices_to_input: false,
      examples: [
        { input: 'a', target: ['x', 'y'] },
        { input: 'b', target_scores: { p: 0.5, q: 1, r: 1 } },
      ],
    });
    expect(dataset.examples).toMatchObject([
      { target: 'x', alternatives: ['y'] },
      { target: 'q', alternatives: ['r'] },
    ]);
  });

  it('takes the best choice where the target beside it gives reasons', async () => {
    const { dataset } = await importOf({
      examples: [{ input: 'a', target: 'Yes. It is so because it is.', target_scores: { Yes: 1, No: 0 } }],
    });
    expect(dataset.examples[0]).toMatchObject({ target: 'Yes' });
    expect(dataset.metric).toMatchObject({ kind: 'yes-no' });
  });

  it('names the example that has no right answer', async () => {
    const table = await readTable(
      fileOf(
        'task.json',
        JSON.stringify({
          examples: [
            { input: 'a', target_scores: { x: 1 } },
            { input: 'b', target_scores: { x: 0 } },
          ],
        }),
      ),
    );
    expect(() => build(table, 'stop')).toThrow(
      /“task\.json”, row 2, column “target”: Expected “target”, or “target_scores”/,
    );
  });
});

describe('instruction-induction tasks', () => {
  it('takes the further outputs as right answers', async () => {
    const { dataset } = await importOf({
      metadata: { num_examples: 1 },
      examples: { '1': { input: 'a', output: 'no', possible_outputs: ['no', 'false'] } },
    });
    expect(dataset.examples).toMatchObject([{ input: 'a', target: 'no', alternatives: ['false'] }]);
  });

  it('finds the two sides where they are named by the task', async () => {
    const { dataset } = await importOf({
      examples: {
        '1': { informal: "What's up?", formal: 'How are you doing?' },
        '2': { informal: 'As soon as you can.', formal: 'At your earliest convenience.' },
      },
    });
    expect(dataset.examples).toMatchObject([{ input: "What's up?", target: 'How are you doing?' }, {}]);
  });

  it('names the example by its number in the file', async () => {
    const table = await readTable(
      fileOf(
        'task.json',
        JSON.stringify({ examples: { '4': { input: 'a', output: 'b' }, '9': { input: 'c', output: '' } } }),
      ),
    );
    expect(() => build(table, 'stop')).toThrow(/“task\.json”, row 9, column “output”: The cell is empty/);
  });
});
