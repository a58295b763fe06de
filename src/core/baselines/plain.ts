/** The plain rivals: what one gets without optimizing anything. */
import { integer, type OptionsOf } from '../options.ts';
import { placeholdersOf } from '../prompt/template.ts';
import { joinPrompt, splitPrompt } from '../prompt/split.ts';
import { exemplarBlock } from '../proposals/meta-format.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import { sampleExemplars } from '../split.ts';
import type { Task } from '../types.ts';
import { inSteps, startFromPrompt } from './best.ts';

export const plainPresets = {
  browser: { title: 'Default', summary: 'There is nothing to choose.', options: {} },
} as const;

/** The person's prompt, or the plain one, as it is. */
export async function* startOnly(context: RunContext): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  return best.result('steps-done');
}

/** A prompt that fits any task (after Kojima et al., arXiv 2205.11916), when it beats the start on validation. */
export async function* stepByStep(context: RunContext): Steps<OptimizerResult> {
  return yield* againstStart(context, stepByStepPrompt(context.task), 'generic prompt: think step by step');
}

function stepByStepPrompt({ description }: Task): string {
  const about = description?.trim() ?? '';
  return `${about}${about === '' ? '' : '\n'}Let’s think step by step, and give the answer at the end.`;
}

export const fewShotOptions = {
  exemplars: integer('Training examples shown with every input', 4, 1, 20, { unit: 'examples' }),
} as const;

/**
 * The start with training examples in it, when that beats the start alone. They are part of the prompt on purpose, so
 * the guard against copied examples is not asked.
 */
export async function* fewShot(
  context: RunContext,
  { exemplars }: OptionsOf<typeof fewShotOptions>,
): Steps<OptimizerResult> {
  const { train } = context.splits;
  const examples = sampleExemplars(train, exemplars, context.random.fork('exemplars'));
  const block = `Examples:\n\n${exemplarBlock(examples).replaceAll('{{', '\\{{')}`;
  return yield* againstStart(
    context,
    (start) => (placeholdersOf(start).length > 0 ? `${block}\n\n${start}` : `${start}\n\n${block}`),
    `start with ${examples.length} examples`,
  );
}

async function* againstStart(
  context: RunContext,
  rival: string | ((start: string) => string),
  note: string,
): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  yield* inSteps(context, best, 1, async function* () {
    const text = typeof rival === 'string' ? rival : rival(joinPrompt(best.start.sentences));
    const origin = { operation: 'whole', note } as const;
    const candidate = yield* context.create(splitPrompt(text), best.start.id, origin);
    return (yield* best.consider(candidate)).isBetter;
  });
  return best.result('steps-done');
}
