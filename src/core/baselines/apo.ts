/**
 * APO, also known as ProTeGi (arXiv 2305.03495; microsoft/LMOps, prompt_optimization): a beam of prompts; errors on a
 * minibatch become reasons in words, reasons become edits, edits get paraphrases, and a bandit picks the next beam.
 * Errors and the bandit's scores come from the training examples, as published; the best of each beam is then scored
 * on validation, which decides what the run returns. Mended: the bandit's time starts at 1 (see `evaluators/ucb.ts`).
 */
import { examplesOf, failuresOf } from '../evaluate/failures.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import type { Candidate, Example } from '../types.ts';
import { editsFor } from './apo-edits.ts';
import type { ApoOptions } from './apo-options.ts';
import { inSteps, startFromPrompt } from './best.ts';
import { arenaOf } from './candidate-arena.ts';
import type { Arena, Ranking } from './evaluators/arena.ts';
import { bruteForce } from './evaluators/brute-force.ts';
import { dropBelowMean } from './evaluators/halving.ts';
import { sampledRejects, successiveRejects } from './evaluators/rejects.ts';
import { ucb, ucbE } from './evaluators/ucb.ts';
import { paraphrasePrompt } from './paraphrase.ts';
import { Writer } from './writer.ts';

/** Error examples that `rejectOnErrors` scores on, at most. */
const mostErrors = 16;

interface Apo {
  readonly context: RunContext;
  readonly options: ApoOptions;
  readonly writer: Writer;
}

export async function* apo(context: RunContext, options: ApoOptions): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  const search: Apo = { context, options, writer: new Writer(context, options, best.hints) };
  let beam: readonly Candidate[] = [best.start];
  yield* inSteps(context, best, options.rounds, async function* (step) {
    const candidates = [...(yield* expandAll(search, beam, step)), ...beam];
    beam = (yield* rank(search, candidates, step)).slice(0, options.beam);
    const [top] = beam;
    return top ? (yield* best.consider(top)).isBetter : false;
  });
  return best.result(search.writer.stopReason);
}

/** New prompts from every prompt of the beam; all look for errors in the same minibatch. */
async function* expandAll(search: Apo, beam: readonly Candidate[], step: number): Steps<Candidate[]> {
  const { context, options } = search;
  const minibatch = context.random
    .fork(`step ${step} minibatch`)
    .sample(context.splits.train, options.minibatch);
  const expanded: Candidate[] = [];
  for (const parent of beam) expanded.push(...(yield* expand(search, parent, minibatch, step)));
  return expanded;
}

async function* expand(
  { context, options, writer }: Apo,
  parent: Candidate,
  minibatch: readonly Example[],
  step: number,
): Steps<readonly Candidate[]> {
  const random = context.random.fork(`step ${step} expand ${parent.id}`);
  const why = 'Looking for errors in a minibatch of training examples';
  const errors = failuresOf(yield* context.evaluate(parent, minibatch, 'train', { why }), minibatch);
  const edits: Candidate[] = [];
  for (let group = 1; group <= options.gradients && errors.length > 0; group += 1) {
    const stream = random.fork(`group ${group}`);
    const shown = stream.sample(errors, options.errorsPerGradient);
    yield writer.showing(step, shown, errors.length);
    edits.push(...(yield* editsFor(writer, parent, shown, options, stream)));
  }
  const reworded: Candidate[] = [];
  for (const original of [...edits, parent]) {
    for (let number = 1; number <= options.paraphrases; number += 1) {
      const stream = random.fork(`paraphrase ${number} of ${original.id}`);
      const candidate = yield* paraphrasePrompt(writer, original, stream);
      if (candidate) reworded.push(candidate);
    }
  }
  const all = [...edits, ...reworded];
  return yield* atMostX({ context, options, writer }, all, examplesOf(errors, minibatch), step, parent);
}

/** At most X of them: by lot, or those with the best score on errors of the minibatch. */
async function* atMostX(
  { context, options }: Apo,
  candidates: readonly Candidate[],
  errors: readonly Example[],
  step: number,
  parent: Candidate,
): Steps<readonly Candidate[]> {
  const { expansion, rejectOnErrors } = options;
  if (candidates.length <= expansion) return candidates;
  const random = context.random.fork(`step ${step} thin out ${parent.id}`);
  if (!rejectOnErrors || errors.length === 0) return random.sample(candidates, expansion);
  const drawn = random.sample(candidates, 2 * expansion);
  const arena = arenaOf(
    context,
    drawn,
    'train',
    errors,
    random,
    'Comparing edits on errors of the minibatch',
  );
  const ranking = yield* bruteForce(arena, { count: mostErrors });
  return ranking.slice(0, expansion).flatMap((arm) => drawn[arm] ?? []);
}

/** Best first. A single candidate needs no evaluation. */
async function* rank(
  { context, options }: Apo,
  candidates: readonly Candidate[],
  step: number,
): Steps<readonly Candidate[]> {
  if (candidates.length === 1) return candidates;
  const why = `Comparing ${candidates.length} prompts on training examples`;
  const random = context.random.fork(`step ${step} evaluator`);
  const ranking = yield* evaluatorOf(
    options,
    arenaOf(context, candidates, 'train', context.splits.train, random, why),
  );
  return ranking.flatMap((arm) => candidates[arm] ?? []);
}

function evaluatorOf(options: ApoOptions, arena: Arena): Steps<Ranking> {
  const budget = options.evaluations;
  const settings = {
    rounds: options.ucbRounds,
    promptsPerRound: options.ucbPrompts,
    examplesPerPull: options.ucbExamples,
    exploration: options.exploration,
  };
  switch (options.evaluator) {
    case 'ucb':
      return ucb(arena, settings);
    case 'ucb-e':
      return ucbE(arena, settings);
    case 'sr':
      return successiveRejects(arena, { budget, keep: options.beam });
    case 's-sr':
      return sampledRejects(arena, { budget, keep: options.beam });
    case 'sh':
      return dropBelowMean(arena, { budget });
    case 'bf':
      return bruteForce(arena, { count: budget / arena.arms });
  }
}
