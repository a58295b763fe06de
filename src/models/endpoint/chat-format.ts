/**
 * The chat completion format of OpenAI-compatible servers: what is sent, and what is read of the answer. Only the part
 * that vLLM, SGLang, llama.cpp, Ollama and LM Studio share; every field of an answer may be missing.
 */
import type { CompletionRequest } from '../../core/language-model.ts';
import type { EndpointSpec } from '../spec.ts';
import type { Body } from './dialect.ts';

/** The format allows no more; all are looked for again in the reply. */
const mostStops = 4;

/**
 * `Constraint`s are not sent: every server has its own field for them, and some ignore the ones they do not know, so
 * that nothing tells whether a reply was limited. The port's answer to that is `constraints: false`.
 */
export function chatBody(spec: EndpointSpec, request: CompletionRequest): Body {
  const system = request.system === '' ? [] : [{ role: 'system', content: request.system }];
  return {
    model: spec.model,
    messages: [...system, { role: 'user', content: request.prompt }],
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    seed: request.seed,
    stream: true,
    stream_options: { include_usage: true },
    ...(request.stop && request.stop.length > 0 && { stop: request.stop.slice(0, mostStops) }),
    ...(spec.thinking === 'off' && { chat_template_kwargs: { enable_thinking: false } }),
  };
}

/** Tokens. */
export interface ServerUsage {
  readonly prompt: number;
  readonly cached: number;
  readonly completion: number;
}

/** What one event of the stream says; also what a server says at once that does not stream. */
export interface ChatPiece {
  readonly text: string;
  /** True when anything was generated, also thoughts the server keeps apart. */
  readonly hasOutput: boolean;
  readonly finish: string | null;
  readonly usage: ServerUsage | null;
  /** A failure that is reported in the midst of the stream. */
  readonly error: string | null;
}

/** Null for what is not JSON: the stream broke off. */
export function readPiece(json: string): ChatPiece | null {
  const value = parsed(json);
  if (value === undefined) return null;
  const choices = field(value, 'choices');
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = field(choice, 'delta') ?? field(choice, 'message');
  const text = textOf(field(message, 'content'));
  const thoughts = textOf(field(message, 'reasoning_content')) + textOf(field(message, 'reasoning'));
  const error = field(value, 'error');
  return {
    text,
    hasOutput: text !== '' || thoughts !== '',
    finish: textOf(field(choice, 'finish_reason')) || null,
    usage: usageOf(field(value, 'usage')),
    error: error === undefined || error === null ? null : messageIn(value),
  };
}

/** The server's own words in the body of a refusal: `error.message`, `error`, `message`, `detail`, or the text. */
export function messageOfBody(body: string): string {
  const value = parsed(body);
  return value === undefined ? body : messageIn(value);
}

export interface ListedModel {
  readonly id: string;
  /** Tokens of prompt and reply together, where the server tells (vLLM, SGLang). */
  readonly contextWindow: number | null;
}

/** Null when the body is no list of models. */
export function readModelList(body: string): readonly ListedModel[] | null {
  const data = field(parsed(body), 'data');
  if (!Array.isArray(data)) return null;
  return data.flatMap((entry: unknown) => {
    const id = textOf(field(entry, 'id'));
    return id === '' ? [] : [{ id, contextWindow: countOf(field(entry, 'max_model_len')) }];
  });
}

function messageIn(value: unknown): string {
  const error = field(value, 'error');
  const candidates = [field(error, 'message'), error, field(value, 'message'), field(value, 'detail')];
  return candidates.map(textOf).find((text) => text !== '') ?? JSON.stringify(value);
}

function usageOf(usage: unknown): ServerUsage | null {
  const prompt = countOf(field(usage, 'prompt_tokens'));
  const completion = countOf(field(usage, 'completion_tokens'));
  if (prompt === null || completion === null) return null;
  const cached = countOf(field(field(usage, 'prompt_tokens_details'), 'cached_tokens')) ?? 0;
  return { prompt, completion, cached: Math.min(cached, prompt) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function field(owner: unknown, name: string): unknown {
  if (typeof owner !== 'object' || owner === null) return undefined;
  return (owner as Record<string, unknown>)[name];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}
