/** What phase 2 remembers between attempts. Everything in it follows from the completions and the seed. */
import { failuresOf } from '../evaluate/failures.ts';
import type { RunEvent } from '../events.ts';
import type { LeakageIndex } from '../proposals/leakage.ts';
import { lockSentence } from '../prompt/edit.ts';
import { nextSentenceId } from '../prompt/split.ts';
import type { Random } from '../random.ts';
import type { RunContext } from '../run-context.ts';
import type { Candidate, Evaluation, Example, FailureCase, Sentence } from '../types.ts';
import { brokenBy } from './failure-cases.ts';
import type { ScoredRewrite } from './attempt.ts';
import { together } from './in-turn.ts';
import type { DualPhaseOptions } from './options.ts';
import { Pool, type Member } from './pool.ts';
import { createSentenceWeights, type Reward, type SentenceWeights } from './sentence-weights.ts';
import { TriedRewrites } from './tried-rewrites.ts';

/** Where sentences that were proposed in addition are remembered; no sentence has this id. */
export const newSentence = 'new sentence';

export class Search {
  readonly options: DualPhaseOptions;
  readonly leakage: LeakageIndex;
  readonly weights: SentenceWeights;
  readonly hints: string[] = [];
  readonly shownBefore = new Set<string>();
  /** Sentences of the library that were proposed in this run. */
  readonly libraryTried: string[] = [];
  /** Rewrites of the incumbent that were better on validation, but not by enough. */
  readonly nearMisses: ScoredRewrite[] = [];
  rewritesAsked = 0;
  /** Rewrites that passed the guard. */
  usableRewrites = 0;
  readonly #ids: Pick<Sentence, 'id'>[];
  readonly tried = new TriedRewrites();
  readonly pool: Pool;
  /** The order in which comparisons ask the validation examples. */
  readonly order: readonly Example[];
  #incumbent: Member;
  #startValidation: Evaluation;
  #broken: readonly FailureCase[] = [];
  #toldCut = false;

  constructor(
    options: DualPhaseOptions,
    leakage: LeakageIndex,
    candidate: Candidate,
    validation: Evaluation,
    train: Evaluation | null,
    order: readonly Example[],
  ) {
    this.order = order;
    this.#startValidation = validation;
    this.options = options;
    this.leakage = leakage;
    this.weights = createSentenceWeights(options);
    this.#incumbent = { candidate, validation, train };
    this.pool = new Pool(options.pool);
    this.pool.add(this.#incumbent);
    this.#ids = [...candidate.sentences];
  }

  get incumbent(): Candidate {
    return this.#incumbent.candidate;
  }

  get validation(): Evaluation {
    return this.#incumbent.validation;
  }

  /** The incumbent was asked further examples of the validation split. */
  learnedMore(more: Evaluation): void {
    const validation = together(this.validation, more);
    this.#incumbent = { ...this.#incumbent, validation };
    if (validation.candidateId === this.#startValidation.candidateId) this.#startValidation = validation;
  }

  /** What the incumbent's last change broke; shown so that the next one mends it. */
  get broken(): readonly FailureCase[] {
    return this.options.keepRight ? this.#broken : [];
  }

  /** The first incumbent, on what it was asked. */
  get startValidation(): Evaluation {
    return this.#startValidation;
  }

  get optimizable(): readonly Sentence[] {
    return this.incumbent.sentences.filter(({ optimizable }) => optimizable);
  }

  /** Where failures come from (F): the training examples, or validation in paper mode. */
  failurePool(context: RunContext): { split: 'train' | 'validation'; examples: readonly Example[] } {
    const split = this.options.failuresFrom;
    return { split, examples: context.splits[split] };
  }

  failures(context: RunContext): FailureCase[] {
    const { examples } = this.failurePool(context);
    const evaluation = this.#incumbent.train ?? this.#incumbent.validation;
    return failuresOf(evaluation, examples);
  }

  replaceIncumbent(
    context: RunContext,
    candidate: Candidate,
    validation: Evaluation,
    train: Evaluation | null,
  ): void {
    const before = this.#incumbent.train ?? this.#incumbent.validation;
    const { examples } = this.failurePool(context);
    this.#broken = brokenBy(before, train ?? validation, examples);
    this.#moveTo({ candidate, validation, train });
    this.pool.add(this.#incumbent);
  }

  /** What the next step works on. */
  pickParent(random: Random): void {
    const parent = this.pool.pick(random);
    if (parent && parent.candidate.id !== this.incumbent.id) this.goOnFrom(parent);
  }

  goOnFrom(member: Member): void {
    this.#broken = [];
    this.#moveTo(member);
  }

  #moveTo(member: Member): void {
    this.#incumbent = member;
    this.tried.clear(); // they were tried beside other sentences
    this.nearMisses.length = 0;
  }

  /** The person locked or unlocked a sentence: same text, same evaluation. */
  lock(sentenceId: string, isLocked: boolean): void {
    const change = (candidate: Candidate): Candidate => ({
      ...candidate,
      sentences: lockSentence(candidate.sentences, sentenceId, isLocked),
    });
    this.pool.edit(change);
    this.#incumbent = { ...this.#incumbent, candidate: change(this.incumbent) };
  }

  /** An id that no sentence had in this run: weights and history are kept by id. */
  freshId(): string {
    const id = nextSentenceId(this.#ids);
    this.#ids.push({ id });
    return id;
  }

  /** Fills in what a rewrite solved. */
  noteSolved({ candidate, solved }: ScoredRewrite): void {
    const { operation, sentenceId } = candidate.origin;
    if (sentenceId === undefined) return; // more than one sentence is new
    const proposed = candidate.sentences.find(({ id }) => id === sentenceId);
    if (!proposed) return;
    if (operation === 'rewrite') this.tried.note(sentenceId, proposed.content, solved);
    if (operation === 'insert') this.tried.note(newSentence, proposed.content, solved);
  }

  *vote(sentenceId: string): Generator<RunEvent, void> {
    this.weights.vote(sentenceId);
    yield this.#weightsUpdated();
  }

  *learn(sentenceId: string, reward: Reward): Generator<RunEvent, void> {
    const { sentences } = this.incumbent;
    const count = this.optimizable.length;
    const probability = this.weights.probabilities(sentences)[sentenceId] ?? 1 / Math.max(1, count);
    this.weights.learn(sentenceId, reward, probability, Math.max(1, count));
    yield this.#weightsUpdated();
  }

  #weightsUpdated(): RunEvent {
    const { sentences } = this.incumbent;
    return {
      type: 'weights-updated',
      weights: this.weights.values(sentences),
      probabilities: this.weights.probabilities(sentences),
    };
  }

  /** Says once that cases had to be left out. */
  *noticeCut(): Generator<RunEvent, void> {
    if (this.#toldCut) return;
    this.#toldCut = true;
    yield {
      type: 'notice',
      level: 'info',
      text: 'The context window of the model is small: fewer failure cases are shown for a rewrite than asked for.',
    };
  }
}
