/** ZIP and gzip, with a limit on what they unpack to. */
import { messageOf } from '../../../core/errors.ts';
import { unreadable } from '../failures.ts';

/** Bytes an archive may unpack to, all files together: a small file can claim to hold terabytes. */
const MAX_UNPACKED = 512 * 1024 * 1024;

/** The files of an archive by path, those for which `wanted` holds. @throws `data-unreadable` */
export async function unzip(
  file: string,
  bytes: Uint8Array,
  wanted: (path: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const { unzipSync } = await import('fflate');
  let total = 0;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/') || !wanted(name)) return false;
        total += originalSize;
        if (total > MAX_UNPACKED) throw new RangeError('it unpacks to more than 512 MB');
        return true;
      },
    });
    return new Map(Object.entries(entries));
  } catch (cause) {
    throw unreadable(
      file,
      `cannot be unpacked: ${messageOf(cause)}. Download or save it again; a workbook can also be saved as CSV.`,
      {},
      cause,
    );
  }
}

/** @throws `data-unreadable` */
export async function gunzip(file: string, bytes: Uint8Array): Promise<Uint8Array> {
  const { Gunzip } = await import('fflate');
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    const stream = new Gunzip((chunk) => {
      total += chunk.length;
      if (total > MAX_UNPACKED) throw new RangeError('it unpacks to more than 512 MB');
      chunks.push(chunk);
    });
    // In pieces, so that the limit is met before the memory is full.
    for (let start = 0; start < bytes.length; start += 65_536) {
      stream.push(bytes.subarray(start, start + 65_536), start + 65_536 >= bytes.length);
    }
  } catch (cause) {
    throw unreadable(
      file,
      `cannot be unpacked: ${messageOf(cause)}. Unpack it yourself and import the file.`,
      {},
      cause,
    );
  }
  return joinChunks(chunks, total);
}

function joinChunks(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const joined = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}
