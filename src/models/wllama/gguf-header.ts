/**
 * How long a GGUF file has to be, from its header: where its tensors lie and how many bytes each takes. (GGUF 2 and 3,
 * as ggml/docs/gguf.md describes them; numbers are little-endian.)
 */

/** Bytes of a value by the number of its type; strings (8) and arrays (9) say their own length. */
const valueBytes: readonly (number | null)[] = [1, 1, 2, 2, 4, 4, 4, 1, null, null, 8, 8, 8];
const stringType = 8;
const arrayType = 9;

/** Weights per block and bytes of a block, by the number of the tensor's type. */
const blocks: Readonly<Record<number, readonly [weights: number, bytes: number]>> = {
  0: [1, 4], // F32
  1: [1, 2], // F16
  2: [32, 18], // Q4_0
  3: [32, 20], // Q4_1
  6: [32, 22], // Q5_0
  7: [32, 24], // Q5_1
  8: [32, 34], // Q8_0
  9: [32, 36], // Q8_1
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  15: [256, 292], // Q8_K
  16: [256, 66], // IQ2_XXS
  17: [256, 74], // IQ2_XS
  18: [256, 98], // IQ3_XXS
  19: [256, 50], // IQ1_S
  20: [32, 18], // IQ4_NL
  21: [256, 110], // IQ3_S
  22: [256, 82], // IQ2_S
  23: [256, 136], // IQ4_XS
  29: [256, 56], // IQ1_M
  30: [1, 2], // BF16
};

/** Bytes. Headers with large vocabularies take 10 to 20 MB. */
const firstRead = 4 << 20;
const mostRead = 64 << 20;
const usualAlignment = 32;

/** Null where the header cannot be read here, as of another version; `cut` where the file ends within it. */
export async function neededBytes(file: Blob): Promise<number | 'cut' | null> {
  for (let length = firstRead; ; length *= 4) {
    try {
      return endOf(new Cursor(await file.slice(0, length).arrayBuffer()));
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      if (length >= file.size) return 'cut';
      if (length >= mostRead) return null;
    }
  }
}

function endOf(cursor: Cursor): number | null {
  cursor.skip(4); // "GGUF"
  const version = cursor.u32();
  if (version !== 2 && version !== 3) return null;
  const tensors = cursor.u64();
  const alignment = readAlignment(cursor, cursor.u64());
  const ends = [0];
  for (let left = tensors; left > 0; left -= 1) ends.push(tensorEnd(cursor));
  const start = Math.ceil(cursor.at / alignment) * alignment;
  return start + ends.reduce((most, end) => Math.max(most, end), 0);
}

function readAlignment(cursor: Cursor, entries: number): number {
  let alignment = usualAlignment;
  for (let left = entries; left > 0; left -= 1) {
    const key = cursor.text();
    const type = cursor.u32();
    if (key === 'general.alignment') alignment = cursor.u32();
    else skipValue(cursor, type);
  }
  return alignment;
}

function skipValue(cursor: Cursor, type: number): void {
  if (type === stringType) cursor.skip(cursor.u64());
  else if (type === arrayType) skipArray(cursor);
  else cursor.skip(valueBytes[type] ?? 0);
}

function skipArray(cursor: Cursor): void {
  const type = cursor.u32();
  const count = cursor.u64();
  const each = valueBytes[type];
  if (typeof each === 'number') cursor.skip(count * each);
  else for (let left = count; left > 0; left -= 1) skipValue(cursor, type);
}

/** Behind the start of the data. Of a type that is not known here, its first byte is there at least. */
function tensorEnd(cursor: Cursor): number {
  cursor.text();
  const dimensions = Array.from({ length: cursor.u32() }, () => cursor.u64());
  const block = blocks[cursor.u32()];
  const offset = cursor.u64();
  const weights = dimensions.reduce((product, size) => product * size, 1);
  return offset + (block ? Math.ceil(weights / block[0]) * block[1] : 1);
}

/** Reads forward. @throws RangeError at the end of what is there */
class Cursor {
  readonly #view: DataView<ArrayBuffer>;
  at = 0;

  constructor(bytes: ArrayBuffer) {
    this.#view = new DataView(bytes);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  text(): string {
    const length = this.u64();
    const start = this.#take(length);
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, start, length));
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  #take(bytes: number): number {
    const start = this.at;
    if (start + bytes > this.#view.byteLength) throw new RangeError('The end was reached.');
    this.at += bytes;
    return start;
  }
}
