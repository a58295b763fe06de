/** A session that is started afresh, with the same file, before the prompts it has kept fill the memory. */
import type { ChatCompletionChunk } from '@wllama/wllama/esm/index.js';
import type { Usage } from '../../core/language-model.ts';
import { createMemoryGrowth } from './memory-growth.ts';
import type { ChatRequest, Session } from './session.ts';

export interface ChatSession {
  chat(
    request: ChatRequest,
    signal: AbortSignal,
    onChunk: (chunk: ChatCompletionChunk) => void,
  ): Promise<void>;
  /** What the last reply cost. */
  note(usage: Usage): void;
  end(): Promise<void>;
}

/** One chat at a time. @param start starts another session like `first` */
export function renewing(first: Session, start: () => Promise<Session>): ChatSession {
  const growth = createMemoryGrowth(first.bytesPerToken);
  let current = first;
  let isEnded = false;
  return {
    async chat(request, signal, onChunk) {
      if (growth.isTooMuch && !isEnded) {
        await current.end();
        current = await start();
        growth.reset();
      }
      await current.chat(request, signal, onChunk);
    },
    note: (usage) => growth.note(usage),
    end() {
      isEnded = true;
      return current.end();
    },
  };
}
