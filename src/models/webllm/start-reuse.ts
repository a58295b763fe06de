/** Switches prefix reuse and batches on where they can be trusted; where not, the model works as it always did, and a note says why. */
import { messageOf } from '../../core/errors.ts';
import { batchHolds } from './batch-check.ts';
import { batchRuntimeOf, type BatchRuntime } from './batch-runtime.ts';
import { reusablePipelineOf } from './internals.ts';
import type { MergeKernel } from './merge-kernel.ts';
import { reusePrefixes, type PrefixReuse } from './prefix-reuse.ts';
import { reuseHolds, type AskableEngine } from './reuse-check.ts';

export interface Reuse {
  readonly prefixes: PrefixReuse;
  /** Null where answers are written one at a time. */
  readonly batch: BatchRuntime | null;
}

export interface ReuseOutcome {
  readonly reuse: Reuse | null;
  /** For the page, as is the next. */
  readonly note: string;
  /** Null where `note` says it all. */
  readonly batchNote: string | null;
}

/** Answers written together, at most. */
export const batchSize = 4;

export async function startReuse(
  engine: AskableEngine,
  modelId: string,
  mergeKernel: MergeKernel,
): Promise<ReuseOutcome> {
  const found = reusablePipelineOf(engine, modelId);
  if (!found) return plain('this version of the engine, or the kind of model, has no way to go back');
  if (mergeKernel !== 'sound')
    return plain('its attention kernel is not one that is known to be right for it');
  const runtime = batchRuntimeOf(engine, modelId, batchSize);
  const prefixes = reusePrefixes(found.pipeline, found.pop);
  if (!(await reuseHolds(engine, prefixes))) {
    prefixes.remove();
    return plain('on this GPU, answers would differ');
  }
  const batch = runtime && (await batchHolds(engine, prefixes, runtime).catch(() => false)) ? runtime : null;
  return { reuse: { prefixes, batch }, note: verified, batchNote: batchNoteOf(runtime, batch) };
}

const verified = 'what prompts begin with alike is read once: reuse verified';

function batchNoteOf(found: BatchRuntime | null, batch: BatchRuntime | null): string {
  if (batch) return `up to ${batchSize} answers are written together: verified`;
  const why = found ? 'together they would differ' : 'the engine or the model cannot write several';
  return `answers are written one at a time: ${why}`;
}

/** In place of the batch note. */
export function givenUpNote(thrown: unknown): string {
  return `answers are written one at a time from here on: writing several together failed (${messageOf(thrown)})`;
}

function plain(why: string): ReuseOutcome {
  return { reuse: null, note: `every prompt is read from its start: ${why}`, batchNote: null };
}
