/**
 * Scores candidates. Keeps `concurrency` requests in flight, consumes the replies in the order of the examples
 * (so that log, counts and decisions do not depend on who answers first), asks no (prompt, example) pair twice and
 * stops asking as soon as the watcher has seen enough.
 */
import { mean } from '../arithmetic.ts';
import { createCancelSource, type CancelToken } from '../cancel.ts';
import { isOfOneRequest } from '../errors.ts';
import { joinPrompt } from '../prompt/split.ts';
import type { EvaluateOptions, Steps } from '../run-context.ts';
import type { Meter } from '../run/meter.ts';
import type { Candidate, Evaluation, EvaluationSummary, Example, Outcome, SplitName } from '../types.ts';
import type { Answering } from './answering.ts';

export interface EvaluatorParts {
  readonly answering: Answering;
  /** Examples that may be under way at once. */
  readonly concurrency: number;
  readonly meter: Meter;
  readonly cancel: CancelToken;
  /** `lossless` when left out. */
  readonly scheduling?: Scheduling;
}

/**
 * `lossless`: an evaluation ends when its watcher has seen enough, and what is known is not asked again.
 * `naive`: every example is asked every time, as the obvious code does. What the watcher is shown, and with it the
 * run, is the same; only the calls differ. It is there to be compared with and cannot be resumed from a store.
 */
export type Scheduling = 'lossless' | 'naive';

type Reply =
  | { readonly answered: Awaited<ReturnType<Answering['answer']>> }
  | { readonly failure: string }
  | { readonly thrown: unknown };

export function summarize({
  candidateId,
  split,
  outcomes,
  planned,
  accuracy,
}: Evaluation): EvaluationSummary {
  const correct = outcomes.filter((outcome) => outcome.correct).length;
  return { candidateId, split, accuracy, correct, asked: outcomes.length, planned };
}

export class Evaluator {
  readonly #parts: EvaluatorParts;
  /** Outcome by prompt text, then example id. */
  readonly #known = new Map<string, Map<string, Outcome>>();
  /** Keys already charged: the same request asked for by two examples costs once. */
  readonly #charged = new Set<string>();

  constructor(parts: EvaluatorParts) {
    this.#parts = parts;
  }

  get #isNaive(): boolean {
    return this.#parts.scheduling === 'naive';
  }

  async *evaluate(
    candidate: Candidate,
    examples: readonly Example[],
    split: SplitName,
    { why, watch }: EvaluateOptions,
  ): Steps<Evaluation> {
    const planned = examples.length;
    const text = joinPrompt(candidate.sentences);
    yield { type: 'evaluation-started', candidateId: candidate.id, split, planned, why };
    const outcomes: Outcome[] = [];
    let isDecided = false;
    for await (const { outcome, reused } of this.#outcomes(text, examples)) {
      if (isDecided) continue; // naive: asked all the same, and of no consequence
      outcomes.push(outcome);
      const done = outcomes.length;
      yield { type: 'example-scored', candidateId: candidate.id, split, outcome, done, planned, reused };
      isDecided = watch?.(outcome, done) === true;
      if (isDecided && !this.#isNaive) break;
    }
    const evaluation: Evaluation = {
      candidateId: candidate.id,
      split,
      outcomes,
      planned,
      accuracy: mean(outcomes.map(({ score }) => score)),
    };
    yield { type: 'evaluation-finished', evaluation: summarize(evaluation) };
    return evaluation;
  }

  /** Outcomes in example order; leaving the loop early cancels what is still in flight. */
  async *#outcomes(
    text: string,
    examples: readonly Example[],
  ): AsyncGenerator<{ outcome: Outcome; reused: boolean }> {
    const known = this.#knownOf(text);
    const flight = new Flight(this.#parts, text, examples, known);
    try {
      for (const [index, example] of examples.entries()) {
        const before = known.get(example.id);
        if (before) this.#parts.meter.countReuse();
        const outcome = before ?? (await this.#ask(flight, index, example));
        known.set(example.id, outcome);
        yield { outcome, reused: before !== undefined };
      }
    } finally {
      flight.abandon();
    }
  }

  #knownOf(text: string): Map<string, Outcome> {
    const known = this.#known.get(text) ?? new Map<string, Outcome>();
    if (!this.#isNaive) this.#known.set(text, known);
    return known;
  }

  async #ask(flight: Flight, index: number, example: Example): Promise<Outcome> {
    const { meter, cancel, answering } = this.#parts;
    cancel.throwIfCancelled();
    meter.throwIfSpent(answering.callsPerExample);
    const reply = await flight.reply(index);
    if ('thrown' in reply) throw reply.thrown;
    if ('failure' in reply) return failed(example, reply.failure);
    for (const { key, usage } of reply.answered.calls) {
      if (this.#charged.has(key) && !this.#isNaive) meter.countReuse();
      else meter.charge('answer', usage);
      this.#charged.add(key);
    }
    return reply.answered.outcome;
  }
}

function failed(example: Example, message: string): Outcome {
  return {
    exampleId: example.id,
    score: 0,
    correct: false,
    reason: 'call-failed',
    extracted: null,
    output: message,
  };
}

/** The examples of one evaluation: sent a little ahead of where they are consumed. */
class Flight {
  readonly #parts: EvaluatorParts;
  readonly #text: string;
  readonly #examples: readonly Example[];
  readonly #isKnown: readonly boolean[];
  readonly #replies = new Map<number, Promise<Reply>>();
  readonly #source = createCancelSource();
  readonly #unsubscribe: () => void;
  #next = 0;

  constructor(
    parts: EvaluatorParts,
    text: string,
    examples: readonly Example[],
    known: ReadonlyMap<string, Outcome>,
  ) {
    this.#parts = parts;
    this.#text = text;
    this.#examples = examples;
    this.#isKnown = examples.map(({ id }) => known.has(id));
    this.#unsubscribe = parts.cancel.onCancel(() => this.#source.cancel());
  }

  async reply(index: number): Promise<Reply> {
    this.#sendFrom(index);
    const reply = this.#replies.get(index);
    if (!reply) throw new RangeError(`Example ${index} was not sent.`);
    const settled = await reply;
    this.#replies.delete(index);
    return settled;
  }

  abandon(): void {
    this.#unsubscribe();
    if (this.#replies.size > 0) this.#source.cancel();
  }

  /** Fills the flight up to the concurrency with examples not known yet. */
  #sendFrom(index: number): void {
    this.#next = Math.max(this.#next, index);
    while (this.#next < this.#examples.length && this.#replies.size < this.#parts.concurrency) {
      const example = this.#examples[this.#next];
      if (example && !this.#isKnown[this.#next]) this.#replies.set(this.#next, this.#send(example));
      this.#next += 1;
    }
  }

  /**
   * A failure of this request becomes a score of 0; everything else ends the run. Never rejects: a reply that is not
   * consumed any more must not become an unhandled rejection.
   */
  async #send(example: Example): Promise<Reply> {
    const { answering } = this.#parts;
    try {
      return { answered: await answering.answer(this.#text, example, this.#source.token) };
    } catch (error) {
      return isOfOneRequest(error) ? { failure: error.message } : { thrown: error };
    }
  }
}
