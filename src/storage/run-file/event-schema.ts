/** Every event a run can tell, so that a log from elsewhere cannot surprise the page that shows it. */
import * as v from 'valibot';
import type { LoggedEvent, PersonAction, RunEvent } from '../../core/events.ts';
import type { RejectionCode } from '../../core/proposals/rejection.ts';
import type { FailureCase } from '../../core/types.ts';
import {
  candidate,
  count,
  finite,
  outcome,
  reason,
  report,
  shares,
  sizes,
  spent,
  split,
  summary,
  text,
} from './common-schemas.ts';
import { object, oneOf, tagged } from './tagged.ts';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

const rejectionCode = oneOf<RejectionCode>({
  empty: true,
  'too-short': true,
  'too-long': true,
  truncated: true,
  unchanged: true,
  'already-tried': true,
  'leaks-example': true,
  'leaks-answer': true,
  'wrong-language': true,
  'placeholder-lost': true,
  'placeholder-invented': true,
  'format-lost': true,
  'meta-talk': true,
  refusal: true,
  'role-marker': true,
  markup: true,
  'structured-data': true,
  repetition: true,
  'answers-task': true,
  'asks-back': true,
  injection: true,
  'call-failed': true,
});

const failureCase = object<FailureCase>({
  exampleId: text,
  input: text,
  expected: text,
  got: text,
  reason,
});

export const personAction = tagged<PersonAction, 'kind'>('kind', {
  lock: { sentenceId: text, locked: v.boolean() },
  edit: { sentenceId: text, content: text },
  add: { afterSentenceId: v.nullable(text), content: text },
  remove: { sentenceId: text },
  move: { sentenceId: text, afterSentenceId: v.nullable(text) },
  hint: { text },
  use: { candidateId: text },
});

const event = tagged<RunEvent, 'type'>('type', {
  'run-started': { method: text, seed: finite, sizes },
  'phase-started': {
    phase: oneOf<EventOf<'phase-started'>['phase']>({
      'initial-prompt': true,
      search: true,
      confirmation: true,
    }),
  },
  proposing: { what: text, sentenceId: v.optional(text) },
  'candidate-created': { candidate },
  'proposal-rejected': {
    code: rejectionCode,
    reply: text,
    sentenceId: v.optional(text),
    detail: v.optional(text),
  },
  'evaluation-started': {
    candidateId: text,
    split,
    planned: count,
    why: text,
  },
  'example-scored': {
    candidateId: text,
    split,
    outcome,
    done: count,
    planned: count,
    reused: v.boolean(),
  },
  'evaluation-finished': { evaluation: summary },
  'evaluation-extended': { evaluation: summary },
  'step-started': { step: count, of: count, attempts: v.optional(count) },
  'sentence-chosen': {
    step: count,
    attempt: count,
    sentenceId: text,
    probabilities: shares,
  },
  'failures-shown': {
    step: count,
    attempt: count,
    failures: v.array(failureCase),
    of: count,
  },
  'gate-decided': {
    candidateId: text,
    gate: oneOf<EventOf<'gate-decided'>['gate']>({ failures: true, validation: true, pruning: true }),
    verdict: oneOf<EventOf<'gate-decided'>['verdict']>({
      accepted: true,
      useless: true,
      'no-gain': true,
      noise: true,
      'broke-too-much': true,
    }),
    wins: count,
    losses: count,
    asked: count,
    planned: count,
    pValue: v.nullable(finite),
    needed: finite,
  },
  'weights-updated': { weights: shares, probabilities: shares },
  'incumbent-changed': {
    candidateId: text,
    evaluation: summary,
  },
  'step-finished': { step: count, accepted: v.boolean() },
  'approval-given': { candidateId: text, keep: v.boolean() },
  'person-acted': { checkpoint: count, action: personAction },
  notice: {
    level: oneOf<EventOf<'notice'>['level']>({ info: true, warning: true }),
    text,
  },
  'search-stopped': {},
  'run-finished': { report },
});

export const loggedEvent = object<LoggedEvent>({ seq: count, spent, event });
