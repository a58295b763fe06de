/**
 * The browser's own model behind the port. What the API lacks: a limit of tokens, stop texts (both are kept by ending
 * the stream), a seed (a varied reply is not repeated by asking again; recorded replies are), usage figures (measured
 * and estimated), grammars.
 */
import type { CancelToken } from '../../core/cancel.ts';
import { neverCancelled } from '../../core/cancel.ts';
import { AppError } from '../../core/errors.ts';
import { escapePattern } from '../../core/evaluate/normalize-text.ts';
import type { Completion, CompletionRequest, Constraint, LanguageModel } from '../../core/language-model.ts';
import { settleReply } from '../../core/reply-end.ts';
import { Slots } from '../../core/slots.ts';
import { measure, usageOf } from './api.ts';
import type { PromptSession } from './api.ts';
import { fromPromptApi } from './failures.ts';
import type { Sessions } from './sessions.ts';

/** A prompt that leaves less room than this for the reply is refused. */
const leastRoom = 32;

export interface PromptModelOptions {
  readonly sessions: Sessions;
  /** Only to count with. */
  readonly counter: PromptSession;
  readonly contextWindow: number;
  readonly now: () => number;
}

interface Streamed {
  readonly text: string;
  readonly finishReason: Completion['finishReason'];
  readonly pieces: number;
  readonly firstAt: number | null;
}

export class PromptModel implements LanguageModel {
  readonly identity = { engine: 'prompt-api', model: 'the browser’s own model' } as const;
  /** Clones answer one after the other anyway. */
  readonly concurrency = 1;
  readonly contextWindow: number;
  readonly capabilities = { constraints: true, exactUsage: false };
  readonly #options: PromptModelOptions;
  readonly #slots = new Slots(1);
  #isClosed = false;

  constructor(options: PromptModelOptions) {
    this.#options = options;
    this.contextWindow = options.contextWindow;
  }

  async complete(request: CompletionRequest, cancel: CancelToken = neverCancelled): Promise<Completion> {
    const release = await this.#slots.take(cancel);
    const controller = new AbortController();
    const unsubscribe = cancel.onCancel(() => controller.abort());
    try {
      if (this.#isClosed)
        throw new AppError('model-not-loaded', 'No model is loaded. Load one and try again.');
      return await this.#answer(request, controller.signal);
    } catch (thrown) {
      throw cancel.isCancelled ? new AppError('cancelled', 'Stopped on request.') : fromPromptApi(thrown);
    } finally {
      unsubscribe();
      release();
    }
  }

  countTokens(text: string): Promise<number> {
    return text === '' ? Promise.resolve(0) : measure(this.#options.counter, text).then(Math.ceil);
  }

  close(): void {
    this.#isClosed = true;
  }

  async #answer(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    const { sessions, now } = this.#options;
    const start = now();
    const session = await sessions.fork(
      request.system,
      request.temperature > 0 ? 'varied' : 'greedy',
      signal,
    );
    try {
      const instructed = Math.ceil(usageOf(session));
      const promptTokens = instructed + Math.ceil(await measure(session, request.prompt));
      this.#requireRoom(promptTokens, request.maxTokens);
      const { text, finishReason, pieces, firstAt } = await stream(session, request, signal, now);
      const end = now();
      const times = { prefillMs: (firstAt ?? end) - start, decodeMs: end - (firstAt ?? end) };
      const usage = { promptTokens, cachedTokens: instructed, completionTokens: pieces, ...times };
      return { text, finishReason, usage };
    } finally {
      session.destroy();
    }
  }

  /** The API itself forgets the oldest turns without an error when the window overflows. */
  #requireRoom(promptTokens: number, maxTokens: number): void {
    const room = this.contextWindow - promptTokens;
    if (room >= Math.min(maxTokens, leastRoom)) return;
    throw new AppError(
      'context-exceeded',
      `The prompt takes ${promptTokens} tokens, and the browser’s own model holds ${this.contextWindow} for prompt and reply together. Shorten the prompt, or choose another model.`,
    );
  }
}

async function stream(
  session: PromptSession,
  request: CompletionRequest,
  signal: AbortSignal,
  now: () => number,
): Promise<Streamed> {
  const { prompt, maxTokens, constraint } = request;
  const limited = constraint && {
    responseConstraint: patternOf(constraint),
    omitResponseConstraintInput: true,
  };
  const reader = session.promptStreaming(prompt, { signal, ...limited }).getReader();
  let text = '';
  let pieces = 0;
  let firstAt: number | null = null;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text, finishReason: 'stop', pieces, firstAt };
      firstAt ??= now();
      text += value;
      pieces += 1;
      const settled = settleReply(text, request);
      if (settled.isOver) return { text: settled.text, finishReason: 'stop', pieces, firstAt };
      // A piece is a token in Chrome; nothing else tells how many there were.
      if (pieces >= maxTokens) return { text, finishReason: 'length', pieces, firstAt };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A pattern, not a JSON schema: the reply to a schema would stand in quotation marks. */
function patternOf(constraint: Constraint): RegExp {
  switch (constraint.kind) {
    case 'choice':
      return new RegExp(`^(?:${constraint.choices.map(escapePattern).join('|')})$`);
    case 'line':
      return new RegExp(`^[^\\n\\r\`<>]{${constraint.min},${constraint.max}}$`);
    case 'grammar':
      throw new AppError(
        'unsupported',
        'The browser’s own model follows no grammars. Choose free answers, or another model.',
      );
  }
}
