/** What the KV cache holds of sequence 0, the one that prompts are read into. */

/** Tokens. */
export interface HeldBeginning {
  /** What the cache holds now: the beginning, or nearly all of it. */
  readonly length: number;
  /** What it had held before. */
  readonly cached: number;
}

/** A pass over the weights for fewer tokens than this costs more than reading them with every prompt. */
export const worthAPass = 16;

export class HeldTokens {
  /** In order; null when that is not known. */
  tokens: number[] | null = null;
  readonly #reset: () => void;
  readonly #pop: (tokens: number) => void;

  constructor(reset: () => void, pop: (tokens: number) => void) {
    this.#reset = reset;
    this.#pop = pop;
  }

  clear(): void {
    this.#reset();
    this.tokens = [];
  }

  /** Leaves in the cache what it has in common with a beginning, and gives its length. */
  cutTo(beginning: readonly number[]): number {
    const kept = this.tokens ? commonLength(this.tokens, beginning) : 0;
    if (!this.tokens || kept === 0) {
      this.clear();
      return 0;
    }
    if (this.tokens.length > kept) this.#pop(this.tokens.length - kept);
    this.tokens.length = kept;
    return kept;
  }

  /** Keeps account of what `read` appends. Should it fail, nobody knows what is in the cache. */
  async append<T>(tokens: readonly number[], read: () => Promise<T>): Promise<T> {
    const before = this.tokens;
    this.tokens = null;
    const result = await read();
    before?.push(...tokens);
    this.tokens = before;
    return result;
  }

  /** Makes the cache hold a beginning, or nearly all of it, and nothing else. */
  async hold(
    beginning: readonly number[],
    read: (tokens: readonly number[]) => Promise<unknown>,
  ): Promise<HeldBeginning> {
    const cached = this.cutTo(beginning);
    const missing = beginning.slice(cached);
    if (cached === 0 || missing.length >= worthAPass) await this.append(missing, () => read(missing));
    return { length: this.tokens?.length ?? 0, cached };
  }
}

export function commonLength(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
