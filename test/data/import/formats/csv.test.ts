import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, failureOf, fileOf, grid, importPairs } from '../help.ts';

const read = (text: string) => readTable(fileOf('data.csv', text));

describe('delimited text', () => {
  it('keeps separators, quotation marks and line breaks inside cells', async () => {
    const text = 'question,answer\r\n"a, ""b""\nc",1\r\nplain,2\r\n';
    expect(await importPairs('data.csv', text)).toEqual([
      ['a, "b"\nc', '1'],
      ['plain', '2'],
    ]);
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
    ['carets', '^'],
  ])('finds the separator: %s', async (_, separator) => {
    const rows = [
      ['text', 'label'],
      ['One, two: three, four', 'a'],
      ['no comma here', 'b'],
      ['a, b, c, d', 'a'],
    ];
    const table = await read(Papa.unparse(rows, { delimiter: separator }));
    expect(table.columns).toEqual(['text', 'label']);
    expect(grid(table)).toEqual(rows.slice(1));
  });

  it('is not misled by the commas of prose in a file with tabs', async () => {
    const table = await read('Well, this, is\tone\nA, b, c\ttwo\nNo commas at all\tone\n');
    expect(table.columns).toHaveLength(2);
    expect(table.rows).toHaveLength(3);
  });

  it('reads a file without a header as one', async () => {
    const pairs = await importPairs(
      'data.csv',
      'I liked it.,positive\nI hated it.,negative\nFine.,positive\n',
    );
    expect(pairs).toContainEqual(['I liked it.', 'positive']);
    expect(pairs).toHaveLength(3);
  });

  it('takes the word of the person about the header', async () => {
    const file = fileOf('data.csv', 'question,answer\n1+1,2\n');
    expect((await readTable(file, { header: false })).rows).toHaveLength(2);
    expect((await readTable(file, { header: true })).rows).toHaveLength(1);
  });

  it('ignores a byte order mark, blank lines, and blank cells at the end of rows', async () => {
    expect(await importPairs('data.csv', '\uFEFFinput,target,,\n\n1+1,2,,\n2+2,4\n\n')).toEqual([
      ['1+1', '2'],
      ['2+2', '4'],
    ]);
  });

  it('numbers rows as a spreadsheet does', async () => {
    const table = await read('input,target\n"two\nlines",1\n\nx,2\n');
    expect(table.rows.map(({ number }) => number)).toEqual([2, 4]);
  });

  it.each([
    [
      'UTF-16, little endian',
      (text: string) =>
        new Uint8Array([
          0xff,
          0xfe,
          ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer),
        ]),
    ],
    ['Windows-1252', (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))],
  ])('reads %s', async (_, encode) => {
    expect(await importPairs('data.csv', encode('input,target\ncafé,è\n'))).toEqual([['café', 'è']]);
  });

  it('gives back any cells that were written', { timeout: 30_000 }, async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\t', ' ', '|', '😀'),
      maxLength: 12,
    });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (cells, delimiter) => {
        const filled = cells.filter((row) => row.some((text) => text.trim() !== ''));
        fc.pre(filled.length > 0);
        // CR LF between rows, as the format demands: so a line feed can only be a part of a cell.
        const text = Papa.unparse([['question', 'answer'], ...filled], {
          delimiter,
          newline: '\r\n',
          quotes: true,
        });
        const table = await readTable({ name: 'x', text });
        expect(table.columns).toEqual(['question', 'answer']);
        expect(grid(table)).toEqual(filled);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a text of one column', () => {
  const inputsOf = async (text: string): Promise<string[]> => {
    const { dataset } = build(await read(text), 'stop');
    expect(dataset.metric.kind).toBe('self-consistency');
    return dataset.examples.map(({ input }) => input);
  };

  it('is inputs without right answers, under a known name', async () => {
    const text = 'review\nI liked it, really.\nBad.\n"Loud, ""cheap"", small"\n';
    expect(await inputsOf(text)).toEqual(['I liked it, really.', 'Bad.', 'Loud, "cheap", small']);
  });

  it('is inputs without right answers, under a short title', async () => {
    expect(
      await inputsOf('Beschwerden\nDas Paket kam zu spät, und offen.\nKeine Antwort seit Mai.\n'),
    ).toEqual(['Das Paket kam zu spät, und offen.', 'Keine Antwort seit Mai.']);
  });

  it('may be plain lines, with the commas and the quotation marks of prose', async () => {
    const lines = ['Well, this is one.', '"No," she said', 'No comma', 'A, b, c, d', 'Stop!'];
    expect(await inputsOf(lines.join('\r\n'))).toEqual(lines);
  });

  it('may be sentences that happen to have as many commas each', async () => {
    const lines = ['It was nice, really.', 'It was late, sadly.', 'Is it good, though?'];
    expect(await inputsOf(lines.join('\n'))).toEqual(lines);
  });

  it.each([
    [
      'a clause after every comma',
      'I would like a refund, please\nThe app crashes, every time\nCall me back, today if you can\n',
    ],
    ['the same clause', 'Day one was fine, although it was cold\nDay two was fine, although it was cold\n'],
    ['colons', 'Translate to French: good morning to you\nSay this politely: give me the file\n'],
    [
      'lists of items',
      'Say one of high, medium, low\nSay whether it is good, bad\nWrite nothing else, no spaces\n',
    ],
  ])('may be prose: %s', async (_, text) => {
    expect(await inputsOf(text)).toEqual(text.trimEnd().split('\n'));
  });

  it('is split no further when the person says that nothing separates cells', async () => {
    const file = fileOf('data.csv', 'Hello, world\nGoodbye, moon\n');
    expect(grid(await readTable(file, { delimiter: '' }))).toEqual([['Hello, world'], ['Goodbye, moon']]);
  });

  it('keeps any lines of letters as they are', { timeout: 30_000 }, async () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'é', '"', "'", ' ', '.', '😀'), minLength: 1 });
    const line = word.filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 2, maxLength: 8 }), async (lines) => {
        const quotesClose = lines.every((text) => !text.startsWith('"'));
        fc.pre(quotesClose); // else the quotation marks may make cells
        const table = await readTable({ name: 'x', text: lines.join('\n') }, { header: false });
        expect(grid(table)).toEqual(lines.map((text) => [text]));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what stands above a table', () => {
  const pairs: [string, string][] = [
    ['1+1', '2'],
    ['2+2', '4'],
  ];

  it.each([
    ['a line', 'Export of 3 May 2026\nquestion;answer\n1+1;2\n2+2;4\n'],
    ['lines and a blank', 'Quiz\nMade by: Ann, Bob\n\nquestion,answer\n1+1,2\n2+2,4\n'],
    ['a padded line', 'Quiz of May;;\nquestion;answer;\n1+1;2;\n2+2;4;\n'],
    ['a row of groups', 'Shown,,Right,\nquestion,note,answer,by\n1+1,x,2,Ann\n2+2,y,4,Bob\n'],
  ])('is left out: %s', async (_, text) => {
    expect(await importPairs('data.csv', text)).toEqual(pairs);
    expect((await read(text)).notes.join()).toMatch(/above the table (was|were) left out/);
  });

  it('says nothing when it is the line in which Excel names its separator, and rows keep their numbers', async () => {
    const table = await read('sep=;\r\nquestion;answer\r\n1+1;2\r\n');
    expect(table).toMatchObject({ columns: ['question', 'answer'], notes: [], rows: [{ number: 3 }] });
  });

  it('is the first example when the person says that the first row is one', async () => {
    const file = fileOf('data.csv', 'Only a line\nred,color\ndog,animal\n');
    const table = await readTable(file, { header: false });
    expect(grid(table)).toEqual([
      ['Only a line', ''],
      ['red', 'color'],
      ['dog', 'animal'],
    ]);
    expect(table.notes).toEqual([]);
  });

  it('is nothing when the first rows only lack an answer', async () => {
    expect((await read('question,answer\n1+1,\n2+2,\n3+3,6\n4+4,8\n5+5,10\n')).rows).toHaveLength(5);
  });

  it('is not taken for such because later cells read like names', async () => {
    const table = await read('Word,Guess\nno,correct\ntext,answer\n');
    expect(table.notes).toEqual([]);
    expect(table.rows).toHaveLength(2);
  });
});

describe('broken delimited text', () => {
  it('names file, row and column of an empty answer, and stops or leaves it out as told', async () => {
    const table = await read('question,answer\n1+1,2\n2+2,\n');
    expect(build(table, 'skip')).toMatchObject({
      skipped: [{ row: 3, field: 'answer' }],
      dataset: { examples: [{ input: '1+1' }] },
    });
    expect(() => build(table, 'stop')).toThrow(
      /“data\.csv”, row 3, column “answer”: The cell is empty\. Expected/,
    );
  });

  it('names the row that has too many cells', async () => {
    const table = await read('question,answer\n1+1,2\nWhat, then?,3\n');
    expect(table.rows).toHaveLength(1);
    expect(() => build(table, 'stop')).toThrow(/row 3: Expected 2 cells, found 3\. .*quotation marks/);
  });

  it('names the row where a quotation mark is not closed', async () => {
    const table = await read('question,answer\na,1\nb,2\n"c,3\nd,4\n');
    expect(table.rows).toHaveLength(2);
    expect(table.problems).toMatchObject([
      { row: 4, message: expect.stringContaining('never closed') as string },
    ]);
  });

  it('says what is missing in a single line', async () => {
    const failure = await failureOf(read('404: Not Found\n'));
    expect(failure.code).toBe('data-unreadable');
    expect(failure.message).toMatch(/“data\.csv” has a single line\. Expected a row, or a line, per example/);
  });

  it('says that a web page is no table', async () => {
    const page = '<!DOCTYPE html>\n<html><body><p>One, two</p></body></html>\n';
    expect((await failureOf(read(page))).message).toMatch(/is a web page, not a table/);
  });

  it.each(['', '  \n \n', '\uFEFF'])('says that an empty file is empty: %j', async (text) => {
    expect((await failureOf(read(text))).message).toMatch(/“data\.csv” is empty/);
  });
});
