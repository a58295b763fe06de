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
import { oneOf, tagged, type SchemaOf } from './tagged.ts';

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

const failureCase: SchemaOf<FailureCase> = v.object({
  exampleId: text,
  input: text,
  expected: text,
  got: text,
  reason,
});

export const personAction: SchemaOf<PersonAction> = tagged<PersonAction, 'kind'>('kind', {
  lock: v.object({ kind: v.literal('lock'), sentenceId: text, locked: v.boolean() }),
  edit: v.object({ kind: v.literal('edit'), sentenceId: text, content: text }),
  add: v.object({ kind: v.literal('add'), afterSentenceId: v.nullable(text), content: text }),
  remove: v.object({ kind: v.literal('remove'), sentenceId: text }),
  move: v.object({ kind: v.literal('move'), sentenceId: text, afterSentenceId: v.nullable(text) }),
  hint: v.object({ kind: v.literal('hint'), text }),
  use: v.object({ kind: v.literal('use'), candidateId: text }),
});

const event: SchemaOf<RunEvent> = tagged<RunEvent, 'type'>('type', {
  'run-started': v.object({ type: v.literal('run-started'), method: text, seed: finite, sizes }),
  'phase-started': v.object({
    type: v.literal('phase-started'),
    phase: oneOf<EventOf<'phase-started'>['phase']>({
      'initial-prompt': true,
      search: true,
      confirmation: true,
    }),
  }),
  proposing: v.object({ type: v.literal('proposing'), what: text, sentenceId: v.optional(text) }),
  'candidate-created': v.object({ type: v.literal('candidate-created'), candidate }),
  'proposal-rejected': v.object({
    type: v.literal('proposal-rejected'),
    code: rejectionCode,
    reply: text,
    sentenceId: v.optional(text),
    detail: v.optional(text),
  }),
  'evaluation-started': v.object({
    type: v.literal('evaluation-started'),
    candidateId: text,
    split,
    planned: count,
    why: text,
  }),
  'example-scored': v.object({
    type: v.literal('example-scored'),
    candidateId: text,
    split,
    outcome,
    done: count,
    planned: count,
    reused: v.boolean(),
  }),
  'evaluation-finished': v.object({ type: v.literal('evaluation-finished'), evaluation: summary }),
  'step-started': v.object({ type: v.literal('step-started'), step: count, of: count }),
  'sentence-chosen': v.object({
    type: v.literal('sentence-chosen'),
    step: count,
    attempt: count,
    sentenceId: text,
    probabilities: shares,
  }),
  'failures-shown': v.object({
    type: v.literal('failures-shown'),
    step: count,
    attempt: count,
    failures: v.array(failureCase),
    of: count,
  }),
  'gate-decided': v.object({
    type: v.literal('gate-decided'),
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
  }),
  'weights-updated': v.object({ type: v.literal('weights-updated'), weights: shares, probabilities: shares }),
  'incumbent-changed': v.object({
    type: v.literal('incumbent-changed'),
    candidateId: text,
    evaluation: summary,
  }),
  'step-finished': v.object({ type: v.literal('step-finished'), step: count, accepted: v.boolean() }),
  'approval-given': v.object({ type: v.literal('approval-given'), candidateId: text, keep: v.boolean() }),
  'person-acted': v.object({ type: v.literal('person-acted'), checkpoint: count, action: personAction }),
  notice: v.object({
    type: v.literal('notice'),
    level: oneOf<EventOf<'notice'>['level']>({ info: true, warning: true }),
    text,
  }),
  'run-finished': v.object({ type: v.literal('run-finished'), report }),
});

export const loggedEvent: SchemaOf<LoggedEvent> = v.object({ seq: count, spent, event });
