/** Decodes several replies to prompts that begin alike: the beginning is read once, then one pass writes a token of each. */
import type { Completion } from '../../core/language-model.ts';
import { BatchRow, type RowRequest } from './batch-row.ts';
import type { BatchRuntime } from './batch-runtime.ts';
import { sharedLength } from './fitting.ts';
import type { PrefixReuse } from './prefix-reuse.ts';

export interface BatchItem {
  readonly request: RowRequest;
  /** A reply that nobody waits for any more is not written to its end. */
  readonly isCancelled: () => boolean;
  readonly onReply: (completion: Completion) => void;
}

interface Running {
  readonly item: BatchItem;
  readonly row: BatchRow;
  readonly sequence: number;
  /** To be appended by the next pass. */
  tokens: readonly number[];
  readonly usage: { cachedTokens: number; prefillMs: number; decodeMs: number };
}

/** @throws whatever the runtime throws; the cache counts as unknown then, and what was not replied has to be asked again */
export async function decodeTogether(
  runtime: BatchRuntime,
  reuse: PrefixReuse,
  items: readonly BatchItem[],
): Promise<void> {
  try {
    let running = await begin(runtime, reuse, items);
    while (running.length > 0) {
      await step(runtime, running);
      running = stillRunning(runtime, running);
    }
  } catch (thrown) {
    reuse.forget();
    throw thrown;
  }
}

async function begin(
  runtime: BatchRuntime,
  reuse: PrefixReuse,
  items: readonly BatchItem[],
): Promise<readonly Running[]> {
  const start = performance.now();
  const requests = items.map(({ request }) => request);
  const shared = (requests[0]?.prompt ?? []).slice(0, sharedLength(requests));
  const { length, cached } = await reuse.hold(shared, (tokens) => readPrefix(runtime, tokens));
  const prefixMs = performance.now() - start;
  return items.map((item, index) => {
    const sequence = index + 1;
    runtime.fork(sequence);
    // The first request is the one for which the beginning was read.
    const usage = { cachedTokens: index === 0 ? cached : length, prefillMs: index === 0 ? prefixMs : 0 };
    const tokens = item.request.prompt.slice(length);
    return { item, row: new BatchRow(item.request), sequence, tokens, usage: { ...usage, decodeMs: 0 } };
  });
}

/** Onto sequence 0, a chunk at a time. */
export async function readPrefix(runtime: BatchRuntime, tokens: readonly number[]): Promise<void> {
  for (let at = 0; at < tokens.length; at += runtime.chunk)
    await runtime.forward([{ sequence: 0, tokens: tokens.slice(at, at + runtime.chunk) }]);
}

async function step(runtime: BatchRuntime, running: readonly Running[]): Promise<void> {
  const start = performance.now();
  const logits = await runtime.forward(running);
  const share = (performance.now() - start) / running.length;
  for (const [index, one] of running.entries()) {
    if (one.row.ids.length === 0) one.usage.prefillMs += share;
    else one.usage.decodeMs += share;
    one.row.take(logits[index] ?? new Float32Array(), runtime);
    one.tokens = one.row.ids.slice(-1);
  }
}

/** Lets go of those that are over. */
function stillRunning(runtime: BatchRuntime, running: readonly Running[]): readonly Running[] {
  return running.filter(({ item, row, sequence, usage }) => {
    const { finish, text } = row;
    if (finish === null && !item.isCancelled()) return true;
    runtime.drop(sequence);
    if (finish !== null) {
      const counts = { promptTokens: item.request.prompt.length, completionTokens: row.ids.length };
      item.onReply({ text, finishReason: finish, usage: { ...counts, ...usage } });
    }
    return false;
  });
}
