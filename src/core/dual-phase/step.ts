/** One step of phase 2: attempts on sentences until a rewrite is kept (Eq. 6 to 9). */
import type { RunEvent } from '../events.ts';
import type { RunContext, Steps } from '../run-context.ts';
import { askPerson, decide } from './accept.ts';
import { adopt } from './adopt.ts';
import { proposeRewrites, raceOnFailures, type Attempt, type ScoredRewrite } from './attempt.ts';
import { chooseSentence, type Chosen } from './choose-sentence.ts';
import { askForCause } from './critique.ts';
import { tryDeletion } from './deletion.ts';
import { selectFailures } from './failure-cases.ts';
import { proposeInsertion } from './insertion.ts';
import { mergeWithEarlier } from './near-misses.ts';
import { takePersonActions } from './person.ts';
import { screen } from './screen.ts';
import type { Search } from './search.ts';
import { solvedNeeded } from './solved-needed.ts';

type AttemptVerdict = 'accepted' | 'useless' | 'rejected';

function sentenceChosen(step: number, attempt: number, { target, probabilities }: Chosen): RunEvent {
  return { type: 'sentence-chosen', step, attempt, sentenceId: target.id, probabilities };
}

/** Attempts until one rewrite is kept. False when all attempts were in vain. */
export async function* takeStep(context: RunContext, search: Search, step: number): Steps<boolean> {
  const history: Chosen[] = [];
  for (let number = 1; number <= search.options.attempts; number += 1) {
    if (yield* takePersonActions(context, search)) return true;
    const chosen = yield* attemptOnce(context, search, step, number, history);
    if (!chosen) return false;
    history.push(chosen);
    if (chosen.verdict === 'accepted') return true;
  }
  return false;
}

/** Null when no sentence is left to work on. */
async function* attemptOnce(
  context: RunContext,
  search: Search,
  step: number,
  number: number,
  history: readonly Chosen[],
): Steps<Chosen | null> {
  const random = context.random.fork(`step ${step} attempt ${number}`);
  const { failuresShown, failureSelection, granularity, insertShare, reflection } = search.options;
  const failures = search.failures(context);
  const draw = reflection ? random.fork('failures') : random; // votes come before the sentence is drawn
  const select = () => selectFailures(failures, failuresShown, search.shownBefore, draw, failureSelection);
  const first = reflection ? select() : null;
  const critique = first ? yield* askForCause(context, search, first, random) : null;
  if (critique?.blamed) yield* search.vote(critique.blamed.id);
  const chosen = chooseSentence(search, history, random);
  if (!chosen) return null;
  if (granularity !== 'whole') yield sentenceChosen(step, number, chosen);
  const shown = first ?? select();
  for (const { exampleId } of shown) search.shownBefore.add(exampleId);
  yield { type: 'failures-shown', step, attempt: number, failures: shown, of: failures.length };
  const isInsertion = critique?.isMissing === true || random.fork('insert').next() < insertShare;
  const attempt: Attempt = {
    target: chosen.target,
    isInsertion,
    cause: critique?.cause ?? null,
    shown,
    broken: search.broken.slice(0, 2),
    failures,
    random,
  };
  const isDeletion = yield* tryDeletion(context, search, attempt);
  return { ...chosen, verdict: isDeletion ? 'rejected' : yield* tryOnce(context, search, attempt) };
}

/** Eq. 6 to 9 for one sentence. */
async function* tryOnce(context: RunContext, search: Search, attempt: Attempt): Steps<AttemptVerdict> {
  const { target, failures } = attempt;
  const rewrites = yield* proposeRewrites(context, search, attempt);
  const inserted = yield* proposeInsertion(context, search, attempt, rewrites.length === 0);
  const candidates = inserted ? [...rewrites, inserted] : rewrites;
  const promising = yield* screen(context, search, candidates, attempt);
  const best = yield* raceOnFailures(context, search, promising, failures);
  if (!best || !(yield* passesFailures(best, failures.length, solvedNeeded(search, failures.length)))) {
    yield* search.learn(target.id, { failures: best?.solved ?? 0, validation: null, accepted: false });
    return 'useless';
  }
  return yield* tryOnValidation(context, search, attempt, best);
}

/** Eq. 7. */
function* passesFailures(
  { candidate, wins, asked }: ScoredRewrite,
  planned: number,
  needed: number,
): Generator<RunEvent, boolean> {
  const isUseful = wins >= needed;
  yield {
    type: 'gate-decided',
    candidateId: candidate.id,
    gate: 'failures',
    verdict: isUseful ? 'accepted' : 'useless',
    wins,
    losses: 0,
    asked,
    planned,
    pValue: null,
    needed,
  };
  return isUseful;
}

/** Eq. 8 and 9. */
async function* tryOnValidation(
  context: RunContext,
  search: Search,
  attempt: Attempt,
  rewrite: ScoredRewrite,
): Steps<'accepted' | 'rejected'> {
  const { candidate, solved } = rewrite;
  const decision = yield* decide(context, search, candidate, attempt.random.fork('gate'));
  const { isAccepted, validation } = decision;
  const keep = isAccepted && (yield* askPerson(context, candidate));
  const reward = { failures: solved, validation: validation.accuracy, accepted: keep };
  yield* search.learn(attempt.target.id, reward);
  if (keep) {
    yield* adopt(context, search, candidate, validation);
    return 'accepted';
  }
  const isNearMiss = !isAccepted && decision.wins > decision.losses;
  return isNearMiss && (yield* tryMerged(context, search, attempt, rewrite)) ? 'accepted' : 'rejected';
}

/** Together with an earlier near miss, by the same gates. */
async function* tryMerged(
  context: RunContext,
  search: Search,
  { failures, random }: Attempt,
  miss: ScoredRewrite,
): Steps<boolean> {
  const merged = yield* mergeWithEarlier(context, search, miss);
  if (!merged) return false;
  const needed = merged.wins + 1;
  const scored = yield* raceOnFailures(context, search, [merged.candidate], failures, needed);
  if (!scored || !(yield* passesFailures(scored, failures.length, needed))) return false;
  const { candidate } = scored;
  const { isAccepted, validation } = yield* decide(context, search, candidate, random.fork('merge gate'));
  if (!isAccepted || !(yield* askPerson(context, candidate))) return false;
  yield* adopt(context, search, candidate, validation);
  return true;
}
