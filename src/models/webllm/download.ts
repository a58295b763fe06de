/** Finds out which file of a model cannot be had: the browser's own error names no address. */
import type { ModelRecord } from '@mlc-ai/web-llm';
import { AppError } from '../../core/errors.ts';
import { filesUrl } from './records.ts';

/** Asks for the head of each of the model's first files and names the one that fails. */
export async function downloadFailure(
  record: ModelRecord,
  cause: unknown,
  fetcher: typeof fetch = fetch,
): Promise<AppError> {
  const folder = filesUrl(record.model);
  const urls = [`${folder}mlc-chat-config.json`, record.model_lib, `${folder}tensor-cache.json`];
  for (const url of urls) {
    const problem = await probe(url, fetcher);
    if (problem !== null) return failed(`${url} could not be downloaded (${problem})`, cause);
  }
  return failed(`A file of ${folder} could not be downloaded`, cause);
}

async function probe(url: string, fetcher: typeof fetch): Promise<string | null> {
  try {
    const { ok, status } = await fetcher(url, { method: 'HEAD', cache: 'no-store' });
    // A server that does not answer HEAD says nothing about the file.
    return ok || status === 405 || status === 501 ? null : `the server says ${String(status)}`;
  } catch {
    return 'the server cannot be reached, or does not allow other sites to use it';
  }
}

function failed(what: string, cause: unknown): AppError {
  const next = 'Check the address and the connection, then load again; what has arrived is kept.';
  return new AppError('download-failed', `${what}. ${next}`, { cause });
}
