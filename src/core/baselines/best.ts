/**
 * Where a whole-prompt method starts and the best it has found. All of them start alike and are settled alike: a prompt
 * becomes the best only with a higher accuracy on the whole validation split, so the result is never worse there.
 */
import { plainPrompt } from '../prompt/plain-prompt.ts';
import { splitPrompt } from '../prompt/split.ts';
import type { StopReason } from '../report.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import type { Candidate, Evaluation, ScoredCandidate } from '../types.ts';
import { takePersonActions } from './person.ts';

export class Best {
  /** What the person wants to be considered; grows while the method runs. */
  readonly hints: string[] = [];
  readonly #context: RunContext;
  readonly #start: ScoredCandidate;
  readonly #considered = new Map<string, Evaluation>();
  #best: ScoredCandidate;

  constructor(context: RunContext, start: ScoredCandidate) {
    this.#context = context;
    this.#start = start;
    this.#best = start;
    this.#considered.set(start.candidate.id, start.validation);
  }

  get start(): Candidate {
    return this.#start.candidate;
  }

  get candidate(): Candidate {
    return this.#best.candidate;
  }

  /** On the whole split. */
  get validation(): Evaluation {
    return this.#best.validation;
  }

  /**
   * Scores a candidate on the whole validation split and settles it when it is better than the best.
   * @returns whether it became the best, and its evaluation; a candidate is looked at once
   */
  async *consider(candidate: Candidate): Steps<{ isBetter: boolean; validation: Evaluation }> {
    const known = this.#considered.get(candidate.id);
    if (known) return { isBetter: false, validation: known };
    const validation = yield* this.#context.evaluate(
      candidate,
      this.#context.splits.validation,
      'validation',
      { why: 'A new prompt against the best so far on all validation examples' },
    );
    this.#considered.set(candidate.id, validation);
    const isBetter = validation.accuracy > this.validation.accuracy;
    yield decided(this.validation, validation, isBetter);
    if (!isBetter || !(yield* this.#approve(candidate))) return { isBetter: false, validation };
    this.#best = { candidate, validation };
    yield* this.#context.settle(candidate, validation);
    return { isBetter: true, validation };
  }

  /** The person's word counts more than the score. */
  async *use(candidate: Candidate): Steps<void> {
    if (candidate.id === this.candidate.id) return;
    const { validation: examples } = this.#context.splits;
    const why = 'The candidate you chose on all validation examples';
    const validation = yield* this.#context.evaluate(candidate, examples, 'validation', { why });
    this.#considered.set(candidate.id, validation);
    this.#best = { candidate, validation };
    yield* this.#context.settle(candidate, validation);
  }

  result(stopReason: StopReason): OptimizerResult {
    return { stopReason, start: this.start, startValidation: this.#start.validation };
  }

  async *#approve(candidate: Candidate): Steps<boolean> {
    if (!this.#context.asksApproval) return true;
    const keep = await this.#context.approve(candidate);
    yield { type: 'approval-given', candidateId: candidate.id, keep };
    return keep;
  }
}

function decided(before: Evaluation, after: Evaluation, isBetter: boolean) {
  const wasRight = new Set(
    before.outcomes.filter(({ correct }) => correct).map(({ exampleId }) => exampleId),
  );
  const wins = after.outcomes.filter(({ correct, exampleId }) => correct && !wasRight.has(exampleId));
  const losses = after.outcomes.filter(({ correct, exampleId }) => !correct && wasRight.has(exampleId));
  return {
    type: 'gate-decided',
    gate: 'validation',
    candidateId: after.candidateId,
    verdict: isBetter ? 'accepted' : 'no-gain',
    wins: wins.length,
    losses: losses.length,
    asked: after.outcomes.length,
    planned: after.planned,
    pValue: null,
    needed: 1,
  } as const;
}

/** The person's prompt, or without one the plain prompt that says no more than anybody knows; scored and settled. */
export async function* startFromPrompt(context: RunContext): Steps<Best> {
  yield { type: 'phase-started', phase: 'initial-prompt' };
  const { userPrompt, task } = context;
  const candidate = yield* context.create(
    splitPrompt(userPrompt ?? plainPrompt(task)),
    null,
    userPrompt === null
      ? { operation: 'draft', note: 'plain start' }
      : { operation: 'user', note: 'your prompt' },
  );
  const validation = yield* context.evaluate(candidate, context.splits.validation, 'validation', {
    why: 'The first prompt on all validation examples',
  });
  yield* context.settle(candidate, validation);
  yield { type: 'phase-started', phase: 'search' };
  return new Best(context, { candidate, validation });
}

/** Rounds of a method as steps of the run; before each, what the person did. `round` gets its number, from 1, and says whether the best changed. */
export async function* inSteps(
  context: RunContext,
  best: Best,
  of: number,
  round: (step: number) => Steps<boolean>,
): Steps<void> {
  for (let step = 1; step <= of; step += 1) {
    yield { type: 'step-started', step, of };
    yield* takePersonActions(context, best);
    const accepted = yield* round(step);
    yield { type: 'step-finished', step, accepted };
  }
}
