/** Puts the batching model together with the engine that serves it. */
import type { ChatEngine, WebLlmModel } from './webllm-model.ts';
import { BatchModel } from './batch-model.ts';
import { chatRequest } from './chat-request.ts';
import { emptyThoughts } from './reply-text.ts';
import { batchSize, type Reuse } from './start-reuse.ts';

/** Milliseconds; requests sent together come through a channel, one after the other. */
const gatheringMs = 5;

export interface BatchingOptions {
  readonly thinks: boolean;
  readonly lost: Promise<never>;
  readonly onGivenUp: (thrown: unknown) => void;
}

/** The model itself where nothing can be written together. */
export function withBatches(
  engine: Pick<ChatEngine, 'chat'>,
  single: WebLlmModel,
  reuse: Reuse | null,
  { thinks, lost, onGivenUp }: BatchingOptions,
): WebLlmModel | BatchModel {
  if (!reuse?.batch) return single;
  const header = thinks ? reuse.batch.encode(emptyThoughts) : [];
  return new BatchModel({
    single,
    runtime: reuse.batch,
    reuse: reuse.prefixes,
    size: batchSize,
    header,
    lost,
    onGivenUp,
    async format(request) {
      const stream = await engine.chat.completions.create(
        // The constraint is no part of the prompt, and its grammar would be read for nothing.
        chatRequest({ ...request, constraint: undefined }, thinks ? header.length : null),
      );
      await stream[Symbol.asyncIterator]().next();
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, gatheringMs)),
  });
}
