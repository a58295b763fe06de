/**
 * The part of the Prompt API (`LanguageModel`) that is used. Its names changed in 2026: `measureInputUsage`,
 * `inputUsage` and `inputQuota` became `measureContextUsage`, `contextUsage` and `contextWindow`; browsers with either
 * are in use, so both are optional here. https://webmachinelearning.github.io/prompt-api/
 */
export interface PromptApi {
  availability(options?: CreateOptions): Promise<string>;
  create(options?: CreateOptions): Promise<PromptSession>;
  /** Only where temperature and top-k may be set: extensions and trials, not ordinary pages. */
  readonly params?: () => Promise<unknown>;
}

export interface CreateOptions {
  readonly initialPrompts?: readonly { readonly role: 'system'; readonly content: string }[];
  /** Must not come together with temperature and top-k. */
  readonly samplingMode?: 'most-predictable' | 'creative';
  readonly temperature?: number;
  readonly topK?: number;
  readonly expectedInputs?: readonly TextKind[];
  readonly expectedOutputs?: readonly TextKind[];
  readonly monitor?: (monitor: EventTarget) => void;
  readonly signal?: AbortSignal;
}

interface TextKind {
  readonly type: 'text';
  readonly languages: readonly string[];
}

/**
 * For every question to the API, also whether there is a model: without languages browsers warn, and may answer
 * differently. Chrome knows few; what it knows less well works too.
 */
export const inEnglish: CreateOptions = {
  expectedInputs: [{ type: 'text', languages: ['en'] }],
  expectedOutputs: [{ type: 'text', languages: ['en'] }],
};

export interface PromptOptions {
  readonly signal: AbortSignal;
  readonly responseConstraint?: RegExp;
  /** Otherwise the constraint is pasted into the prompt. */
  readonly omitResponseConstraintInput?: boolean;
}

export interface PromptSession {
  promptStreaming(input: string, options: PromptOptions): ReadableStream<string>;
  clone(options?: { readonly signal?: AbortSignal }): Promise<PromptSession>;
  destroy(): void;
  readonly contextUsage?: number;
  readonly contextWindow?: number;
  readonly measureContextUsage?: (input: string) => Promise<number>;
  readonly inputUsage?: number;
  readonly inputQuota?: number;
  readonly measureInputUsage?: (input: string) => Promise<number>;
}

/** Tokens that what the session was told so far takes. */
export function usageOf(session: PromptSession): number {
  return session.contextUsage ?? session.inputUsage ?? 0;
}

/** Tokens of prompt and reply together; some browsers say Infinity for what they do not tell. */
export function windowOf(session: PromptSession): number {
  const told = session.contextWindow ?? session.inputQuota ?? 0;
  return Number.isFinite(told) && told > 0 ? Math.floor(told) : 4096;
}

/** Tokens a text would take as the next prompt. */
export function measure(session: PromptSession, text: string): Promise<number> {
  if (session.measureContextUsage) return session.measureContextUsage(text);
  if (session.measureInputUsage) return session.measureInputUsage(text);
  return Promise.resolve(Math.ceil(text.length / 3));
}
