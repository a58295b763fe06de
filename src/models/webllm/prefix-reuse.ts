/**
 * Reads what prompts have in common once. WebLLM clears the KV cache before every request that does not go on with the
 * conversation before it, so an instruction is prefilled again for every example; its runtime can do better, but nothing
 * public reaches it. Three methods of its pipeline are replaced: the clearing is put off until the next prompt's tokens
 * are known, then only those that differ are removed from the cache and only those that are missing are prefilled.
 * Works on tokens, so any common beginning counts: the system text, the template's own words, the start of the user's turn.
 * Where a prompt is cut changes the last digits of the probabilities, as any batching does; `reuse-check.ts` sees to it
 * that it changes no more.
 */

import { HeldTokens, type HeldBeginning } from './held-tokens.ts';

/** Tokens of a prompt, or anything else that is embedded, such as an image. */
type PromptPart = readonly number[] | object;
type PromptData = readonly [parts: readonly PromptPart[], tokens: number, ...more: unknown[]];

/** WebLLM's pipeline as `internals.ts` has found it; the same in 0.2.79 and 0.2.86, but for the promise. */
export interface Pipeline {
  /** Tokens in the KV cache. The engine sets it to 0 when it wants the cache cleared. */
  filledKVCacheLength: number;
  resetKVCache(): void;
  /** The tokens to prefill: the whole prompt where the cache counts as empty. */
  getInputData(): PromptData | Promise<PromptData>;
  /** Runs the model over the parts and appends them to the cache. */
  embedAndForward(parts: readonly PromptPart[], tokens: number): Promise<unknown>;
}

export interface PrefixReuse {
  /** Tokens of the last prompt that were in the cache. */
  readonly cachedTokens: number;
  /** The next prompt is read from its start. */
  forget(): void;
  /** The tokens of the prompt that `ask` makes the engine format; nothing is read or answered. Null where it is not all text. */
  peek(ask: () => Promise<unknown>): Promise<readonly number[] | null>;
  /** Makes the cache hold the beginning of a prompt and nothing after it. @param read appends tokens to the cache */
  hold(
    beginning: readonly number[],
    read: (tokens: readonly number[]) => Promise<unknown>,
  ): Promise<HeldBeginning>;
  /** Gives the engine its own ways back. */
  remove(): void;
}

/** @param pop removes that many tokens from the end of the KV cache */
export function reusePrefixes(pipeline: Pipeline, pop: (tokens: number) => void): PrefixReuse {
  return new ReusedPrefixes(pipeline, pop);
}

type Methods = Pick<Pipeline, 'resetKVCache' | 'getInputData' | 'embedAndForward'>;

class ReusedPrefixes implements PrefixReuse {
  cachedTokens = 0;
  readonly #pipeline: Pipeline;
  readonly #original: Methods;
  readonly #held: HeldTokens;
  #look: Look | null = null;

  constructor(pipeline: Pipeline, pop: (tokens: number) => void) {
    this.#pipeline = pipeline;
    this.#original = {
      resetKVCache: pipeline.resetKVCache.bind(pipeline),
      getInputData: pipeline.getInputData.bind(pipeline),
      embedAndForward: pipeline.embedAndForward.bind(pipeline),
    };
    this.#held = new HeldTokens(this.#original.resetKVCache, pop);
    Object.assign(pipeline, {
      resetKVCache: () => undefined,
      getInputData: () => this.#inputData(),
      embedAndForward: (parts, tokens) => this.#embedAndForward(parts, tokens),
    } satisfies Methods);
  }

  forget(): void {
    this.#held.tokens = null;
  }

  async peek(ask: () => Promise<unknown>): Promise<readonly number[] | null> {
    const looking: Look = (this.#look = {});
    try {
      await ask();
    } catch (thrown) {
      if (looking.tokens === undefined) throw thrown;
    } finally {
      this.#look = null;
    }
    return looking.tokens ?? null;
  }

  hold(
    beginning: readonly number[],
    read: (tokens: readonly number[]) => Promise<unknown>,
  ): Promise<HeldBeginning> {
    return this.#held.hold(beginning, read);
  }

  remove(): void {
    Object.assign(this.#pipeline, this.#original);
    this.#original.resetKVCache();
    this.cachedTokens = this.#pipeline.filledKVCacheLength = 0;
  }

  #inputData(): PromptData | Promise<PromptData> {
    const data = this.#original.getInputData();
    return data instanceof Promise
      ? data.then((prompt) => this.#withoutHeld(prompt))
      : this.#withoutHeld(data);
  }

  #withoutHeld(data: PromptData): PromptData {
    const [[prompt, ...others], tokens, ...more] = data;
    const isText = others.length === 0 && isTokens(prompt);
    if (this.#look) throw lookedAt(this.#look, isText ? prompt : null);
    this.cachedTokens = 0;
    if (this.#pipeline.filledKVCacheLength > 0) return data; // goes on with what is in the cache; we never ask so
    // One token at least has to be prefilled: the reply begins with what follows from it.
    const kept = this.#held.cutTo(isText ? prompt.slice(0, -1) : []);
    if (!isText || kept === 0) return data;
    this.#pipeline.filledKVCacheLength = this.cachedTokens = kept;
    return [[prompt.slice(kept)], tokens - kept, ...more];
  }

  #embedAndForward(parts: readonly PromptPart[], tokens: number): Promise<unknown> {
    const held = this.#held;
    // Somebody who did not ask for the prompt's tokens counts on a cleared cache.
    if (this.#pipeline.filledKVCacheLength === 0 && held.tokens?.length !== 0) held.clear();
    const read = (): Promise<unknown> => this.#original.embedAndForward(parts, tokens);
    if (parts.every(isTokens)) return held.append(parts.flat(), read);
    held.tokens = null;
    return read();
  }
}

/** What `peek` waits for; undefined as long as the engine has not formatted the prompt. */
interface Look {
  tokens?: readonly number[] | null;
}

/** Ends the engine's request as a prompt that is too long would. */
function lookedAt(look: Look, tokens: readonly number[] | null): Error {
  look.tokens = tokens;
  return new Error('Only the tokens of the prompt were wanted.');
}

function isTokens(part: PromptPart | undefined): part is readonly number[] {
  return Array.isArray(part);
}
