/**
 * Phase 1: where the search starts. The person's own prompt, or the best of several drafts written by the
 * meta-instruction (algorithms.md 1.5: the variance of the first prompt is the main risk with small models).
 */
import type { RunEvent } from '../events.ts';
import { plainPrompt } from '../prompt/plain-prompt.ts';
import { splitInto } from '../prompt/units.ts';
import { askForText, type Question } from '../proposals/ask.ts';
import { guardPrompt } from '../proposals/guard.ts';
import type { LeakageIndex } from '../proposals/leakage.ts';
import type { RunContext, Steps } from '../run-context.ts';
import { sampleExemplars } from '../split.ts';
import type { Candidate } from '../types.ts';
import { metaInstruction } from './meta-instruction.ts';
import { unitOf, type DualPhaseOptions } from './options.ts';

export async function* initialPrompt(
  context: RunContext,
  options: DualPhaseOptions,
  leakage: LeakageIndex,
): Steps<Candidate> {
  yield { type: 'phase-started', phase: 'initial-prompt' };
  if (context.userPrompt !== null) {
    return yield* context.create(splitInto(context.userPrompt, unitOf(options)), null, {
      operation: 'user',
      note: 'your prompt',
    });
  }
  const drafts = yield* draftAll(context, options, leakage);
  if (drafts.length === 0) return yield* plainStart(context, options);
  return yield* bestDraft(context, options, drafts);
}

async function* draftAll(
  context: RunContext,
  options: DualPhaseOptions,
  leakage: LeakageIndex,
): Steps<Candidate[]> {
  const drafts: Candidate[] = [];
  const tried: string[] = [];
  for (let number = 1; number <= options.drafts; number += 1) {
    yield { type: 'proposing', what: `Writing first prompt ${number} of ${options.drafts}` };
    const text = yield* draft(context, options, leakage, tried, number);
    if (text === null) continue;
    tried.push(text);
    drafts.push(
      yield* context.create(splitInto(text, unitOf(options)), null, {
        operation: 'draft',
        note: `draft ${number}`,
      }),
    );
  }
  return drafts;
}

/** One draft from its own exemplars: other exemplars, other prompts. */
function draft(
  context: RunContext,
  options: DualPhaseOptions,
  leakage: LeakageIndex,
  tried: readonly string[],
  number: number,
): Steps<string | null> {
  const random = context.random.fork(`draft ${number}`);
  const exemplars = sampleExemplars(context.splits.train, options.exemplars, random);
  const question: Question = {
    ...metaInstruction(context.task, exemplars, options),
    tag: 'prompt',
    maxTokens: options.draftTokens,
    temperature: options.draftTemperature,
    seed: random.below(2 ** 31),
  };
  const { choices, description = '' } = context.task;
  return askForText(context, question, ({ text, finishReason }) =>
    guardPrompt({ reply: text, finishReason, tried, leakage, choices, description }),
  );
}

function* plainStart(context: RunContext, options: DualPhaseOptions): Generator<RunEvent, Candidate> {
  yield {
    type: 'notice',
    level: 'warning',
    text: 'No draft of the model was usable as a first prompt, so the run starts from a plain one. A larger model, or a prompt of your own, will get further.',
  };
  return yield* context.create(splitInto(plainPrompt(context.task), unitOf(options)), null, {
    operation: 'draft',
    note: 'plain start',
  });
}

/** The draft with the most right answers on common training examples; the first one on a tie. */
async function* bestDraft(
  context: RunContext,
  options: DualPhaseOptions,
  drafts: readonly Candidate[],
): Steps<Candidate> {
  const [first] = drafts;
  if (!first) throw new RangeError('Expected at least one draft.');
  if (drafts.length === 1) return first;
  const examples = context.splits.train.slice(0, options.draftExamples);
  let best = { candidate: first, accuracy: -1 };
  for (const candidate of drafts) {
    const why = `Comparing first prompts on ${examples.length} training examples`;
    const { accuracy } = yield* context.evaluate(candidate, examples, 'train', { why });
    if (accuracy > best.accuracy) best = { candidate, accuracy };
  }
  return best.candidate;
}
