/**
 * GEPA (arXiv 2507.19457; gepa-ai/gepa) for a single prompt: a pool with the outcome of every prompt on every
 * validation example; a parent from the Pareto front is reflected on with a minibatch, and its child joins the pool
 * when it does better there. With one component, GEPA's merge would only copy a parent, so there is none.
 */
import { failuresOf } from '../evaluate/failures.ts';
import { choice, integer, type OptionsOf } from '../options.ts';
import { joinPrompt } from '../prompt/split.ts';
import { demand, exemplarBlock, failureBlock } from '../proposals/meta-format.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import type { Candidate, Example, FailureCase, ScoredCandidate } from '../types.ts';
import { createBatches } from './batches.ts';
import { inSteps, startFromPrompt } from './best.ts';
import { frontCounts } from '../stats/pareto.ts';
import { highest } from './highest.ts';
import { Writer, writingOptions, type MetaPrompt } from './writer.ts';

export const gepaOptions = {
  iterations: integer('Iterations', 20, 1, 1000, { unit: 'iterations' }),
  minibatch: integer('Training examples a parent is reflected on', 3, 1, 20, { unit: 'examples' }),
  selection: choice('Which prompt of the pool is developed further', 'pareto', ['pareto', 'best']),
  ...writingOptions(1),
} as const;

type GepaOptions = OptionsOf<typeof gepaOptions>;

export const gepaPresets = {
  browser: { title: 'Browser', summary: 'Twenty iterations with minibatches of three.', options: {} },
  official: {
    title: 'Official',
    summary: 'As published, to be ended by the budget: up to a thousand iterations.',
    options: { iterations: 1000 },
  },
} as const;

export async function* gepa(context: RunContext, options: GepaOptions): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  const writer = new Writer(context, options, best.hints);
  const nextBatch = createBatches(context.splits.train, options.minibatch, context.random.fork('batches'));
  const pool: ScoredCandidate[] = [{ candidate: best.start, validation: best.validation }];
  yield* inSteps(context, best, options.iterations, async function* (step) {
    const parent = pickParent(pool, options, context, step);
    const child = yield* developed(context, writer, parent, nextBatch(), step);
    if (!child) return false;
    const { isBetter, validation } = yield* best.consider(child);
    pool.push({ candidate: child, validation });
    return isBetter;
  });
  return best.result(writer.stopReason);
}

function pickParent(
  pool: readonly ScoredCandidate[],
  { selection }: GepaOptions,
  context: RunContext,
  step: number,
): Candidate {
  const weights =
    selection === 'best'
      ? pool.map((member) => Number(member === highest(pool, ({ validation }) => validation.accuracy)))
      : frontCounts(pool.map((member) => scoresOf(member, context.splits.validation)));
  return context.random
    .fork(`step ${step} parent`)
    .pick(
      pool.flatMap(({ candidate }, index) => Array.from({ length: weights[index] ?? 0 }, () => candidate)),
    );
}

function scoresOf({ validation }: ScoredCandidate, examples: readonly Example[]): number[] {
  const byId = new Map(validation.outcomes.map(({ exampleId, score }) => [exampleId, score]));
  return examples.map(({ id }) => byId.get(id) ?? 0);
}

/** A child that scores higher on the minibatch than its parent; null when there is none. */
async function* developed(
  context: RunContext,
  writer: Writer,
  parent: Candidate,
  minibatch: readonly Example[],
  step: number,
): Steps<Candidate | null> {
  const why = 'A minibatch of training examples';
  const before = yield* context.evaluate(parent, minibatch, 'train', { why });
  const failures = failuresOf(before, minibatch);
  if (failures.length === 0) return null; // nothing to learn from
  yield writer.showing(step, failures, failures.length);
  const right = minibatch.filter(({ id }) => !failures.some(({ exampleId }) => exampleId === id));
  const child = yield* writer.prompt({
    what: `Asking for a prompt that learns from what ${parent.id} did`,
    shown: failures,
    ask: (shown) => reflectMetaPrompt(parent, shown, right),
    original: parent,
    failures,
    note: `child of ${parent.id}`,
    random: context.random.fork(`step ${step} reflect`),
  });
  if (!child) return null;
  const after = yield* context.evaluate(child, minibatch, 'train', { why });
  return after.accuracy > before.accuracy ? child : null;
}

function reflectMetaPrompt(
  parent: Candidate,
  failures: readonly FailureCase[],
  right: readonly Example[],
): MetaPrompt {
  const lines = [
    'This is an instruction for a language model:',
    joinPrompt(parent.sentences),
    '',
    'A model that follows it gets these inputs wrong:',
    failureBlock(failures),
    '',
    ...(right.length > 0 ? ['It gets these inputs right:', '', exemplarBlock(right), ''] : []),
    'Work out from the cases what the task is, what is particular about its inputs, and which rules and strategies lead to the expected outputs. Then write a new instruction that states them for any input of this kind; do not copy the inputs above and do not name their answers.',
    demand('Write the complete new instruction now.', 'prompt'),
  ];
  return { system: 'You improve an instruction for a language model.', prompt: lines.join('\n') };
}
