/** What goes wrong between a page and a server, and what to do about it, in words. Keys never get into them. */
import { AppError } from '../../core/errors.ts';
import { messageOfBody } from './chat-format.ts';

/** A failure that may be over in a moment. */
export interface Transient {
  /** `away`: nothing answers. `busy`: the server asks to wait. `fault`: it failed, and may well fail again. */
  readonly kind: 'away' | 'busy' | 'fault';
  /** What it is if it is not over; null when nothing answered and the reason has yet to be found out. */
  readonly error: AppError | null;
  /** What the server asks for, in milliseconds; null when it asks for nothing. */
  readonly waitMs: number | null;
  /** What is waited for, for the page: the beginning of a sentence. */
  readonly words: string;
}

/** How one attempt failed: for good, or perhaps not. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
  readonly reason: AppError | Transient;
  /** What the server answered, where it did. */
  readonly refusal: Refusal | null;

  constructor(reason: AppError | Transient, refusal: Refusal | null = null) {
    super('One attempt failed.');
    this.reason = reason;
    this.refusal = refusal;
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
  const { status, baseUrl, body } = refusal;
  const words = wordsOf(refusal);
  if (isContext(words)) return contextExceeded(words);
  if (status === 401 || status === 403) return keyRefused(refusal);
  if (status === 408 || status === 429 || status >= 500) return overloaded(refusal);
  if (isPage(body)) return webPage(baseUrl);
  if (status === 404) return notThere(refusal);
  const next = body.includes('chat_template_kwargs')
    ? 'Switch off “Answer without thinking first” on the Setup page: this server does not know it.'
    : 'Check the name of the model and the settings of the server.';
  return new AppError(
    'endpoint-refused',
    `The endpoint refused the request (status ${status}): ${words} ${next}`,
  );
}

/** A failure the server reports after the reply has begun. */
export function brokeOff(said: string, key: string | null): AppError | Transient {
  const words = clipped(said, key);
  if (isContext(words)) return contextExceeded(words);
  const error = new AppError(
    'endpoint-failed',
    `The endpoint failed in the middle of a reply: ${words} Look at the log of the server.`,
  );
  return { kind: 'fault', error, waitMs: null, words: 'the server failed in the middle of a reply' };
}

export const noAnswer: Transient = {
  kind: 'away',
  error: null,
  waitMs: null,
  words: 'the server does not answer',
};

export function cut(): Transient {
  const error = new AppError(
    'endpoint-unreachable',
    'The connection to the endpoint was cut in the middle of a reply, several times. Check the network and the log of the server.',
  );
  return { kind: 'fault', error, waitMs: null, words: 'the connection was cut in the middle of a reply' };
}

export function stalled(ms: number): Transient {
  const seconds = Math.round(ms / 1000);
  const error = new AppError(
    'timed-out',
    `The endpoint sent nothing for ${seconds} seconds, several times. Look whether the server is overloaded, or lower the number of requests in flight.`,
  );
  return { kind: 'fault', error, waitMs: null, words: `the server sent nothing for ${seconds} s` };
}

/** Something answers, and it is not what was asked for: a chat page, a login, the page of a proxy. */
export function webPage(baseUrl: string): AppError {
  return new AppError(
    'endpoint-unreachable',
    `This address answers with a web page, not an API: ${baseUrl}. Enter the address of the API itself: it usually ends with /v1, with Open WebUI it ends with /api. If the page is a login, log in at the server first or ask who runs it for the address of the API.`,
  );
}

/** Neither a stream nor JSON nor a page. */
export function notACompletion(baseUrl: string, type: string): AppError {
  const what = type === '' ? 'something without a type' : `something of the type ${type}`;
  return new AppError(
    'endpoint-unreachable',
    `What answers at ${baseUrl} is no API of this kind: it sends ${what}. Check host, port and path of the address; it usually ends with /v1.`,
  );
}

export function isPage(body: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<\?xml)/i.test(body);
}

export function isTransient(reason: AppError | Transient): reason is Transient {
  return !(reason instanceof AppError);
}

/** Newer models of OpenAI refuse a reply that their thoughts left no room for, where others send an empty one. */
export function isOutOfRoom({ status, body }: Refusal): boolean {
  return status === 400 && /output limit was reached|could not finish the message/i.test(body);
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

function keyRefused({ status, key, baseUrl }: Refusal): AppError {
  const what =
    key === null
      ? `The endpoint ${baseUrl} asks for a key (status ${status}). Enter it: a key that was not kept is gone with its page.`
      : `The endpoint ${baseUrl} did not accept the key (status ${status}). Keys belong to one address: enter the one for this server.`;
  return new AppError('endpoint-key', what);
}

function notThere(refusal: Refusal): AppError {
  return new AppError(
    'endpoint-refused',
    `The endpoint does not know the model “${refusal.model}” or the address ${refusal.baseUrl}/chat/completions (status 404): ${wordsOf(refusal)} Addresses of this kind usually end with /v1; the list on the Setup page shows the models.`,
  );
}

/** Words of servers whose account is empty: they say “too many requests”, and time alone changes nothing. */
const isUnpaid = /insufficient_quota|current quota|billing|insufficient (credit|balance|funds)/i;

function overloaded(refusal: Refusal): AppError | Transient {
  const { status, body, retryAfter } = refusal;
  const words = wordsOf(refusal);
  const waitMs = waitOf(retryAfter);
  if (status === 429 && isUnpaid.test(body)) {
    return new AppError(
      'endpoint-refused',
      `The endpoint takes no more requests on this account (status 429): ${words} Look at the account, then resume.`,
    );
  }
  if (status === 429) {
    const error = new AppError(
      'endpoint-refused',
      `The endpoint still takes no more requests after several pauses (status 429): ${words} Lower the number of requests in flight, or resume later.`,
    );
    return { kind: 'busy', error, waitMs, words: 'the server asks to wait (429)' };
  }
  const error = new AppError(
    'endpoint-failed',
    `The endpoint failed several times (status ${status}): ${words} Look at the log of the server, then resume.`,
  );
  if (status !== 408 && (status < 502 || status > 504))
    return { kind: 'fault', error, waitMs, words: `the server failed (${status})` };
  const isLoading = /loading/i.test(words);
  const what = isLoading ? 'is loading its model' : 'is not ready';
  return { kind: 'busy', error, waitMs, words: `the server ${what} (${status})` };
}

/** Seconds or a date. */
function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Of a page its title: the rest is for eyes. */
function wordsOf({ body, key }: Refusal): string {
  const title = isPage(body) ? (/<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? '') : null;
  return clipped(title ?? messageOfBody(body), key);
}

/** Servers repeat parts of the request; the key must not reach a message, a record or a log. */
function clipped(words: string, key: string | null): string {
  const safe = key === null || key === '' ? words : words.replaceAll(key, '[key]');
  const short = safe.replaceAll(/\s+/g, ' ').trim().slice(0, mostWords);
  if (short === '') return 'it gives no reason.';
  return /[.!?]$/.test(short) ? short : `${short}.`;
}
