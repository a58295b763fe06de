/**
 * Sessions whose only content is an instruction. Every request gets a clone of one, so that the instruction is read
 * once and no request sees another's turn.
 */
import type { CreateOptions, PromptApi, PromptSession } from './api.ts';

/** Each holds its cache in memory; a run asks with one or two instructions at a time. */
const mostKept = 4;

export type Sampling = 'greedy' | 'varied';

export class Sessions {
  readonly #api: PromptApi;
  readonly #shared: CreateOptions;
  /** In the order of their last use. */
  readonly #kept = new Map<string, PromptSession>();

  constructor(api: PromptApi, shared: CreateOptions) {
    this.#api = api;
    this.#shared = shared;
  }

  /** To be destroyed after use. */
  async fork(system: string, sampling: Sampling, signal: AbortSignal): Promise<PromptSession> {
    const base = await this.#base(system, sampling);
    return base.clone({ signal });
  }

  destroy(): void {
    for (const session of this.#kept.values()) session.destroy();
    this.#kept.clear();
  }

  async #base(system: string, sampling: Sampling): Promise<PromptSession> {
    const key = `${sampling} ${system}`;
    const known = this.#kept.get(key);
    const session = known ?? (await this.#api.create(this.#optionsFor(system, sampling)));
    this.#kept.delete(key);
    this.#kept.set(key, session);
    this.#forgetOldest();
    return session;
  }

  #optionsFor(system: string, sampling: Sampling): CreateOptions {
    return {
      ...this.#shared,
      ...samplingOptions(this.#api, sampling),
      ...(system !== '' && { initialPrompts: [{ role: 'system', content: system }] }),
    };
  }

  #forgetOldest(): void {
    const oldest = this.#kept.size > mostKept ? [...this.#kept.keys()][0] : undefined;
    if (oldest === undefined) return;
    this.#kept.get(oldest)?.destroy();
    this.#kept.delete(oldest);
  }
}

/** Ordinary pages may only name a mode; temperature and top-k go together or not at all, and never with a mode. */
function samplingOptions({ params }: PromptApi, sampling: Sampling): CreateOptions {
  if (!params) return { samplingMode: sampling === 'greedy' ? 'most-predictable' : 'creative' };
  return sampling === 'greedy' ? { temperature: 0, topK: 1 } : { temperature: 1, topK: 40 };
}
