/** Reads a file of any known format into a table. */
import { messageOf } from '../../core/errors.ts';
import { detectContainer, detectText } from './detect.ts';
import type { Foreign } from './detect.ts';
import { unreadable } from './failures.ts';
import { gunzip } from './formats/archive.ts';
import { readBlocks } from './formats/blocks.ts';
import { readCsv } from './formats/csv.ts';
import { readFastText } from './formats/fasttext.ts';
import { readJson } from './formats/json.ts';
import { readJsonl } from './formats/jsonl.ts';
import { readParquet } from './formats/parquet.ts';
import { readXlsx } from './formats/xlsx.ts';
import { isYaml, readYaml } from './formats/yaml.ts';
import { readZip } from './formats/zip.ts';
import type { RawTable, ReadOptions } from './raw-table.ts';
import { decodeText, withoutMark } from './text.ts';

/** What the person brought: a file's bytes, or pasted text. `name` appears in messages. */
export type ImportFile =
  { readonly name: string; readonly bytes: Uint8Array } | { readonly name: string; readonly text: string };

/** A tab has about 2 GB; the text, its cells and the examples are in memory at the same time. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Archives in archives: an .xlsx or .csv.gz in a ZIP is common, more is a trap. */
const MAX_NESTING = 2;

/**
 * Rows that cannot be used are in the table's `problems`; the rest can.
 * @throws `data-unreadable` or `invalid-data`, naming file, row and field, when there is no table in it
 */
export async function readTable(file: ImportFile, options: ReadOptions = {}): Promise<RawTable> {
  try {
    const table =
      'text' in file
        ? await readText(file.name, file.text, options)
        : await readBytes(file.name, file.bytes, options, 0);
    if (table.rows.length === 0 && table.problems.length === 0) {
      throw unreadable(file.name, 'has no rows. Expected at least one example below the header.');
    }
    return table;
  } catch (thrown) {
    // Thousands of nested brackets exhaust the stack; no data set has them.
    if (!(thrown instanceof RangeError)) throw thrown;
    throw unreadable(
      file.name,
      `is too large or too deeply nested (${messageOf(thrown)}). Import a part of it.`,
      {},
      thrown,
    );
  }
}

async function readBytes(
  name: string,
  bytes: Uint8Array,
  options: ReadOptions,
  nesting: number,
): Promise<RawTable> {
  if (bytes.length === 0) throw unreadable(name, 'is empty. Expected a header and one row per example.');
  if (bytes.length > MAX_BYTES) throw unreadable(name, 'is larger than 256 MB. Import a part of it.');
  if (nesting > MAX_NESTING)
    throw unreadable(name, 'is an archive in an archive. Unpack it and import the files in it.');
  const container = detectContainer(bytes);
  switch (container) {
    case 'zip':
      return readZip(name, bytes, options, (inner, part) =>
        readBytes(inner, part, { ...options, sheet: undefined }, nesting + 1),
      );
    case 'gzip':
      return readBytes(name, await gunzip(name, bytes), options, nesting + 1);
    case 'xlsx':
      return readXlsx(name, bytes, options);
    case 'parquet':
      return readParquet(name, bytes);
    case 'text': {
      const { text, notes } = decodeText(name, bytes);
      const table = await readText(name, text, options);
      return notes.length === 0 ? table : { ...table, notes: [...notes, ...table.notes] };
    }
    case 'xls':
    case 'ods':
    case 'docx':
    case 'pdf':
    case 'image':
    case 'sqlite':
    case 'arrow':
      throw unreadable(name, adviceFor(container));
  }
}

async function readText(name: string, text: string, options: ReadOptions): Promise<RawTable> {
  const clean = withoutMark(text);
  if (clean.trim() === '') throw unreadable(name, 'is empty. Expected a header and one row per example.');
  if (/^\s*<(?:!doctype html|html)\b/i.test(clean))
    throw unreadable(
      name,
      'is a web page, not a table. Take the address of the file itself, often called “raw” or “download”.',
    );
  if (clean.startsWith('version https://git-lfs.github.com/'))
    throw unreadable(name, 'only says where the data is (Git LFS). Download the file itself.');
  if (options.delimiter !== undefined) return readCsv(name, clean, options);
  switch (detectText(clean)) {
    case 'json':
      return readJson(name, clean);
    case 'jsonl':
      return readJsonl(name, clean);
    case 'yaml':
      return readYaml(name, clean);
    case 'like-yaml':
      return (await isYaml(clean)) ? readYaml(name, clean) : readCsv(name, clean, options);
    case 'fasttext':
      return readFastText(name, clean);
    case 'blocks':
      return readBlocks(name, clean);
    case 'csv':
      return readCsv(name, clean, options);
  }
}

function adviceFor(foreign: Foreign): string {
  switch (foreign) {
    case 'xls':
      return 'is an old Excel workbook (.xls). Save it as .xlsx or CSV.';
    case 'ods':
      return 'is an OpenDocument spreadsheet. Save it as .xlsx or CSV.';
    case 'arrow':
      return 'is an Arrow file. Save the data as Parquet or CSV.';
    case 'sqlite':
      return 'is a database. Export the table as CSV.';
    case 'docx':
      return 'is a text document. Put the examples in a table and save it as CSV or XLSX.';
    case 'pdf':
    case 'image':
      return 'is a picture or a PDF. Expected a table: CSV, XLSX, JSON, JSON Lines, YAML or Parquet.';
  }
}
