/** The models a server offers, as it lists them. */
import type { Environment } from './environment.ts';
import { headersFor } from './attempt.ts';
import { readModelList } from './chat-format.ts';
import type { ListedModel } from './chat-format.ts';
import { isTransient, refused } from './failures.ts';
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

/**
 * Null from servers that answer but keep no list.
 * @throws AppError when the server cannot be reached or refuses the key
 */
export async function listModels(
  access: Access,
  environment: Environment,
  signal?: AbortSignal,
): Promise<readonly ListedModel[] | null> {
  const response = await get(access, environment, signal);
  const body = await response.text().catch(() => '');
  if (response.ok) return readModelList(body);
  if (response.status === 404 || response.status === 405) return null;
  const retryAfter = response.headers.get('Retry-After');
  const reason = refused({ ...access, status: response.status, body, retryAfter });
  throw isTransient(reason) ? (reason.error ?? (await unreachable(access.baseUrl, environment))) : reason;
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
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw await unreachable(baseUrl, environment);
  } finally {
    callOff();
    signal?.removeEventListener('abort', abort);
  }
}
