/** A ZIP of data files: one of them at a time is the table. */
import { isAppError, type AppError } from '../../../core/errors.ts';
import { unreadable } from '../failures.ts';
import type { RawTable, ReadOptions } from '../raw-table.ts';
import { unzip } from './archive.ts';

/** What archives carry along: folders of systems, hidden files, things that are no data. */
const NO_DATA =
  /(^|\/)(__MACOSX\/|\.)|\.(md|txt|py|ipynb|png|jpe?g|gif|svg|pdf|html?|docx?|sh|toml|cfg|lock)$|(^|\/)(license|readme)[^/]*$/i;

/** Which file is looked at first: training data, then anything, then what is held out, and notes about the data last. */
function rank(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/(^|[^a-z])(infos?|metadata|config|schema|manifest|package|state)[^a-z]*(\.|$)/.test(name)) return 3;
  if (/(^|[^a-z])train/.test(name)) return 0;
  return /(^|[^a-z])(test|dev|val)/.test(name) ? 2 : 1;
}

type Read = (name: string, bytes: Uint8Array) => Promise<RawTable>;

/** `read` reads one file of it. @throws `data-unreadable` when none is a table, or the one asked for is not */
export async function readZip(
  file: string,
  bytes: Uint8Array,
  options: ReadOptions,
  read: Read,
): Promise<RawTable> {
  const entries = await unzip(file, bytes, (path) => !NO_DATA.test(path));
  const paths = [...entries.keys()].sort();
  const wanted =
    options.sheet === undefined
      ? paths.toSorted((a, b) => rank(a) - rank(b))
      : paths.filter((path) => path === options.sheet);
  let failure: AppError | null = null;
  for (const path of wanted) {
    try {
      const table = await read(`${file}/${path}`, entries.get(path) ?? new Uint8Array());
      return { ...table, sheets: paths, sheet: path };
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      failure ??= thrown;
    }
  }
  if (failure !== null) throw failure;
  throw unreadable(
    file,
    'holds no file with data. Expected CSV, JSON, JSONL, YAML, XLSX or Parquet files in it.',
  );
}
