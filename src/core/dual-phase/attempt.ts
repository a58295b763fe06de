/**
 * One attempt on one sentence: sample rewrites, sort out what is unusable, and find the one that solves most of the
 * failures (Eq. 6 and 7). Whether it is kept is decided in `accept.ts`.
 */
import { examplesOf } from '../evaluate/failures.ts';
import { rubricHint } from '../judge/judge-request.ts';
import type { RunEvent } from '../events.ts';
import { insertAfter, replaceSentence } from '../prompt/edit.ts';
import { askForText, type Question } from '../proposals/ask.ts';
import { guardSentence } from '../proposals/guard.ts';
import { pickOperator, type RewriteOperator } from '../proposals/operators.ts';
import { fitRewrite } from '../proposals/rewrite-meta-prompt.ts';
import { unitWords } from '../proposals/unit-words.ts';
import type { Random } from '../random.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, Example, FailureCase, Sentence } from '../types.ts';
import { unitOf } from './options.ts';
import { newSentence, type Search } from './search.ts';
import { solvedNeeded } from './solved-needed.ts';
import { proposeWholePrompts } from './whole-prompt.ts';

export interface Attempt {
  readonly target: Sentence;
  /** The model writes a new sentence behind the target instead of another wording of it. */
  readonly isInsertion: boolean;
  /** What a critique says of the failures; null without one. */
  readonly cause: string | null;
  /** Shown to the optimizer model. */
  readonly shown: readonly FailureCase[];
  readonly broken: readonly FailureCase[];
  /** All failures there are: what rewrites are scored on. */
  readonly failures: readonly FailureCase[];
  readonly random: Random;
}

/** A rewrite with the share of the failures it solved (a_F). */
export interface ScoredRewrite {
  readonly candidate: Candidate;
  readonly solved: number;
  /** Failures that were asked; fewer than all when it could not reach H_f any more. */
  readonly asked: number;
  readonly wins: number;
}

/** New wordings of the target, at most `rewritesPerAttempt`; unusable replies are told. */
export async function* proposeRewrites(
  context: RunContext,
  search: Search,
  attempt: Attempt,
): Steps<Candidate[]> {
  const { target, random } = attempt;
  const { operatorShare, rewritesPerAttempt, granularity } = search.options;
  if (granularity === 'whole') return yield* proposeWholePrompts(context, search, attempt);
  const candidates: Candidate[] = [];
  for (let number = 0; number < rewritesPerAttempt; number += 1) {
    yield {
      type: 'proposing',
      what: attempt.isInsertion ? 'Asking for a new sentence' : 'Asking for another wording',
      sentenceId: target.id,
    };
    const draw = random.fork(`operator ${number}`);
    const isOperator = draw.next() < operatorShare && !attempt.isInsertion;
    const operator = isOperator ? pickOperator(draw) : null;
    const text = yield* proposeOne(context, search, attempt, number, operator);
    search.rewritesAsked += 1;
    if (text === null) continue;
    search.tried.note(attempt.isInsertion ? newSentence : target.id, text);
    search.usableRewrites += 1;
    candidates.push(yield* created(context, search, attempt, text, operator));
  }
  return candidates;
}

function created(
  context: RunContext,
  search: Search,
  { target, isInsertion }: Attempt,
  text: string,
  operator: RewriteOperator | null,
): Generator<RunEvent, Candidate> {
  const { sentences, id } = search.incumbent;
  if (isInsertion) {
    const sentenceId = search.freshId();
    const inserted = insertAfter(sentences, target.id, text, sentenceId);
    return context.create(inserted, id, { operation: 'insert', sentenceId });
  }
  const note = operator ? { note: operator.name } : {};
  const origin = { operation: 'rewrite', sentenceId: target.id, ...note } as const;
  return context.create(replaceSentence(sentences, target.id, text), id, origin);
}

async function* proposeOne(
  context: RunContext,
  search: Search,
  attempt: Attempt,
  number: number,
  operator: RewriteOperator | null,
): Steps<string | null> {
  const { target, isInsertion, cause } = attempt;
  const { options, leakage } = search;
  const shown = operator ? [] : attempt.shown; // an operator is for a model that learns little from cases
  const { sentences } = search.incumbent;
  const unit = unitOf(options);
  const tried = search.tried.of(isInsertion ? newSentence : target.id);
  const parts = {
    sentences,
    target,
    unit,
    isInsertion,
    cause,
    failures: shown,
    broken: operator ? [] : attempt.broken,
    tried: lastOf(tried, options.triedShown),
    hints: [...rubricHint(context.task), ...search.hints],
    ...(operator ? { operator: operator.instruction } : {}),
  };
  const { cut, ...asked } = await fitRewrite(context.models.optimizer, parts, options.rewriteTokens);
  if (cut) yield* search.noticeCut();
  const question: Question = {
    ...asked,
    tag: 'sentence',
    maxTokens: options.rewriteTokens,
    temperature: options.rewriteTemperature,
    seed: attempt.random.fork(`rewrite ${number}`).below(2 ** 31),
    sentenceId: target.id,
  };
  return yield* askForText(context, question, ({ text, finishReason }) =>
    guardSentence({
      reply: text,
      finishReason,
      original: isInsertion ? null : target.content,
      sentences,
      tried: tried.map((rewrite) => rewrite.text),
      leakage,
      shownFailures: shown,
      choices: context.task.choices,
      ...(unit === 'sentence' || isInsertion ? {} : { mostWords: unitWords[unit].mostWords }),
    }),
  );
}

function lastOf<T>(items: readonly T[], count: number): readonly T[] {
  return count === 0 ? [] : items.slice(-count);
}

/**
 * The rewrite that solves most failures. Several race: all on the first half of the failures, the better half of them
 * on the rest. One that cannot reach H_f any more is not asked further: the decision is the same, the calls are saved.
 */
export async function* raceOnFailures(
  context: RunContext,
  search: Search,
  candidates: readonly Candidate[],
  failures: readonly FailureCase[],
  needed = solvedNeeded(search, failures.length),
): Steps<ScoredRewrite | null> {
  const { split, examples } = search.failurePool(context);
  const asked = examplesOf(failures, examples);
  const half = candidates.length > 1 ? Math.ceil(asked.length / 2) : asked.length;
  async function* race(all: readonly Candidate[], count: number): Steps<ScoredRewrite[]> {
    const scored: ScoredRewrite[] = [];
    for (const candidate of all) {
      const first = asked.slice(0, count);
      scored.push(yield* scoreOn(context, candidate, first, asked.length - count, needed, split));
    }
    for (const rewrite of scored) search.noteSolved(rewrite);
    return byWins(scored);
  }
  const racing = yield* race(candidates, half);
  if (half === asked.length) return racing[0] ?? null;
  const better = racing.slice(0, Math.ceil(candidates.length / 2)).map(({ candidate }) => candidate);
  return (yield* race(better, asked.length))[0] ?? null;
}

/** Most wins first; the order of creation breaks ties, since the sort is stable. */
function byWins(rewrites: readonly ScoredRewrite[]): ScoredRewrite[] {
  return [...rewrites].sort((a, b) => b.wins - a.wins);
}

/** `later`: failures that will still be asked after these; they may make up for what is missing now. */
async function* scoreOn(
  context: RunContext,
  candidate: Candidate,
  examples: readonly Example[],
  later: number,
  needed: number,
  split: 'train' | 'validation',
): Steps<ScoredRewrite> {
  let wins = 0;
  const { outcomes } = yield* context.evaluate(candidate, examples, split, {
    why: 'A new wording on earlier failures',
    watch: ({ correct }, done) => {
      wins += correct ? 1 : 0;
      return wins + (examples.length - done) + later < needed;
    },
  });
  const asked = outcomes.length;
  return { candidate, wins, asked, solved: asked === 0 ? 0 : wins / (examples.length + later) };
}
