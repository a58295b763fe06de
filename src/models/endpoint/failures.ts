/** What goes wrong between a page and a server, and what to do about it, in words. Keys never get into them. */
import { AppError } from '../../core/errors.ts';
import { messageOfBody } from './chat-format.ts';

/** A failure that may be over in a moment. */
export interface Transient {
  /** What it is if it is not over; null when nothing answered and the reason has yet to be found out. */
  readonly error: AppError | null;
  /** What the server asks for, in milliseconds; null when it asks for nothing. */
  readonly waitMs: number | null;
}

/** How one attempt failed: for good, or perhaps not. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
  readonly reason: AppError | Transient;

  constructor(reason: AppError | Transient) {
    super('One attempt failed.');
    this.reason = reason;
  }
}

/** Characters of the server's own words that are shown. */
const mostWords = 300;

export interface Refusal {
  readonly status: number;
  readonly body: string;
  /** The value of the header. */
  readonly retryAfter: string | null;
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | null;
}

/** The answer of a server that is not a completion. */
export function refused(refusal: Refusal): AppError | Transient {
  const { status, retryAfter } = refusal;
  const words = wordsOf(refusal);
  if (isContext(words)) return contextExceeded(words);
  if (status === 401 || status === 403) return keyRefused(refusal);
  if (status === 404) return notThere(refusal);
  if (status === 408 || status === 429 || status >= 500) {
    return { error: overloaded(status, words), waitMs: waitOf(retryAfter) };
  }
  return new AppError(
    'endpoint-refused',
    `The endpoint refused the request (status ${status}): ${words} Check the name of the model and the settings of the server.`,
  );
}

/** A failure the server reports after the reply has begun. */
export function brokeOff(said: string, key: string | null): AppError | Transient {
  const words = clipped(said, key);
  if (isContext(words)) return contextExceeded(words);
  const error = new AppError(
    'endpoint-refused',
    `The endpoint failed in the middle of a reply: ${words} Look at the log of the server.`,
  );
  return { error, waitMs: null };
}

export const noAnswer: Transient = { error: null, waitMs: null };

export function cut(): Transient {
  const error = new AppError(
    'endpoint-unreachable',
    'The connection to the endpoint was cut in the middle of a reply, several times. Check the network and the log of the server.',
  );
  return { error, waitMs: null };
}

export function stalled(ms: number): Transient {
  const error = new AppError(
    'timed-out',
    `The endpoint sent nothing for ${Math.round(ms / 1000)} seconds, several times. Look whether the server is overloaded, or lower the number of requests in flight.`,
  );
  return { error, waitMs: null };
}

export function isTransient(reason: AppError | Transient): reason is Transient {
  return !(reason instanceof AppError);
}

/** llama.cpp, vLLM, OpenAI and LM Studio say it each in their own words, with status 400 or 500. */
function isContext(words: string): boolean {
  return /context (length|size|window|limit)|exceed_context|context.{0,40}(exceed|overflow)|exceed.{0,40}context|maximum.{0,30}(tokens|length)|too many tokens|prompt is too long/i.test(
    words,
  );
}

function contextExceeded(words: string): AppError {
  return new AppError(
    'context-exceeded',
    `The prompt is longer than the endpoint can take: ${words} Shorten the prompt, or start the server with a larger context.`,
  );
}

function keyRefused({ status, key }: Refusal): AppError {
  const what = key === null ? 'The endpoint asks for a key' : 'The endpoint did not accept the key';
  return new AppError(
    'endpoint-key',
    `${what} (status ${status}). Keys belong to one address: enter the one for this server.`,
  );
}

function notThere(refusal: Refusal): AppError {
  return new AppError(
    'endpoint-refused',
    `The endpoint does not know the model “${refusal.model}” or the address ${refusal.baseUrl}/chat/completions (status 404): ${wordsOf(refusal)} Addresses of this kind usually end with /v1; the list on the Setup page shows the models.`,
  );
}

function overloaded(status: number, words: string): AppError {
  if (status === 429) {
    return new AppError(
      'endpoint-refused',
      `The endpoint still takes no more requests after several pauses (status 429): ${words} Lower the number of requests in flight, or resume later.`,
    );
  }
  return new AppError(
    'endpoint-refused',
    `The endpoint failed several times (status ${status}): ${words} Look at the log of the server, then resume.`,
  );
}

/** Seconds or a date. */
function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function wordsOf({ body, key }: Refusal): string {
  return clipped(messageOfBody(body), key);
}

/** Servers repeat parts of the request; the key must not reach a message, a record or a log. */
function clipped(words: string, key: string | null): string {
  const safe = key === null || key === '' ? words : words.replaceAll(key, '[key]');
  const short = safe.replaceAll(/\s+/g, ' ').trim().slice(0, mostWords);
  if (short === '') return 'it gives no reason.';
  return /[.!?]$/.test(short) ? short : `${short}.`;
}
