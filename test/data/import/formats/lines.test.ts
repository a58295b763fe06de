/** Texts in lines that are no plain tables, or hardly tell that they are some. */
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, failureOf, fileOf, grid, importPairs } from '../help.ts';

const read = (text: string) => readTable(fileOf('data.csv', text));

describe('cells with a space after the separator', () => {
  it.each([
    [
      'labels',
      'great film, good\nawful plot, bad\nnice cast, good\nbad sound, bad\n',
      ['great film', 'good'],
    ],
    ['short answers', 'What is the capital?, Paris\nWho was it?, Ann\n', ['What is the capital?', 'Paris']],
    ['single words', 'fig: fruit\nleek: green\nbean: green\npear: fruit\n', ['fig', 'fruit']],
  ])('are told from prose: %s', async (_, text, [input, target]) => {
    const { dataset } = build(await read(text));
    expect(dataset.examples[0]).toMatchObject({ input, target });
  });

  it('are parted by the mark that never stands in a sentence', async () => {
    const rows = ['ham', 'spam'].map((label) => `${label}\tGo there, says number one`);
    expect(await importPairs('t', rows.join('\n'))).toContainEqual(['Go there, says number one', 'ham']);
    const text =
      'texte;étiquette\nIl est bon, vraiment;oui\nIl est long, hélas;non\nIl est beau, enfin;oui\nIl est nul, oui;non\n';
    expect((await read(text)).columns).toEqual(['texte', 'étiquette']);
  });

  it('are parted by tabs although a sentence begins with what is a name elsewhere', async () => {
    const text = 'Go away!\t5\nNo, no pictures. 1\t4\nWell, it is, then\t2\nI see\t5\n';
    expect(await importPairs('t', text)).toContainEqual(['Well, it is, then', '2']);
  });

  it('may end with a sign and a label', async () => {
    const rows = ['good', 'bad', 'good', 'bad'].map((label, n) => `Profit rose to ${n} , it said .@${label}`);
    expect((await importPairs('t', rows.join('\n')))[0]).toEqual(['Profit rose to 0 , it said .', 'good']);
  });
});

describe('other texts in lines', () => {
  it('have the label in front, as fastText wants it', async () => {
    const rows = [
      '__label__a one',
      '__label__b two',
      '__label__c __label__d three, or so',
      '__label__a four',
    ];
    const table = await read(`${rows.join('\n')}\n\noops\n`);
    expect(grid(table).slice(1, 3)).toEqual([
      ['two', 'b'],
      ['three, or so', 'c d'],
    ]);
    expect(table.problems).toMatchObject([{ row: 6, field: 'label' }]);
  });

  it('are questions and answers in turns', async () => {
    const text = 'Q: Why?\nIs it so?\nA: so\n\nQ: How?\nA: thus\n';
    expect(await importPairs('t', text)).toEqual([
      ['Why?\nIs it so?', 'so'],
      ['How?', 'thus'],
    ]);
    expect(await importPairs('t', text.replaceAll('Q:', 'Input:').replaceAll('A:', 'Label:'))).toHaveLength(
      2,
    );
  });

  it('are a configuration, not a table parted by colons', async () => {
    const failure = await failureOf(read('model:\n  name: x\n  heat: 0.1\nout: y\n'));
    expect(failure.message).toMatch(/holds an object without a list of examples/);
    expect(await importPairs('t', 'by: Ann\nitems:\n  - question: Why?\n    answer: so\n')).toEqual([
      ['Why?', 'so'],
    ]);
  });

  it('are an instruction with headings and items, which only looks like YAML', async () => {
    const text = 'Task: sort the mail\n\nRules:\n  - one of `low`, `high`\n  - no "other": words\n';
    expect((await read(text)).columns).toHaveLength(1);
  });

  it('only say where the data is', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
    expect((await failureOf(read(pointer))).message).toMatch(/Download the file itself/);
  });
});
