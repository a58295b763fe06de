/**
 * The dual-phase method (arXiv 2406.13443): a meta-instruction makes a structured first prompt (phase 1); then one
 * sentence at a time is drawn by weight, rewritten with failure cases, and kept only when it helps (phase 2).
 */
import { createLeakageIndex } from '../proposals/leakage.ts';
import type { StopReason } from '../report.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import { prune } from '../prune/prune.ts';
import { scoreOnTrain } from './adopt.ts';
import { tryExemplars } from './few-shot.ts';
import { withGateFor } from './gate-choice.ts';
import { askAll, askingOrder, firstLook } from './in-turn.ts';
import { initialPrompt } from './initial-prompt.ts';
import type { DualPhaseOptions } from './options.ts';
import { tryPoolMerge } from './pool-merge.ts';
import { Search } from './search.ts';
import { takeStep } from './step.ts';
import { nothingCanPass, nothingLeftNotice, seemsFinished, warnOfSize } from './validation-size.ts';

export async function* dualPhase(context: RunContext, chosen: DualPhaseOptions): Steps<OptimizerResult> {
  const { train, validation } = context.splits;
  const options = withGateFor(chosen, validation.length);
  yield* warnOfSize(context, options);
  const leakage = createLeakageIndex([...train, ...validation]);
  const start = yield* initialPrompt(context, options, leakage);
  const order = askingOrder(context, options);
  const look = firstLook(options, order);
  const looked = yield* context.evaluate(start, look, 'validation', {
    why: `The first prompt on ${look.length === order.length ? 'all' : `${look.length} of the`} validation examples`,
  });
  const startValidation = { ...looked, planned: order.length };
  yield* context.settle(start, startValidation);
  yield { type: 'phase-started', phase: 'search' };
  const search = new Search(
    options,
    leakage,
    start,
    startValidation,
    yield* scoreOnTrain(context, options, start),
    order,
  );
  const stopReason = yield* searchSteps(context, search);
  if (search.pool.best && options.pool > 1) search.goOnFrom(search.pool.best);
  yield* tryExemplars(context, search, search.incumbent.id === start.id);
  const tokensSaved = yield* pruneAtEnd(context, search);
  return {
    stopReason,
    start,
    startValidation: search.startValidation,
    ...(tokensSaved === null ? {} : { tokensSaved }),
  };
}

async function* pruneAtEnd(context: RunContext, search: Search): Steps<number | null> {
  const { prune: how, pruneTries } = search.options;
  if (how === 'off') return null;
  yield* askAll(context, search);
  const { incumbent: candidate, validation, leakage } = search;
  return yield* prune(context, { candidate, validation }, { prune: how, pruneTries }, leakage);
}

const nothingUsable = {
  type: 'notice',
  level: 'info',
  text: 'The preset “For small models” also tries sentences of a library and worked examples, which need nothing of the model that writes.',
} as const;

async function* searchSteps(context: RunContext, search: Search): Steps<StopReason> {
  const { steps, attempts } = search.options;
  for (let step = 1; step <= steps; step += 1) {
    search.pickParent(context.random.fork(`step ${step} parent`));
    if (search.failures(context).length === 0) return 'no-failures';
    if (seemsFinished(search)) yield* askAll(context, search);
    if (nothingCanPass(search)) {
      yield nothingLeftNotice(search);
      return 'converged';
    }
    yield { type: 'step-started', step, of: steps, attempts };
    const accepted = yield* takeStep(context, search, step);
    yield { type: 'step-finished', step, accepted };
    if (accepted) yield* tryPoolMerge(context, search);
    else search.pool.exhaust(search.incumbent);
    if (!search.pool.isExhausted) continue;
    if (search.usableRewrites > 0 || search.rewritesAsked === 0) return 'converged';
    yield nothingUsable;
    return 'no-usable-proposal';
  }
  return 'steps-done';
}
