import { describe, expect, it } from 'vitest';
import { smallModels } from '../../../src/models/wllama/catalog.ts';
import { tinyGguf } from '../../fixtures/gguf/tiny-gguf.ts';

describe('the generated model', () => {
  it('is the same for the same seed, and another for another', () => {
    const [one, same, other] = [3, 3, 4].map((seed) => Buffer.from(tinyGguf({ seed })));
    expect(one?.equals(same ?? Buffer.of())).toBe(true);
    expect(one?.equals(other ?? Buffer.of())).toBe(false);
  });

  it('is well under a megabyte', () => {
    expect(tinyGguf().length).toBeLessThan(600_000);
  });
});

describe('the list of small models', () => {
  it('has addresses of GGUF files that allow other sites, each once', () => {
    expect(new Set(smallModels.map(({ url }) => url)).size).toBe(smallModels.length);
    for (const { url } of smallModels) {
      expect(url).toMatch(/^https:\/\/huggingface\.co\/[\w.-]+\/[\w.-]+\/resolve\/main\/[\w.-]+\.gguf$/);
    }
  });

  it('begins with the smallest', () => {
    const sizes = smallModels.map(({ downloadBytes }) => downloadBytes);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  });
});
