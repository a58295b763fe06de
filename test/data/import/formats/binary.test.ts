import { gzipSync, strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../src/data/import/read-table.ts';
import { build, failureOf, fileOf, grid, importPairs } from '../help.ts';
import { workbook } from './workbook.ts';

describe('workbooks', () => {
  it('reads shared texts, numbers, booleans, dates, formulas, rich text and gaps', async () => {
    const table = await readTable(
      fileOf(
        'any.bin',
        workbook({
          Data: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>note</t></is></c></row><row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>0.30000000000000004</v></c><c r="C3" t="b"><v>1</v></c></row><row r="4"><c r="A4" t="str"><f>"a"&amp;"b"</f><v>a &amp; b</v></c><c r="B4" s="1"><v>45352</v></c></row>',
        }),
      ),
    );
    expect(table).toMatchObject({ format: 'xlsx', columns: ['question', 'answer', 'note'], sheet: 'Data' });
    expect(table.rows.map(({ number }) => number)).toEqual([3, 4]);
    expect(grid(table)).toEqual([
      ['rich text', '0.3', 'TRUE'],
      ['a & b', '2024-03-01', ''],
    ]);
  });

  it('takes the first sheet with rows, or the one that was chosen', async () => {
    const rows = (text: string) =>
      `<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="2"><c t="str"><v>${text}</v></c><c><v>1</v></c></row>`;
    const bytes = workbook({ Cover: '', First: rows('a'), Second: rows('b') });
    expect(await readTable(fileOf('x', bytes))).toMatchObject({
      sheets: ['Cover', 'First', 'Second'],
      sheet: 'First',
    });
    expect(grid(await readTable(fileOf('x', bytes), { sheet: 'Second' }))).toEqual([['b', '1']]);
    const failure = await failureOf(readTable(fileOf('x', bytes), { sheet: 'Third' }));
    expect(failure.message).toMatch(/“x” has no sheet “Third”\. Choose one of: Cover, First, Second/);
  });

  it('names file, row and column of an empty answer', async () => {
    const cells =
      '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="2"><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row r="7"><c t="str"><v>c</v></c></row>';
    const table = await readTable(fileOf('book.xlsx', workbook({ Data: cells })));
    expect(() => build(table, 'stop')).toThrow(/“book\.xlsx”, row 7, column “answer”: The cell is empty/);
  });
});

describe('Parquet', () => {
  const bytes = (codec: 'SNAPPY' | 'UNCOMPRESSED') =>
    new Uint8Array(
      parquetWriteBuffer({
        codec,
        columnData: [
          { name: 'question', data: ['1+1', '2+2'], type: 'STRING' },
          { name: 'label', data: [2n, 4n], type: 'INT64' },
        ],
      }),
    );

  it.each(['SNAPPY', 'UNCOMPRESSED'] as const)('reads a file with %s columns', async (codec) => {
    expect(await importPairs('x', bytes(codec))).toEqual([
      ['1+1', '2'],
      ['2+2', '4'],
    ]);
  });

  it('names the row and column of a missing answer', async () => {
    const columnData = [
      { name: 'question', data: ['a', 'b'], type: 'STRING' as const },
      { name: 'answer', data: ['x', null], type: 'STRING' as const, nullable: true },
    ];
    const table = await readTable(fileOf('p.parquet', new Uint8Array(parquetWriteBuffer({ columnData }))));
    expect(() => build(table, 'stop')).toThrow(/“p\.parquet”, row 2, column “answer”: The cell is empty/);
  });

  it('says what to do with a damaged file', async () => {
    const failure = await failureOf(readTable(fileOf('p.parquet', bytes('SNAPPY').slice(0, 60))));
    expect(failure.message).toMatch(
      /“p\.parquet” cannot be read as Parquet: .* Save the data as CSV or JSONL/,
    );
  });
});

describe('archives', () => {
  const csv = strToU8('question,answer\na,b\n');

  it('offers the files with data and reads the first', async () => {
    const bytes = zipSync({
      'README.md': strToU8('x'),
      '__MACOSX/._a.csv': csv,
      'b/test.csv': csv,
      'a/train.jsonl': strToU8('{"x":"1","y":"2"}\n{"x":"3","y":"4"}'),
    });
    const table = await readTable(fileOf('data.zip', bytes));
    expect(table).toMatchObject({
      format: 'jsonl',
      sheets: ['a/train.jsonl', 'b/test.csv'],
      sheet: 'a/train.jsonl',
    });
    expect((await readTable(fileOf('data.zip', bytes), { sheet: 'b/test.csv' })).format).toBe('csv');
  });

  it('reads a packed file', async () => {
    expect(await importPairs('data.csv.gz', gzipSync(csv))).toEqual([['a', 'b']]);
  });

  it('names the file inside the archive that is broken', async () => {
    const failure = await failureOf(readTable(fileOf('data.zip', zipSync({ 'x.json': strToU8('[{') }))));
    expect(failure.message).toMatch(/“data\.zip\/x\.json” is not valid JSON/);
  });

  it('says so when there is nothing to read, the archive is damaged, or it holds itself', async () => {
    const nested = [0, 1, 2, 3].reduce((inner) => zipSync({ 'a.zip': inner }), csv);
    expect((await failureOf(readTable(fileOf('z', zipSync({ 'a.txt': csv }))))).message).toMatch(
      /holds no file with data/,
    );
    expect((await failureOf(readTable(fileOf('z', zipSync({ 'a.csv': csv }).slice(0, 40))))).message).toMatch(
      /cannot be unpacked/,
    );
    expect((await failureOf(readTable(fileOf('z', nested)))).message).toMatch(/an archive in an archive/);
    expect((await failureOf(readTable(fileOf('z', gzipSync(csv).slice(0, 12))))).code).toBe(
      'data-unreadable',
    );
  });

  it('stops before a small archive fills the memory', async () => {
    const bytes = zipSync({ 'a.csv': new Uint8Array(1000) });
    // The size that the central directory claims, 24 bytes after its signature.
    const at = bytes.findLastIndex(
      (_, i) => bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1,
    );
    new DataView(bytes.buffer).setUint32(at + 24, 0xfffffff0, true);
    expect((await failureOf(readTable(fileOf('bomb.zip', bytes)))).message).toMatch(/more than 512 MB/);
  });
});

describe('files that are no data', () => {
  it.each([
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0], /\.xls\)\. Save it as \.xlsx or CSV/],
    ['a PDF', [...strToU8('%PDF-1.7')], /Expected a table/],
    ['a database', [...strToU8('SQLite format 3\0')], /Export the table as CSV/],
    ['a picture', [0x89, 0x50, 0x4e, 0x47], /Expected a table/],
    ['something else', [1, 0, 2, 0, 3], /is not a text file/],
  ])('says what to do with %s', async (_, bytes, message) => {
    expect((await failureOf(readTable(fileOf('data.csv', Uint8Array.from(bytes))))).message).toMatch(message);
  });
});
