/** One request to the server, from sending to the last event of its reply. */
import type { Environment } from './environment.ts';
import { readPiece } from './chat-format.ts';
import type { ChatPiece, ServerUsage } from './chat-format.ts';
import type { Body, Dialect } from './dialect.ts';
import {
  AttemptFailed,
  brokeOff,
  cut,
  isOutOfRoom,
  noAnswer,
  notACompletion,
  refused,
  stalled,
  webPage,
} from './failures.ts';
import { eventData } from './sse.ts';
import { StallWatch } from './stall-watch.ts';

export interface Post {
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | null;
  readonly body: Body;
  /** Milliseconds without a byte after which the server counts as stalled. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
  /** True for a text behind which nothing counts. */
  readonly isOver?: (text: string) => boolean;
}

export interface RawReply {
  readonly text: string;
  readonly finish: string | null;
  readonly usage: ServerUsage | null;
  /** Milliseconds until the first token, and from there to the end. */
  readonly prefillMs: number;
  readonly decodeMs: number;
}

export function headersFor(key: string | null): Record<string, string> {
  return key === null || key === '' ? {} : { Authorization: `Bearer ${key}` };
}

/**
 * Says it as the server takes it, and learns that from its refusals.
 * @throws AttemptFailed; whatever an aborted fetch throws when `signal` is aborted
 */
export async function attemptIn(dialect: Dialect, post: Post, environment: Environment): Promise<RawReply> {
  for (;;) {
    const body = dialect.said(post.body);
    try {
      return await attempt({ ...post, body }, environment);
    } catch (thrown) {
      if (!dialect.learn(thrown, body)) throw thrown;
    }
  }
}

async function attempt(post: Post, environment: Environment): Promise<RawReply> {
  const watch = new StallWatch(post, environment);
  let hasAnswered = false;
  try {
    const response = await send(post, watch.signal, environment.fetch);
    hasAnswered = true;
    watch.alive();
    if (response.ok) return await readReply(response, post, watch, environment);
    const refusal = await refusalOf(response, post);
    if (!isOutOfRoom(refusal)) throw new AttemptFailed(refused(refusal), refusal);
    return nothingWritten(environment.now() - watch.startedAt);
  } catch (thrown) {
    if (post.signal.aborted || thrown instanceof AttemptFailed) throw thrown;
    // What a fetch throws says nothing more than that there is no answer, or no more of it.
    if (watch.hasFired) throw new AttemptFailed(stalled(post.stallMs));
    throw new AttemptFailed(hasAnswered ? cut() : noAnswer);
  } finally {
    watch.end();
  }
}

function send({ baseUrl, key, body }: Post, signal: AbortSignal, ask: typeof fetch): Promise<Response> {
  return ask(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headersFor(key) },
    body: JSON.stringify(body),
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal,
  });
}

function nothingWritten(ms: number): RawReply {
  return { text: '', finish: 'length', usage: null, prefillMs: ms, decodeMs: 0 };
}

async function refusalOf(response: Response, { baseUrl, model, key }: Post) {
  const body = await response.text().catch(() => '');
  const retryAfter = response.headers.get('Retry-After');
  return { status: response.status, body, retryAfter, baseUrl, model, key };
}

/** Most models that have answered are through within a few pieces, and then the server says what the reply cost. */
const patience = 4;

async function readReply(
  response: Response,
  post: Post,
  watch: StallWatch,
  { now }: Environment,
): Promise<RawReply> {
  let text = '';
  let firstAt: number | null = null;
  let finish: string | null = null;
  let usage: ServerUsage | null = null;
  let isDone = false;
  let needless = 0;
  for await (const piece of pieces(response, post, watch)) {
    if (piece === 'done') {
      isDone = true;
      continue;
    }
    if (piece.hasOutput) firstAt ??= now();
    if (finish === null && post.isOver?.(text)) needless += 1;
    text += piece.text;
    usage = piece.usage ?? usage;
    finish = piece.finish ?? (needless > patience ? 'stop' : finish);
    // Leaving the loop closes the connection, and the server writes no further.
    if (needless > patience) break;
  }
  // Half a reply must never pass for a whole one: its end is said, or the connection was cut.
  if (!isDone && finish === null) throw new AttemptFailed(cut());
  const end = now();
  return {
    text,
    finish,
    usage,
    prefillMs: (firstAt ?? end) - watch.startedAt,
    decodeMs: end - (firstAt ?? end),
  };
}

async function* pieces(
  response: Response,
  { key, baseUrl }: Post,
  watch: StallWatch,
): AsyncGenerator<ChatPiece | 'done'> {
  for await (const data of replyData(response, baseUrl, watch)) {
    if (data.trim() === '') continue;
    if (data.trim() === '[DONE]') {
      yield 'done';
      return;
    }
    const piece = readPiece(data);
    if (!piece) throw new AttemptFailed(cut());
    if (piece.error !== null) throw new AttemptFailed(brokeOff(piece.error, key));
    yield piece;
  }
}

/** Some servers and proxies answer as a whole, although asked to stream. */
async function* replyData(response: Response, baseUrl: string, watch: StallWatch): AsyncGenerator<string> {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.includes('html')) throw new AttemptFailed(webPage(baseUrl));
  if (!response.body) throw new AttemptFailed(cut());
  if (type.includes('json')) {
    yield await response.text();
    return;
  }
  const body = response.body.pipeThrough(watch.tap());
  if (type.includes('event-stream')) yield* eventData(body);
  else yield* untypedData(body, new AttemptFailed(notACompletion(baseUrl, type)));
}

/** What some servers stream has no type, or a wrong one; what some addresses answer is something else. */
async function* untypedData(body: ReadableStream<Uint8Array>, other: AttemptFailed): AsyncGenerator<string> {
  let isEmpty = true;
  for await (const data of eventData(body)) {
    isEmpty = false;
    yield data;
  }
  if (isEmpty) throw other;
}
