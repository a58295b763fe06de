/** Pruning as a method: makes the person's prompt shorter without making it worse. */
import { startFromPrompt } from '../baselines/best.ts';
import { createLeakageIndex } from '../proposals/leakage.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import type { PruneOptions } from './options.ts';
import { prune } from './prune.ts';

export async function* prunePrompt(context: RunContext, options: PruneOptions): Steps<OptimizerResult> {
  const { train, validation } = context.splits;
  const best = yield* startFromPrompt(context);
  const tokensSaved = yield* prune(
    context,
    { candidate: best.candidate, validation: best.validation },
    options,
    createLeakageIndex([...train, ...validation]),
  );
  return { ...best.result('steps-done'), tokensSaved };
}
