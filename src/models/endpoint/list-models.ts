/** The models a server offers, as it lists them. */
import { headersFor } from './attempt.ts';
import { readModelList } from './chat-format.ts';
import type { ListedModel } from './chat-format.ts';
import type { Environment } from './environment.ts';
import { AttemptFailed, isPage, refused } from './failures.ts';
import { unreachable } from './unreachable.ts';

/** Milliseconds after which a list that does not come counts as no answer. */
const patienceMs = 15_000;

export interface Access {
  /** Normal. */
  readonly baseUrl: string;
  readonly key: string | null;
  /** Named in messages. */
  readonly model: string;
}

/** `none`: something answers and keeps no list. `page`: what answers is a web page. */
export type Listing = readonly ListedModel[] | 'none' | 'page';

/**
 * One attempt.
 * @throws AppError when the server cannot be reached; AttemptFailed when it refuses, or fails
 */
export async function listModels(
  access: Access,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Listing> {
  try {
    return await fetchList(access, environment, signal);
  } catch (thrown) {
    if (signal?.aborted || thrown instanceof AttemptFailed) throw thrown;
    throw await unreachable(access.baseUrl, environment);
  }
}

/** @throws AttemptFailed; what a fetch throws that fails */
export async function fetchList(
  access: Access,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Listing> {
  const response = await get(access, environment, signal);
  const body = await response.text().catch(() => '');
  const { ok, status, headers } = response;
  const isHtml = (headers.get('Content-Type') ?? '').includes('html') || isPage(body);
  if (ok) return readModelList(body) ?? (isHtml ? 'page' : 'none');
  if (status === 404 || status === 405) return isHtml ? 'page' : 'none';
  const refusal = { ...access, status, body, retryAfter: headers.get('Retry-After') };
  throw new AttemptFailed(refused(refusal), refusal);
}

async function get(
  { baseUrl, key }: Access,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Response> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const callOff = environment.after(patienceMs, abort);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await environment.fetch(`${baseUrl}/models`, {
      headers: headersFor(key),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: controller.signal,
    });
  } finally {
    callOff();
    signal?.removeEventListener('abort', abort);
  }
}
