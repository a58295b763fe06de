/**
 * Completions memoized by a hash of (engine, model, parameters, full text). A reply is stored *before* it is
 * handed out, so what counts is never lost; a replayed run finds it and the model is not asked again.
 */
import type { CancelToken } from '../cancel.ts';
import { decorated } from '../decorated-model.ts';
import { AppError, isAppError, isOfOneRequest, type ErrorCode } from '../errors.ts';
import { hashText } from '../hash.ts';
import type { Completion, CompletionRequest, LanguageModel, ModelIdentity } from '../language-model.ts';
import { cutReply } from '../reply-end.ts';

/** A reply as it is stored: failures that would repeat themselves are replies too. */
export type RecordedReply =
  | { readonly kind: 'completion'; readonly completion: Completion }
  | { readonly kind: 'failure'; readonly code: ErrorCode; readonly message: string };

/** Where replies are kept. `put` resolves when the reply is safe. */
export interface CompletionStore {
  get(key: string): Promise<RecordedReply | undefined>;
  put(key: string, reply: RecordedReply): Promise<void>;
}

/** The identity of a reply. Greedy requests do not depend on the seed, so it is left out there. */
export function completionKey(identity: ModelIdentity, request: CompletionRequest): string {
  const { purpose, system, prompt, maxTokens, temperature, seed, stop, until, constraint } = request;
  return hashText(
    JSON.stringify([
      [identity.engine, identity.model],
      [purpose, system, prompt, maxTokens, temperature, temperature === 0 ? 0 : seed],
      stop ?? [],
      constraint ?? null,
      ...(until ? [until] : []),
    ]),
  );
}

export function createMemoryStore(): CompletionStore {
  const replies = new Map<string, RecordedReply>();
  return {
    get: (key) => Promise.resolve(replies.get(key)),
    put: (key, reply) => {
      replies.set(key, reply);
      return Promise.resolve();
    },
  };
}

/** Remembers nothing: every request goes to the model. */
export const forgetful: CompletionStore = {
  get: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
};

export interface RecordingModel extends LanguageModel {
  keyOf(request: CompletionRequest): string;
}

async function askAndStore(
  model: LanguageModel,
  store: CompletionStore,
  key: string,
  request: CompletionRequest,
  cancel: CancelToken | undefined,
): Promise<RecordedReply> {
  const reply = await replyOf(model, request, cancel);
  await store.put(key, reply);
  return reply;
}

async function replyOf(
  model: LanguageModel,
  request: CompletionRequest,
  cancel?: CancelToken,
): Promise<RecordedReply> {
  try {
    return { kind: 'completion', completion: cut(await model.complete(request, cancel), request) };
  } catch (error) {
    if (!isOfOneRequest(error)) throw error;
    return { kind: 'failure', code: error.code, message: error.message };
  }
}

/** Whether an engine ends a reply early or not must make no difference. */
function cut(completion: Completion, request: CompletionRequest): Completion {
  const { text, isOver } = cutReply(completion.text, request);
  return isOver ? { ...completion, text, finishReason: 'stop' } : completion;
}

/** The same model with a memory. Identical requests under way at once are asked once. */
export function withRecording(model: LanguageModel, store: CompletionStore): RecordingModel {
  const underWay = new Map<string, Promise<RecordedReply>>();
  const keyOf = (request: CompletionRequest): string => completionKey(model.identity, request);

  async function reply(
    key: string,
    request: CompletionRequest,
    cancel?: CancelToken,
  ): Promise<RecordedReply> {
    const known = await store.get(key);
    return known ?? askAndStore(model, store, key, request, cancel);
  }

  function ask(key: string, request: CompletionRequest, cancel?: CancelToken): Promise<RecordedReply> {
    const asked = reply(key, request, cancel).finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  }

  /** Joins an equal request under way; should whoever asked that one call it off, it is asked anew. */
  async function joinOrAsk(
    key: string,
    request: CompletionRequest,
    cancel?: CancelToken,
  ): Promise<RecordedReply> {
    for (let shared = underWay.get(key); shared; shared = underWay.get(key)) {
      try {
        return await shared;
      } catch (error) {
        if (!isAppError(error, 'cancelled') || cancel?.isCancelled) throw error;
      }
    }
    return ask(key, request, cancel);
  }

  return {
    keyOf,
    ...decorated(model, async (request, cancel) => {
      const recorded = await joinOrAsk(keyOf(request), request, cancel);
      if (recorded.kind === 'completion') return recorded.completion;
      throw new AppError(recorded.code, recorded.message);
    }),
  };
}
