/** One handler per event: how it changes what the page shows. */
import type { LoggedEvent, PersonAction, RunEvent } from '../../../core/events.ts';
import { wilsonInterval } from '../../../core/stats/wilson.ts';
import type { EvaluationSummary, Outcome } from '../../../core/types.ts';
import {
  attemptFromCandidate,
  attemptFromRejection,
  setAsideRest,
  updateAttempt,
  withGate,
} from './attempts.ts';
import type { AccuracyPoint } from './curve.ts';
import type { Draft } from './draft.ts';
import type { RunView } from './run-view.ts';
import { eventInWords, toneOf } from './words.ts';

type Change = Partial<RunView>;
type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** Too many, or said by another line of the log. */
const unlogged: ReadonlySet<RunEvent['type']> = new Set([
  'example-scored',
  'evaluation-started',
  'evaluation-extended',
  'weights-updated',
  'proposing',
]);

export function reduce(draft: Draft, logged: LoggedEvent): void {
  draft.set(changeBy(draft, logged));
  const { event, seq } = logged;
  if (unlogged.has(event.type)) return;
  const line = { seq, text: eventInWords(draft.view, event), tone: toneOf(event) };
  draft.set({ log: draft.append(draft.view.log, line) });
}

function changeBy(draft: Draft, { event, seq }: LoggedEvent): Change {
  switch (event.type) {
    case 'run-started':
      return { method: event.method, sizes: event.sizes, now: event };
    case 'phase-started':
      return { phase: event.phase, evaluation: null, now: event };
    case 'step-started':
      return { step: event.step, stepsPlanned: event.of, evaluation: null, now: event };
    case 'evaluation-started':
      return { evaluation: { ...event, outcomes: [], right: 0 }, now: event };
    case 'example-scored':
      return exampleScored(draft, event);
    case 'evaluation-finished':
      return { now: event };
    case 'evaluation-extended':
      return evaluationExtended(draft, event);
    case 'proposing':
      return { evaluation: null, now: event };
    case 'candidate-created':
      return candidateCreated(draft, seq, event);
    case 'proposal-rejected':
      return proposalRejected(draft, seq, event);
    case 'gate-decided':
      return gateDecided(draft, event);
    case 'sentence-chosen':
      return { chosen: event, probabilities: event.probabilities, now: event };
    case 'weights-updated':
      return { probabilities: event.probabilities };
    case 'failures-shown':
      return { shownFailures: event, now: event };
    case 'incumbent-changed':
      return incumbentChanged(draft, event);
    case 'step-finished':
      return { attempts: setAsideRest(draft), chosen: null, evaluation: null, now: event };
    case 'approval-given':
      return approvalGiven(draft, event);
    case 'person-acted':
      return personActed(draft, event.action);
    case 'notice':
      return event.level === 'warning' ? { warnings: draft.append(draft.view.warnings, event.text) } : {};
    case 'search-stopped':
      return { chosen: null, evaluation: null, now: event };
    case 'run-finished':
      return { report: event.report, chosen: null, evaluation: null, now: event };
  }
}

function exampleScored(draft: Draft, event: Of<'example-scored'>): Change {
  const { evaluation, outcomes } = draft.view;
  if (evaluation?.candidateId !== event.candidateId || evaluation.split !== event.split) return {};
  const { candidateId, outcome } = event;
  const grown = {
    ...evaluation,
    outcomes: draft.append(evaluation.outcomes, outcome),
    right: evaluation.right + (outcome.correct ? 1 : 0),
  };
  if (event.split !== 'validation') return { evaluation: grown };
  const before: ReadonlyMap<string, Outcome> = outcomes.get(candidateId) ?? new Map<string, Outcome>();
  const known = draft.put(before, outcome.exampleId, outcome);
  return {
    evaluation: grown,
    outcomes: known === before ? outcomes : draft.put(outcomes, candidateId, known),
  };
}

function candidateCreated(draft: Draft, seq: number, event: Of<'candidate-created'>): Change {
  const { view } = draft;
  return {
    attempts: draft.append(view.attempts, attemptFromCandidate(view, seq, event.candidate)),
    candidates: draft.put(view.candidates, event.candidate.id, event.candidate),
    now: event,
  };
}

function proposalRejected(draft: Draft, seq: number, event: Of<'proposal-rejected'>): Change {
  const { view } = draft;
  return { attempts: draft.append(view.attempts, attemptFromRejection(view, seq, event)), now: event };
}

function gateDecided(draft: Draft, event: Of<'gate-decided'>): Change {
  const attempts = updateAttempt(draft, event.candidateId, (attempt) => withGate(attempt, event));
  const { points, dots, step, spent } = draft.view;
  const incumbent = points.at(-1);
  if (event.gate !== 'validation' || !incumbent || event.planned === 0) return { attempts, now: event };
  const { candidateId, wins, losses, asked, planned, verdict } = event;
  const accepted = verdict === 'accepted';
  // What was turned down early was asked on the likeliest gains first; what was accepted early, on examples by chance.
  const accuracy = Math.min(
    1,
    Math.max(0, incumbent.accuracy + (wins - losses) / (accepted ? asked : planned)),
  );
  const dot = { candidateId, wins, losses, asked, planned, accuracy, accepted, step, spent };
  return { attempts, dots: draft.append(dots, dot), now: event };
}

/** More is known about the same prompt: its point moves, and stays at the moment it became the best so far. */
function evaluationExtended(draft: Draft, { evaluation }: Of<'evaluation-extended'>): Change {
  const { points } = draft.view;
  const known = points.at(-1);
  if (known?.candidateId !== evaluation.candidateId) return {};
  const { step, spent } = known;
  const point = { ...pointOf(draft.view, known.candidateId, evaluation), step, spent };
  return { points: draft.replace(points, points.length - 1, point) };
}

function pointOf(view: RunView, candidateId: string, evaluation: EvaluationSummary): AccuracyPoint {
  const { accuracy, correct, asked } = evaluation;
  const { step, spent } = view;
  const interval = wilsonInterval(accuracy * asked, asked); // of the mean score, as in the report
  return { candidateId, accuracy, correct, asked, interval, step, spent };
}

/** The first incumbent replaces nothing, and among first drafts there is no gain to speak of. */
function incumbentChanged(draft: Draft, event: Of<'incumbent-changed'>): Change {
  const { candidateId, evaluation } = event;
  const { points, step } = draft.view;
  const before = points.at(-1);
  const gain = before && step > 0 ? evaluation.accuracy - before.accuracy : null;
  return {
    incumbentId: candidateId,
    attempts: updateAttempt(draft, candidateId, (attempt) => ({ ...attempt, state: 'kept', gain })),
    points: draft.append(points, pointOf(draft.view, candidateId, evaluation)),
    now: event,
  };
}

function approvalGiven(draft: Draft, event: Of<'approval-given'>): Change {
  if (event.keep) return { now: event };
  const attempts = updateAttempt(draft, event.candidateId, (attempt) => ({ ...attempt, state: 'vetoed' }));
  return { attempts, now: event };
}

function personActed(draft: Draft, action: PersonAction): Change {
  const { view } = draft;
  if (action.kind === 'lock') return { locks: draft.put(view.locks, action.sentenceId, action.locked) };
  return action.kind === 'hint' ? { hints: draft.append(view.hints, action.text) } : {};
}
