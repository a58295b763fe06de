/** A request of the port as WebLLM's chat completion takes it. */
import type { ChatCompletionRequestStreaming } from '@mlc-ai/web-llm';
import type { CompletionRequest } from '../../core/language-model.ts';
import { grammarOf } from '../grammar-of.ts';

/** @param thoughtTokens tokens of the empty thoughts that the engine puts before the reply; null where the model does not think */
export function chatRequest(
  { system, prompt, maxTokens, temperature, seed, stop, constraint }: CompletionRequest,
  thoughtTokens: number | null,
): ChatCompletionRequestStreaming {
  return {
    messages: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content: prompt },
    ],
    stream: true,
    stream_options: { include_usage: true },
    // The engine counts its empty thoughts as part of the reply.
    max_tokens: maxTokens + (thoughtTokens ?? 0),
    temperature,
    seed,
    ...(stop && stop.length > 0 && { stop: [...stop] }),
    ...(constraint && { response_format: { type: 'grammar', grammar: grammarOf(constraint) } }),
    ...(thoughtTokens !== null && { extra_body: { enable_thinking: false } }),
  };
}
