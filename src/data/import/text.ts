/** Bytes as text: UTF-8 and UTF-16 by their marks, and the old Windows encoding that spreadsheets still write. */
import { unreadable } from './failures.ts';

export interface DecodedText {
  readonly text: string;
  readonly notes: readonly string[];
}

/** @throws `data-unreadable` when the bytes are no text */
export function decodeText(file: string, bytes: Uint8Array): DecodedText {
  const marked = decodeMarked(bytes);
  if (marked !== null) return { text: marked, notes: [] };
  const unmarked = decodeUnmarked(bytes.subarray(0, 4096));
  if (unmarked !== null) return { text: new TextDecoder(unmarked).decode(bytes), notes: [] };
  if (bytes.subarray(0, 4096).includes(0)) {
    throw unreadable(
      file,
      'is not a text file, table or archive that can be read here. Save the data as CSV, JSON or JSONL.',
    );
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return {
      text,
      notes: ['The file is not UTF-8; it was read as Windows-1252. Check accents and quotation marks.'],
    };
  }
}

/** UTF-16 without its mark: in most languages nearly every second byte of its beginning is 0, and no other. */
function decodeUnmarked(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = sample.length * 0.4;
  if (even === 0 && odd > most) return 'utf-16le';
  return odd === 0 && even > most ? 'utf-16be' : null;
}

/** Text with a byte order mark, without it; null when there is none. */
function decodeMarked(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return new TextDecoder('utf-8').decode(bytes);
  return null;
}

/** Pasted text may still have its mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
