/** An OpenAI-compatible server behind the port: keeps up to `concurrency` requests in flight, queues the rest. */
import type { CancelToken } from '../../core/cancel.ts';
import { neverCancelled } from '../../core/cancel.ts';
import { AppError } from '../../core/errors.ts';
import type { Completion, CompletionRequest, LanguageModel, Usage } from '../../core/language-model.ts';
import { cutReply } from '../../core/reply-end.ts';
import { Slots } from '../../core/slots.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import type { EndpointSpec } from '../spec.ts';
import { attemptIn } from './attempt.ts';
import type { RawReply } from './attempt.ts';
import { chatBody } from './chat-format.ts';
import type { Dialect } from './dialect.ts';
import type { Environment } from './environment.ts';
import { persist } from './persist.ts';
import type { Patience } from './persist.ts';
import type { ServerNotes } from './server-notes.ts';

export interface EndpointModelOptions {
  /** With a normal base address. */
  readonly spec: EndpointSpec;
  readonly key: string | null;
  /** Tokens. */
  readonly contextWindow: number;
  /** The server sends usage figures. */
  readonly exactUsage: boolean;
  readonly environment: Environment;
  /** Milliseconds without a byte after which the server counts as stalled. */
  readonly stallMs: number;
  readonly patience: Patience;
  readonly dialect: Dialect;
  readonly notes: ServerNotes;
}

export class EndpointModel implements LanguageModel {
  readonly identity: LanguageModel['identity'];
  readonly concurrency: number;
  readonly contextWindow: number;
  readonly capabilities: LanguageModel['capabilities'];
  readonly #options: EndpointModelOptions;
  readonly #slots: Slots;
  readonly #underWay = new Set<AbortController>();
  #isClosed = false;

  constructor(options: EndpointModelOptions) {
    const { spec, contextWindow, exactUsage } = options;
    this.identity = { engine: 'endpoint', model: identityOf(spec) };
    this.concurrency = spec.concurrency;
    this.contextWindow = contextWindow;
    this.capabilities = { constraints: false, exactUsage };
    this.#options = options;
    this.#slots = new Slots(spec.concurrency);
  }

  async complete(request: CompletionRequest, cancel: CancelToken = neverCancelled): Promise<Completion> {
    const release = await this.#slots.take(cancel);
    const controller = new AbortController();
    const unsubscribe = cancel.onCancel(() => controller.abort());
    this.#underWay.add(controller);
    try {
      this.#requireOpen();
      requireRoom(request, this.contextWindow);
      return completionOf(request, await this.#ask(request, controller.signal));
    } catch (thrown) {
      throw controller.signal.aborted ? new AppError('cancelled', 'Stopped on request.') : thrown;
    } finally {
      this.#underWay.delete(controller);
      unsubscribe();
      release();
    }
  }

  countTokens(text: string): Promise<number> {
    return Promise.resolve(estimateTokens(text));
  }

  /** Requests under way are cancelled; those that wait, and later ones, reject with `model-not-loaded`. */
  close(): void {
    this.#isClosed = true;
    for (const controller of this.#underWay) controller.abort();
  }

  #ask(request: CompletionRequest, signal: AbortSignal): Promise<RawReply> {
    const { spec, key, stallMs, patience, dialect, notes, environment } = this.#options;
    const { baseUrl, model } = spec;
    const isOver = (text: string): boolean => cutReply(text, request).isOver;
    const post = { baseUrl, model, key, stallMs, signal, isOver, body: chatBody(spec, request) };
    const ask = (): Promise<RawReply> => attemptIn(dialect, post, environment);
    return persist(ask, { baseUrl, signal, patience, onWait: notes.waiter() }, environment);
  }

  #requireOpen(): void {
    if (this.#isClosed) {
      throw new AppError('model-not-loaded', 'This endpoint is no longer in use. Load it and try again.');
    }
  }
}

/** Thoughts change replies; how many requests are in flight does not. */
function identityOf({ model, baseUrl, thinking }: EndpointSpec): string {
  return `${model} at ${baseUrl}${thinking === 'off' ? ' (thinking off)' : ''}`;
}

/**
 * A prompt that is too long for certain is not sent: Ollama would cut it and say nothing. Only the server's tokenizer
 * knows about the rest; a word is at least a token, and hardly any token is longer than eight characters.
 */
function requireRoom({ system, prompt }: CompletionRequest, contextWindow: number): void {
  const text = `${system} ${prompt}`;
  const least = Math.max(text.match(/\S+/g)?.length ?? 0, Math.floor(text.length / 8));
  if (least < contextWindow) return;
  throw new AppError(
    'context-exceeded',
    `The prompt takes at least ${least} tokens, and the endpoint's context window is set to ${contextWindow} for prompt and reply together. Shorten the prompt, or enter the server's real context window on the Setup page.`,
  );
}

function completionOf(request: CompletionRequest, reply: RawReply): Completion {
  const { text, isOver } = cutReply(reply.text, request);
  return {
    text,
    finishReason: reply.finish === 'length' && !isOver ? 'length' : 'stop',
    usage: usageOf(request, reply),
  };
}

function usageOf({ system, prompt, maxTokens }: CompletionRequest, reply: RawReply): Usage {
  const { usage, text, prefillMs, decodeMs } = reply;
  return {
    promptTokens: usage?.prompt ?? estimateTokens(system) + estimateTokens(prompt),
    cachedTokens: usage?.cached ?? 0,
    completionTokens: usage?.completion ?? Math.min(maxTokens, estimateTokens(text)),
    prefillMs,
    decodeMs,
  };
}
