/**
 * The engine keeps the KV cache of every prompt it leaves for a different one, up to 8 GiB, and no option of wllama
 * turns that off. This counts how much that is, so that the engine can be started afresh before it hurts.
 */
import type { Usage } from '../../core/language-model.ts';

export interface MemoryGrowth {
  readonly isTooMuch: boolean;
  note(usage: Pick<Usage, 'promptTokens' | 'cachedTokens' | 'completionTokens'>): void;
  /** The engine was started afresh. */
  reset(): void;
}

const limitBytes = 256 * 1024 * 1024;

export function createMemoryGrowth(bytesPerToken: number): MemoryGrowth {
  let keptTokens = 0;
  let lastTokens = 0;
  return {
    get isTooMuch() {
      return keptTokens * bytesPerToken > limitBytes;
    },
    note({ promptTokens, cachedTokens, completionTokens }) {
      // llama-server keeps the last prompt when the next shares less than half of it.
      if (cachedTokens < lastTokens / 2) keptTokens += lastTokens;
      lastTokens = promptTokens + completionTokens;
    },
    reset() {
      keptTokens = 0;
      lastTokens = 0;
    },
  };
}

/** The part of a GGUF file's metadata that is read; values are text. */
type Metadata = Readonly<Record<string, string>>;

/** Bytes of KV cache a token takes (16-bit keys and values); not too low where the file does not tell everything. */
export function kvBytesPerToken(metadata: Metadata, shape: { n_layer: number; n_embd: number }): number {
  const architecture = metadata['general.architecture'] ?? '';
  const read = (key: string): number | null => {
    const value = Number(metadata[`${architecture}.${key}`]);
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  const heads = read('attention.head_count');
  const keyHeads = read('attention.head_count_kv');
  const headWidth = read('attention.key_length') ?? (heads === null ? null : shape.n_embd / heads);
  const width = keyHeads === null || headWidth === null ? shape.n_embd : keyHeads * headWidth;
  const keysAndValues = 2;
  const bytes = 2;
  return shape.n_layer * width * keysAndValues * bytes;
}
