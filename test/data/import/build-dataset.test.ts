import { describe, expect, it } from 'vitest';
import { previewImport } from '../../../src/data/import/preview.ts';
import { readTable } from '../../../src/data/import/read-table.ts';
import { build, fileOf, mappingOf } from './help.ts';

const read = (text: string) => readTable(fileOf('data.csv', text));

describe('building a dataset', () => {
  it('drops rows that are there already, and counts them', async () => {
    const { dataset, duplicates } = build(await read('q,answer\na,1\nb,2\na,1\na,1\n'));
    expect(dataset.examples).toHaveLength(2);
    expect(duplicates).toBe(2);
  });

  it('reports the same input with different answers, and keeps both', async () => {
    const { dataset, conflicts } = build(await read('q,answer\na,1\nb,2\na,3\n'));
    expect(dataset.examples).toHaveLength(3);
    expect(conflicts).toEqual([{ input: 'a', rows: [2, 4], targets: ['1', '3'] }]);
  });

  it('stays fast and right when a wrong column makes all inputs equal', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `same,${i % 20_000}`);
    const { duplicates, conflicts } = build(await read(`question,answer\n${rows.join('\n')}\n`));
    expect(duplicates).toBe(20_000);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]?.targets).toHaveLength(20_000);
  });

  it('gives the same ids for the same file, and other ids for changed rows', async () => {
    const ids = async (text: string) => build(await read(text)).dataset.examples.map(({ id }) => id);
    const first = await ids('q,answer\na,1\nb,2\n');
    expect(await ids('q,answer\na,1\nb,2\n')).toEqual(first);
    const second = await ids('q,answer\na,1\nb,3\n');
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
  });

  it('takes the ids of the file', async () => {
    const { dataset } = build(await read('id,question,answer\nn1,a,1\nn2,b,2\n'));
    expect(dataset.examples.map(({ id }) => id)).toEqual(['n1', 'n2']);
  });

  it('infers how answers are compared and which labels there are', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `text ${i},${i % 2 === 0 ? 'spam' : 'ham'}`);
    const { dataset } = build(await read(`text,label\n${rows.join('\n')}\n`));
    expect(dataset).toMatchObject({ metric: { kind: 'label' }, choices: ['ham', 'spam'] });
  });

  it('fills a template with several columns and leaves out the lines that stay empty', async () => {
    const table = await read('context,question,answer\nIt rains.,Wet?,yes\n,Dry?,no\n');
    const { dataset } = build(table);
    expect(dataset.examples.map(({ input }) => input)).toEqual([
      'context: It rains.\nquestion: Wet?',
      'question: Dry?',
    ]);
  });

  it('keeps the other columns for prompts with placeholders, but never the answer', async () => {
    const { dataset } = build(await read('topic,question,answer\nsums,1+1,2\n'));
    expect(dataset.examples[0]?.fields).toEqual({ topic: 'sums', question: '1+1' });
  });

  it('says which columns there are when the mapping names another', async () => {
    const table = await read('question,answer\na,1\n');
    const wrong = { ...mappingOf(table), target: 'label' };
    expect(() => build(table, 'skip', wrong)).toThrow(
      /“data\.csv” has no column “label”\. Choose one of: question, answer/,
    );
    expect(() => build(table, 'skip', { ...mappingOf(table), input: 'Hello' })).toThrow(
      /choose at least one column/,
    );
  });

  it('stops when no row at all can be used', async () => {
    const table = await read('question,answer\na,\nb,\n');
    const mapping = { ...mappingOf(await read('question,answer\na,1\n')) };
    expect(() => build(table, 'skip', mapping)).toThrow(/“data\.csv”, row 2, column “answer”: .* \(1 more/);
  });

  it('survives a structured clone, as storing and messaging need', async () => {
    const { dataset } = build(await read('constructor,question,answer\nx,1+1,2\n'));
    expect(structuredClone(dataset)).toEqual(dataset);
  });
});

describe('the preview', () => {
  it('shows the first rows, all counts, the guess and the problems', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `q${i},${i}`);
    const preview = previewImport(await read(`question,answer\n${rows.join('\n')}\nx,y,z\n`));
    expect(preview).toMatchObject({
      format: 'csv',
      rowCount: 30,
      columns: ['question', 'answer'],
      problems: [{ row: 32 }],
    });
    expect(preview.rows).toHaveLength(20);
    expect(preview.mapping).toMatchObject({ input: '{{question}}', target: 'answer' });
  });
});
