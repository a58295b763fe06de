/** How many replies have room in the KV cache together: their common beginning is there once, what follows for each. */
import type { RowRequest } from './batch-row.ts';
import type { BatchRuntime } from './batch-runtime.ts';
import { commonLength, worthAPass } from './held-tokens.ts';
import { pageSize } from './wide-cache.ts';

/** How many of the requests, from the first on, have room in the KV cache together. */
export function fitting(requests: readonly RowRequest[], runtime: BatchRuntime): number {
  let count = requests.length;
  while (count > 1 && !fit(requests.slice(0, count), runtime)) count--;
  return count;
}

function fit(requests: readonly RowRequest[], { contextWindow, chunk }: BatchRuntime): boolean {
  const pages = (tokens: number): number => Math.ceil(tokens / pageSize);
  const shared = sharedLength(requests);
  const own = requests.map(({ prompt }) => prompt.length - Math.max(0, shared - worthAPass));
  const read = own.reduce((sum, tokens) => sum + tokens, 0);
  // A fork that begins within a page gets a copy of that page.
  const written = requests.reduce((sum, { limit }, i) => sum + pages((own[i] ?? 0) + limit) + 1, 0);
  return shared > 0 && read <= chunk && pages(shared) + written <= Math.floor(contextWindow / pageSize);
}

/** At least one token of each prompt is left: the reply begins with what follows from it. */
export function sharedLength(requests: readonly RowRequest[]): number {
  const [first = [], ...others] = requests.map(({ prompt }) => prompt.slice(0, -1));
  return others.reduce((length, prompt) => Math.min(length, commonLength(first, prompt)), first.length);
}
