/** What can be told of a model file before it is loaded. */
import { describe, expect, it } from 'vitest';
import { noGguf } from '../../../src/models/wllama/errors.ts';
import { fingerprintOf } from '../../../src/models/wllama/fingerprint.ts';
import { neededBytes } from '../../../src/models/wllama/gguf-header.ts';
import { ByteWriter } from '../../fixtures/gguf/byte-writer.ts';
import { tinyGguf } from '../../fixtures/gguf/tiny-gguf.ts';

const dataStart = 256;

/** The header of a file with values of several types and one tensor of 32 × 3 weights, which lies at byte 640. */
function oneTensor(type: number): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.raw(new TextEncoder().encode('GGUF'));
  out.uint32(3);
  out.uint64(1);
  out.uint64(4);
  out.string('general.name');
  out.uint32(8);
  out.string('tiny');
  out.string('general.alignment');
  out.uint32(4);
  out.uint32(dataStart);
  out.string('tokens');
  out.uint32(9);
  out.uint32(8);
  out.uint64(2);
  for (const token of ['a', 'b']) out.string(token);
  out.string('scores');
  out.uint32(9);
  out.uint32(6);
  out.uint64(2);
  for (const score of [0, 1]) out.float32(score);
  out.string('w');
  out.uint32(2);
  for (const size of [32, 3]) out.uint64(size);
  out.uint32(type);
  out.uint64(640);
  return out.finish();
}

describe('the length of a GGUF file', () => {
  it('is known from its header, to the byte', async () => {
    const bytes = tinyGguf();
    expect(await neededBytes(new Blob([bytes]))).toBe(bytes.length);
  });

  it.each([
    ['Q8_0', 8, (96 / 32) * 34],
    ['Q4_0', 2, (96 / 32) * 18],
    ['F16', 1, 96 * 2],
    ['of a type not known here', 99, 1],
  ])('counts what a tensor takes: %s', async (_, type, takes) => {
    expect(await neededBytes(new Blob([oneTensor(type)]))).toBe(dataStart + 640 + takes);
  });

  it('is more than there is of a file that was cut', async () => {
    const bytes = tinyGguf();
    const half = new Blob([bytes.subarray(0, bytes.length / 2)]);
    expect(await neededBytes(half)).toBe(await neededBytes(new Blob([bytes])));
    expect(await neededBytes(new Blob([bytes.subarray(0, 1000)]))).toBe('cut');
    expect(await neededBytes(new Blob([bytes.subarray(0, 4)]))).toBe('cut');
  });

  it('is not known of another version', async () => {
    const bytes = tinyGguf();
    bytes[4] = 9;
    expect(await neededBytes(new Blob([bytes]))).toBeNull();
  });
});

describe('the fingerprint of a model file', () => {
  const large = (change: (bytes: Uint8Array) => void = () => undefined): Blob => {
    const bytes = new Uint8Array(12 << 20);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = at % 251;
    change(bytes);
    return new Blob([bytes]);
  };

  it('is the same for the same content, also in several parts', async () => {
    const bytes = tinyGguf();
    const parts = [new Blob([bytes.subarray(0, 1000)]), new Blob([bytes.subarray(1000)])];
    expect(await fingerprintOf(parts)).toBe(await fingerprintOf([new Blob([bytes])]));
    expect(await fingerprintOf([large()])).toBe(await fingerprintOf([large()]));
  });

  it('is another for other weights of the same shape', async () => {
    const [one, other] = [tinyGguf({ seed: 1 }), tinyGguf({ seed: 2 })];
    expect(one.length).toBe(other.length);
    expect(await fingerprintOf([new Blob([one])])).not.toBe(await fingerprintOf([new Blob([other])]));
  });

  it('sees one tensor of a large file change, wherever it lies', async () => {
    const known = await fingerprintOf([large()]);
    for (const start of [0, 5 << 20, 9_000_001, (12 << 20) - 60_000]) {
      const changed = large((bytes) => bytes.fill(7, start, start + 60_000));
      expect(await fingerprintOf([changed])).not.toBe(known);
    }
  });
});

describe('a file that is no model', () => {
  it.each([
    ['notes.txt', 'Hello', 'whose name ends with .gguf'],
    ['model.gguf', '<!doctype html>', 'it holds a web page'],
    ['model.gguf', 'version https://git-lfs.github.com/spec/v1', 'only a pointer'],
    ['MODEL.GGUF', 'PK', 'it holds something else'],
  ])('%s that begins with “%s” is told as what it is', (name, beginning, words) => {
    expect(noGguf(name, beginning).message).toContain(words);
  });
});
