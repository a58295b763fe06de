/**
 * OPRO (arXiv 2309.03409; google-deepmind/opro): the optimizer model sees earlier prompts with their scores, worst
 * first, and a few examples, and writes a better one. Scores come from training examples; every few steps the best
 * of them is scored on validation, which decides what the run returns.
 */
import { integer, type OptionsOf } from '../options.ts';
import { joinPrompt } from '../prompt/split.ts';
import { demand, exemplarBlock, shorten } from '../proposals/meta-format.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import { sampleExemplars } from '../split.ts';
import type { Candidate, Example } from '../types.ts';
import { inSteps, startFromPrompt } from './best.ts';
import { Writer, writingOptions, type MetaPrompt } from './writer.ts';

export const oproOptions = {
  steps: integer('Steps', 8, 1, 500, { unit: 'steps' }),
  samples: integer('Prompts written per step', 4, 1, 20, { unit: 'prompts' }),
  history: integer('Earlier prompts shown, the best ones', 6, 1, 20, { unit: 'prompts' }),
  exemplars: integer('Training examples shown', 3, 0, 10, { unit: 'examples' }),
  scoreExamples: integer('Training examples a prompt is scored on', 20, 1, 1000, { unit: 'examples' }),
  validateEvery: integer('Steps between two looks at validation', 2, 1, 100, {
    unit: 'steps',
    advanced: true,
  }),
  ...writingOptions(1),
} as const;

type OproOptions = OptionsOf<typeof oproOptions>;

export const oproPresets = {
  browser: { title: 'Browser', summary: 'Eight steps of four prompts on 20 training examples.', options: {} },
  official: {
    title: 'Official',
    summary: 'The repository’s defaults: 200 steps of eight prompts, 20 earlier prompts shown, 50 examples.',
    options: { steps: 200, samples: 8, history: 20, scoreExamples: 50, validateEvery: 3 },
  },
} as const;

interface Scored {
  readonly candidate: Candidate;
  /** On the training examples that all are scored on. */
  readonly score: number;
}

export async function* opro(context: RunContext, options: OproOptions): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  const writer = new Writer(context, options, best.hints);
  let scored = [yield* scoreOnTrain(context, options, best.start)];
  yield* inSteps(context, best, options.steps, async function* (step) {
    for (const candidate of yield* sample(context, writer, options, scored, step)) {
      scored = [...scored, yield* scoreOnTrain(context, options, candidate)];
    }
    const isDue = step % options.validateEvery === 0 || step === options.steps;
    const [top] = bestFirst(scored);
    return isDue && top ? (yield* best.consider(top.candidate)).isBetter : false;
  });
  return best.result(writer.stopReason);
}

/** The first of equals: an older prompt is not displaced by one that is no better. */
function bestFirst(scored: readonly Scored[]): Scored[] {
  return [...scored].sort((a, b) => b.score - a.score);
}

async function* scoreOnTrain(
  context: RunContext,
  { scoreExamples }: OproOptions,
  candidate: Candidate,
): Steps<Scored> {
  const examples = context.splits.train.slice(0, scoreExamples);
  const why = `Scoring a prompt on ${examples.length} training examples`;
  const { accuracy } = yield* context.evaluate(candidate, examples, 'train', { why });
  return { candidate, score: accuracy };
}

/** Several replies to the same meta-prompt, by other seeds. */
async function* sample(
  context: RunContext,
  writer: Writer,
  options: OproOptions,
  scored: readonly Scored[],
  step: number,
): Steps<Candidate[]> {
  const history = bestFirst(scored).slice(0, options.history);
  const random = context.random.fork(`step ${step}`);
  const exemplars = sampleExemplars(context.splits.train, options.exemplars, random);
  const found: Candidate[] = [];
  for (let number = 1; number <= options.samples; number += 1) {
    const candidate = yield* writer.prompt({
      what: `Asking for a prompt with a higher score (${number} of ${options.samples})`,
      shown: history,
      ask: (shown) => trajectoryMetaPrompt(shown, exemplars),
      original: history[0]?.candidate ?? null,
      note: `after ${scored.length} scored prompts`,
      random: random.fork(`prompt ${number}`),
    });
    if (candidate) found.push(candidate);
  }
  return found;
}

const percent = (score: number): number => Math.round(score * 100);

/** @param history best first; shown worst first, the best in full */
function trajectoryMetaPrompt(history: readonly Scored[], exemplars: readonly Example[]): MetaPrompt {
  const [best, ...others] = history;
  const worstFirst = others.toReversed().map(({ candidate, score }) => {
    const text = shorten(joinPrompt(candidate.sentences).replace(/\s+/g, ' '), 600);
    return `- ${text} (score ${percent(score)})`;
  });
  const lines = [
    ...(worstFirst.length > 0
      ? ['Instructions tried so far with their scores from 0 to 100, worst first:', ...worstFirst, '']
      : []),
    ...(best
      ? [
          `The instruction with the highest score so far, ${percent(best.score)}:`,
          joinPrompt(best.candidate.sentences),
          '',
        ]
      : []),
    ...(exemplars.length > 0
      ? ['These are inputs with the right outputs:', '', exemplarBlock(exemplars), '']
      : []),
    'Write an instruction that differs from all of these and will get a higher score. It must be concise and hold for any input of this kind; do not repeat the inputs or outputs above.',
    demand('Write the instruction now.', 'prompt'),
  ];
  return {
    system: 'You write instructions for a language model that get high scores.',
    prompt: lines.join('\n'),
  };
}
