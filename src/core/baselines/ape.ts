/**
 * APE (arXiv 2211.01910; keirp/automatic_prompt_engineer): generate many prompts from examples ("forward" mode), keep
 * the one with the highest execution accuracy. Differs from the repository in that all prompts of a comparison see the
 * same examples, which it draws anew for every prompt. Resampling is the paper's optional Monte Carlo round.
 */
import { demand, exemplarBlock } from '../proposals/meta-format.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import { sampleExemplars } from '../split.ts';
import type { Candidate, Example, Task } from '../types.ts';
import type { ApeOptions } from './ape-options.ts';
import { arenaOf } from './candidate-arena.ts';
import { inSteps, startFromPrompt } from './best.ts';
import { bruteForce } from './evaluators/brute-force.ts';
import { halvingRungs } from './evaluators/halving.ts';
import { ucb } from './evaluators/ucb.ts';
import { paraphrasePrompt } from './paraphrase.ts';
import { Writer, type MetaPrompt } from './writer.ts';

export async function* ape(context: RunContext, options: ApeOptions): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  const writer = new Writer(context, options, best.hints);
  let ranked: readonly Candidate[] = [];
  yield* inSteps(context, best, 1 + options.resamplingRounds, async function* (step) {
    const pool =
      step === 1
        ? yield* generate(context, writer, options)
        : yield* resample(context, writer, options, ranked, step);
    ranked = yield* compare(context, options, pool, step);
    const [top] = ranked;
    return top ? (yield* best.consider(top)).isBetter : false;
  });
  return best.result(writer.stopReason);
}

async function* generate(context: RunContext, writer: Writer, options: ApeOptions): Steps<Candidate[]> {
  const { exemplarSets, promptsPerSet } = options;
  const pool: Candidate[] = [];
  for (let set = 1; set <= exemplarSets; set += 1) {
    const random = context.random.fork(`set ${set}`);
    const shown = sampleExemplars(context.splits.train, options.exemplars, random);
    for (let number = 1; number <= promptsPerSet; number += 1) {
      const candidate = yield* writer.prompt({
        what: `Writing prompt ${(set - 1) * promptsPerSet + number} of ${exemplarSets * promptsPerSet}`,
        shown,
        ask: (exemplars) => forwardMetaPrompt(context.task, exemplars),
        original: null,
        note: `prompt ${number} from example set ${set}`,
        random: random.fork(`prompt ${number}`),
      });
      if (candidate) pool.push(candidate);
    }
  }
  return pool;
}

function forwardMetaPrompt(task: Task, exemplars: readonly Example[]): MetaPrompt {
  const prompt = [
    'A friend was given an instruction, followed it, and wrote these outputs for these inputs:',
    '',
    exemplarBlock(exemplars),
    ...(task.description ? ['', `What is known about the task: ${task.description}`] : []),
    '',
    'What was the instruction? It must hold for any input of this kind: state the rules that lead from input to output. Do not repeat the inputs or outputs above.',
    demand('Write the instruction now.', 'prompt'),
  ].join('\n');
  return { system: 'You infer instructions from examples.', prompt };
}

/** The best tenth (at least one) and paraphrases of them. */
async function* resample(
  context: RunContext,
  writer: Writer,
  { keptShare, paraphrases }: ApeOptions,
  ranked: readonly Candidate[],
  step: number,
): Steps<Candidate[]> {
  const kept = ranked.slice(0, Math.max(1, Math.round(keptShare * ranked.length)));
  const pool = [...kept];
  for (const original of kept) {
    for (let number = 1; number <= paraphrases; number += 1) {
      const random = context.random.fork(`step ${step} paraphrase ${number} of ${original.id}`);
      const candidate = yield* paraphrasePrompt(writer, original, random);
      if (candidate) pool.push(candidate);
    }
  }
  return pool;
}

/** Execution accuracy on validation examples; best first. */
async function* compare(
  context: RunContext,
  options: ApeOptions,
  pool: readonly Candidate[],
  step: number,
): Steps<Candidate[]> {
  const { splits, random } = context;
  const why = `Comparing ${pool.length} prompts on the same validation examples`;
  const arena = arenaOf(context, pool, 'validation', splits.validation, random.fork(`step ${step}`), why);
  const ranking = yield* rankingBy(options, arena);
  return ranking.flatMap((arm) => pool[arm] ?? []);
}

function rankingBy(options: ApeOptions, arena: ReturnType<typeof arenaOf>): Steps<readonly number[]> {
  const { scoring, ucbRounds, ucbPrompts, ucbExamples, exploration, fullExamples } = options;
  switch (scoring) {
    case 'halving':
      return halvingRungs(arena, options);
    case 'full':
      return bruteForce(arena, { count: fullExamples });
    case 'ucb':
      return ucb(arena, {
        rounds: ucbRounds,
        promptsPerRound: ucbPrompts,
        examplesPerPull: ucbExamples,
        exploration,
      });
  }
}
