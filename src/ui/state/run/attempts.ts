/** What was tried: every rewrite with the wording it was to replace, what the gates found, and how it ended. */
import type { GateVerdict, RunEvent } from '../../../core/events.ts';
import type { RejectionCode } from '../../../core/proposals/rejection.ts';
import type { Candidate, Operation } from '../../../core/types.ts';
import type { Draft } from './draft.ts';
import type { RunView } from './run-view.ts';

export type GateResult = Omit<Extract<RunEvent, { type: 'gate-decided' }>, 'type' | 'candidateId'>;

/** `vetoed`: passed its gates, the person said no. `set-aside`: passed, and another was taken. */
export type AttemptState =
  'testing' | 'kept' | 'rejected' | 'set-aside' | 'vetoed' | Exclude<GateVerdict, 'accepted'>;

export interface Attempt {
  /** The event it began with. */
  readonly seq: number;
  /** The sentences in whose story it belongs. */
  readonly sentenceIds: readonly string[];
  readonly step: number;
  readonly operation: Operation | null;
  readonly candidateId: string | null;
  readonly note: string | null;
  /** The wording at that time; empty when there was none. */
  readonly before: string;
  /** The new wording, or the reply that was no use. Empty when the sentence was taken out. */
  readonly text: string;
  readonly state: AttemptState;
  readonly rejection: { readonly code: RejectionCode; readonly detail: string | null } | null;
  readonly gates: readonly GateResult[];
  /** Points of validation accuracy as a share; null unless it was kept in place of another prompt. */
  readonly gain: number | null;
}

const wholePrompt: readonly Operation[] = ['draft', 'user', 'whole'];

function contentOf(candidate: Candidate | undefined, sentenceId: string | undefined): string {
  return candidate?.sentences.find((sentence) => sentence.id === sentenceId)?.content ?? '';
}

function textOf(candidate: Candidate): string {
  return candidate.sentences.map((sentence) => sentence.content + sentence.suffix).join('');
}

/** Belongs to the sentence it changes, and to the one whose turn it was (an added sentence is new). */
function storiesOf(view: RunView, sentenceId: string | undefined): string[] {
  const turn = view.phase === 'confirmation' ? undefined : view.chosen?.sentenceId;
  return [...new Set([turn, sentenceId])].filter((id) => id !== undefined);
}

export function attemptFromCandidate(view: RunView, seq: number, candidate: Candidate): Attempt {
  const { operation, sentenceId, note } = candidate.origin;
  const whole = wholePrompt.includes(operation) || sentenceId === undefined;
  const parent = candidate.parentId === null ? undefined : view.candidates.get(candidate.parentId);
  return {
    seq,
    sentenceIds: whole ? [] : operation === 'edit' ? [sentenceId] : storiesOf(view, sentenceId),
    step: view.step,
    operation,
    candidateId: candidate.id,
    note: note ?? null,
    before: whole ? (parent ? textOf(parent) : '') : contentOf(parent, sentenceId),
    text: whole ? textOf(candidate) : contentOf(candidate, sentenceId),
    state: 'testing',
    rejection: null,
    gates: [],
    gain: null,
  };
}

export function attemptFromRejection(
  view: RunView,
  seq: number,
  event: Extract<RunEvent, { type: 'proposal-rejected' }>,
): Attempt {
  const incumbent = view.incumbentId === null ? undefined : view.candidates.get(view.incumbentId);
  return {
    seq,
    sentenceIds: event.sentenceId === undefined ? [] : storiesOf(view, event.sentenceId),
    step: view.step,
    operation: null,
    candidateId: null,
    note: null,
    before: contentOf(incumbent, event.sentenceId),
    text: event.reply,
    state: 'rejected',
    rejection: { code: event.code, detail: event.detail ?? null },
    gates: [],
    gain: null,
  };
}

/** @returns the attempts with a change to the one a candidate came from */
export function updateAttempt(
  draft: Draft,
  candidateId: string,
  change: (attempt: Attempt) => Attempt,
): readonly Attempt[] {
  const { attempts } = draft.view;
  const index = attempts.findLastIndex((attempt) => attempt.candidateId === candidateId);
  const attempt = attempts[index];
  return attempt ? draft.replace(attempts, index, change(attempt)) : attempts;
}

export function withGate(attempt: Attempt, result: GateResult): Attempt {
  const state = result.verdict === 'accepted' ? attempt.state : result.verdict;
  return { ...attempt, state, gates: [...attempt.gates, result] };
}

/** At the end of a step, what passed and was not taken is over. @returns the attempts with those set aside */
export function setAsideRest(draft: Draft): readonly Attempt[] {
  const { step } = draft.view;
  let { attempts } = draft.view;
  for (let index = attempts.length - 1; attempts[index]?.step === step; index -= 1) {
    const attempt = attempts[index];
    if (attempt?.state === 'testing')
      attempts = draft.replace(attempts, index, { ...attempt, state: 'set-aside' });
  }
  return attempts;
}

/** @returns the story of one sentence, the latest first */
export function storyOf(attempts: readonly Attempt[], sentenceId: string): Attempt[] {
  return attempts.filter((attempt) => attempt.sentenceIds.includes(sentenceId)).reverse();
}
