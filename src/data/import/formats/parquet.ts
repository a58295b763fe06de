/** Parquet files, as data sets are published. The reader, and rarer compressions, are loaded when needed. */
import { messageOf } from '../../../core/errors.ts';
import { unreadable } from '../failures.ts';
import type { RawTable } from '../raw-table.ts';
import { numbered, tableFromRecords } from './records.ts';

/** @throws `data-unreadable` */
export async function readParquet(file: string, bytes: Uint8Array): Promise<RawTable> {
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet');
  const buffer = bytes.slice().buffer;
  try {
    const metadata = parquetMetadata(buffer);
    const codecs = metadata.row_groups.flatMap(({ columns }) =>
      columns.map(({ meta_data }) => meta_data?.codec),
    );
    // The reader knows SNAPPY itself; the others are 75 KB that few files need.
    const plain = codecs.every(
      (codec) => codec === undefined || codec === 'UNCOMPRESSED' || codec === 'SNAPPY',
    );
    const compressors = plain ? undefined : (await import('hyparquet-compressors')).compressors;
    const rows: unknown[] = await parquetReadObjects({ file: buffer, metadata, compressors });
    return tableFromRecords(file, 'parquet', numbered(rows));
  } catch (cause) {
    throw unreadable(
      file,
      `cannot be read as Parquet: ${messageOf(cause)}. Save the data as CSV or JSONL instead.`,
      {},
      cause,
    );
  }
}
