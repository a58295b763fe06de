/** Puts a reply together from the stream's chunks. Never asked for in one piece: that breaks on a cut character. */
import type { ChatCompletionChunk } from '@wllama/wllama/esm/index.js';
import { AppError } from '../../core/errors.ts';
import type { Completion, Usage } from '../../core/language-model.ts';
import { settleReply, type ReplyLimits } from '../../core/reply-end.ts';

export interface ReplyReader {
  read(chunk: ChatCompletionChunk): void;
  /** What would still be written could change nothing. */
  readonly isSettled: boolean;
  /** @throws AppError `engine-failed` when the stream ended without saying how, and not because the reply was settled */
  finish(): Completion;
}

export function createReplyReader(limits: ReplyLimits): ReplyReader {
  let text = '';
  let finishReason: string | null = null;
  let usage: Usage | null = null;
  return {
    read(chunk) {
      const [choice] = chunk.choices;
      text += choice?.delta.content ?? '';
      finishReason = choice?.finish_reason ?? finishReason;
      usage = usageOf(chunk) ?? usage;
    },
    get isSettled() {
      return usage !== null && settleReply(text, limits).isOver;
    },
    finish() {
      const settled = settleReply(text, limits);
      if (usage && settled.isOver) return { text: settled.text, finishReason: 'stop', usage };
      if (usage && (finishReason === 'stop' || finishReason === 'length'))
        return { text, finishReason, usage };
      throw new AppError(
        'engine-failed',
        `The CPU engine ended a reply with "${finishReason ?? 'nothing'}". Load the model again.`,
      );
    },
  };
}

/** Each piece of a reply says what it took so far; only the last one gives the sums. */
function usageOf({ usage, timings }: ChatCompletionChunk): Usage | null {
  if (!usage && !timings) return null;
  const cachedTokens = timings?.cache_n ?? usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    promptTokens: usage?.prompt_tokens ?? cachedTokens + (timings?.prompt_n ?? 0),
    cachedTokens,
    completionTokens: usage?.completion_tokens ?? timings?.predicted_n ?? 0,
    prefillMs: timings?.prompt_ms ?? 0,
    decodeMs: decodeMsOf(timings),
  };
}

/** The first token comes with the prompt, and the clock of the others begins behind it: alone it took no time to tell. */
function decodeMsOf(timings: ChatCompletionChunk['timings']): number {
  return timings && timings.predicted_n > 1 ? timings.predicted_ms : 0;
}
