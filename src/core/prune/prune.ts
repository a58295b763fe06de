/**
 * Makes a prompt shorter without making it worse (algorithms.md 3.4): one sentence after the other is left out, or
 * said in fewer words. Every step is compared with the prompt it all began with, so that small losses do not add up.
 */
import { removeSentence, replaceSentence } from '../prompt/edit.ts';
import { joinPrompt } from '../prompt/split.ts';
import type { LeakageIndex } from '../proposals/leakage.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, Evaluation, ScoredCandidate, Sentence } from '../types.ts';
import { droppable } from './droppable.ts';
import { compareWithReference } from './non-inferiority.ts';
import type { PruneOptions } from './options.ts';
import { shorterWording } from './shorten.ts';

/** What must be saved before a shorter prompt takes the place of the longer one; below it is not worth the change. */
const leastSaving = 0.05;

interface Pruning {
  readonly context: RunContext;
  /** On the whole validation split, like all it is compared with. */
  readonly reference: ScoredCandidate;
  readonly tokens: number;
  readonly options: PruneOptions;
  readonly leakage: LeakageIndex;
}

/** @returns tokens that each later call is shorter by; 0 when the prompt stayed as it was */
export async function* prune(
  context: RunContext,
  reference: ScoredCandidate,
  options: PruneOptions,
  leakage: LeakageIndex,
): Steps<number> {
  const tokens = await tokensOf(context, reference.candidate);
  const pruning = { context, reference, tokens, options, leakage };
  const columns = Object.keys(context.splits.validation[0]?.fields ?? {});
  const byLength = droppable(reference.candidate.sentences, columns).sort(
    (a, b) => b.content.length - a.content.length,
  );
  let current = reference;
  for (const { id } of byLength.slice(0, options.pruneTries)) {
    const target = droppable(current.candidate.sentences, columns).find((sentence) => sentence.id === id);
    if (target) current = (yield* tryShorter(pruning, current, target)) ?? current;
  }
  return yield* conclude(pruning, current);
}

async function tokensOf(context: RunContext, { sentences }: Candidate): Promise<number> {
  return context.models.task.countTokens(joinPrompt(sentences));
}

async function* tryShorter(
  pruning: Pruning,
  current: ScoredCandidate,
  target: Sentence,
): Steps<ScoredCandidate | null> {
  const { context, options, leakage } = pruning;
  const { sentences } = current.candidate;
  const without = yield* tryOne(pruning, current, removeSentence(sentences, target.id), {
    operation: 'delete',
    sentenceId: target.id,
  });
  if (without || options.prune === 'drop') return without;
  const text = yield* shorterWording(context, sentences, target, leakage);
  if (text === null) return null;
  return yield* tryOne(pruning, current, replaceSentence(sentences, target.id, text), {
    operation: 'rewrite',
    sentenceId: target.id,
    note: 'shortened',
  });
}

async function* tryOne(
  { context, reference }: Pruning,
  current: ScoredCandidate,
  sentences: readonly Sentence[],
  origin: Candidate['origin'],
): Steps<ScoredCandidate | null> {
  const candidate = yield* context.create(sentences, current.candidate.id, origin);
  const { isNoWorse, validation } = yield* compareWithReference(context, reference.validation, candidate);
  return isNoWorse ? { candidate, validation } : null;
}

/** The shorter prompt takes over when it is worth it and the person, where asked, agrees. */
async function* conclude(
  { context, reference, tokens }: Pruning,
  { candidate, validation }: ScoredCandidate,
): Steps<number> {
  const after = await tokensOf(context, candidate);
  const saved = tokens - after;
  if (candidate.id === reference.candidate.id || saved < leastSaving * tokens) {
    yield notice('No sentence could be left out without a loss, or too little would be saved by it.');
    return 0;
  }
  if (context.asksApproval) {
    const keep = await context.approve(candidate);
    yield { type: 'approval-given', candidateId: candidate.id, keep };
    if (!keep) return 0;
  }
  yield* context.settle(candidate, validation);
  const right = ({ outcomes }: Evaluation): number => outcomes.filter(({ correct }) => correct).length;
  yield notice(
    `The prompt is ${saved} tokens shorter (${tokens} before, ${after} now) and gets ${right(validation)} of ${validation.planned} validation examples right, ${right(reference.validation)} before.`,
  );
  return saved;
}

function notice(text: string) {
  return { type: 'notice', level: 'info', text } as const;
}
