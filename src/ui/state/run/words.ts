/** What a run does and found, in plain sentences. Words only: no figure here is computed. */
import type { GateVerdict, PersonAction, RunEvent } from '../../../core/events.ts';
import type { StopReason } from '../../../core/report.ts';
import type { SplitName } from '../../../core/types.ts';
import { inPercent, inPoints, pInWords, quote, quoteChange } from '../../format.ts';
import { rejectionWords } from '../../text.ts';
import { capital } from '../../words.ts';
import type { Attempt, AttemptState, GateResult } from './attempts.ts';
import type { RunView } from './run-view.ts';

export type Tone = 'plain' | 'gain' | 'loss' | 'noise';

export const splitWords: Readonly<Record<SplitName, string>> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
};

export const stateWords: Readonly<Record<AttemptState, string>> = {
  testing: 'on trial',
  kept: 'kept',
  rejected: 'not used',
  'set-aside': 'set aside',
  vetoed: 'you said no',
  useless: 'little help',
  'no-gain': 'no gain',
  noise: 'within noise',
  'broke-too-much': 'broke too much',
};

export const stateTones: Readonly<Record<AttemptState, Tone>> = {
  testing: 'plain',
  kept: 'gain',
  rejected: 'loss',
  'set-aside': 'plain',
  vetoed: 'plain',
  useless: 'loss',
  'no-gain': 'loss',
  noise: 'noise',
  'broke-too-much': 'loss',
};

export const stopWords: Readonly<Record<StopReason, string>> = {
  'steps-done': 'all planned steps were done',
  'no-failures': 'nothing was left to improve on the training examples',
  converged: 'no sentence was worth another try',
  budget: 'the budget was used up',
  stopped: 'you stopped it',
  'no-usable-proposal': 'the model gave no usable rewrite',
};

const verdictWords: Readonly<Record<GateVerdict, string>> = {
  accepted: 'passed',
  useless: 'solved too few earlier failures',
  'no-gain': 'not better',
  noise: 'better, but within noise',
  'broke-too-much': 'broke too much that was right',
};

/** A candidate by what it changes: “the wording “Count every …””. */
export function candidateInWords(attempts: readonly Attempt[], candidateId: string): string {
  const attempt = attempts.findLast((known) => known.candidateId === candidateId);
  if (!attempt) return 'the prompt';
  const before = quote(attempt.before);
  const after = quote(attempt.text);
  switch (attempt.operation) {
    case 'user':
      return 'your prompt';
    case 'draft':
      return `first draft ${draftNumber(attempts, attempt)}`;
    case 'rewrite':
      return `the wording ${quoteChange(attempt.before, attempt.text)}`;
    case 'insert':
      return `an added sentence, ${after}`;
    case 'delete':
      return `the prompt without ${before}`;
    case 'merge':
      return 'two new wordings together';
    case 'edit':
      return attempt.text === '' ? `the prompt without ${before}` : `your wording, ${after}`;
    case 'whole':
    case null:
      return 'a new prompt';
  }
}

/** In the final check there are two prompts, and neither is on trial any more. */
export function checkedInWords(
  view: RunView,
  { candidateId, split }: { readonly candidateId: string; readonly split: SplitName },
): string {
  if (split !== 'test') return candidateInWords(view.attempts, candidateId);
  return candidateId === view.incumbentId ? 'the best prompt' : 'the prompt it started with';
}

function createdInWords(view: RunView, candidateId: string): string {
  const attempt = view.attempts.findLast((known) => known.candidateId === candidateId);
  return attempt?.operation === 'rewrite'
    ? `On trial: ${quoteChange(attempt.before, attempt.text)} for ${quote(attempt.before)}.`
    : `On trial: ${candidateInWords(view.attempts, candidateId)}.`;
}

function draftNumber(attempts: readonly Attempt[], attempt: Attempt): number {
  return attempts.filter((other) => other.operation === 'draft').indexOf(attempt) + 1;
}

export function sentenceInWords(view: RunView, sentenceId: string): string {
  const id = view.incumbentId;
  const sentences = id === null ? undefined : view.candidates.get(id)?.sentences;
  const sentence = sentences?.find((known) => known.id === sentenceId);
  return sentence ? quote(sentence.content) : 'a sentence';
}

/** “fixed 3, broke 2 of 50; one-sided p = 0.50”: the gate asks for a gain only, the verdict for any difference. */
export function gateInWords(result: GateResult): string {
  const stopped = result.asked < result.planned ? `; stopped after ${result.asked}` : '';
  if (result.gate === 'failures') {
    return `solved ${result.wins} of ${result.planned} earlier failures, needs ${result.needed}${stopped}`;
  }
  const p = result.pValue === null ? '' : `; one-sided ${pInWords(result.pValue)}`;
  return `fixed ${result.wins}, broke ${result.losses} of ${result.planned}${p}${stopped}`;
}

/** Why an attempt ended as it did. */
export function attemptInWords(attempt: Attempt): string {
  if (attempt.rejection) {
    const { code, detail } = attempt.rejection;
    return detail === null ? rejectionWords[code] : `${rejectionWords[code]} (${detail})`;
  }
  const gates = attempt.gates.map(gateInWords).join('. Then ');
  if (attempt.state === 'kept' && attempt.gain !== null) {
    return [`${inPoints(attempt.gain)} on validation`, gates].filter((part) => part !== '').join('; ');
  }
  if (attempt.state === 'set-aside') return gates === '' ? 'not taken' : `${gates}. Not taken all the same`;
  return gates === '' ? 'not decided yet' : gates;
}

/** The line under the title: what goes on at this moment. */
export function nowInWords(view: RunView): string {
  const { evaluation, now } = view;
  if (evaluation && now?.type === 'evaluation-started') {
    const { split, planned, outcomes, right } = evaluation;
    const what = checkedInWords(view, evaluation);
    return `Checking ${what} on ${planned} ${splitWords[split]} examples: ${outcomes.length} done, ${right} right.`;
  }
  return now ? eventInWords(view, now) : 'Getting ready.';
}

export function eventInWords(view: RunView, event: RunEvent): string {
  switch (event.type) {
    case 'run-started':
      return `Started with ${event.sizes.train} training, ${event.sizes.validation} validation and ${event.sizes.test} test examples; seed ${event.seed}.`;
    case 'phase-started':
      return phaseWords[event.phase];
    case 'proposing':
      return `${capital(event.what)}.`;
    case 'candidate-created':
      return createdInWords(view, event.candidate.id);
    case 'proposal-rejected':
      return `A reply was not used: ${rejectionWords[event.code]}${event.reply.trim() === '' ? '' : ` (${quote(event.reply)})`}.`;
    case 'evaluation-started':
    case 'example-scored':
      return `Checking ${candidateInWords(view.attempts, event.candidateId)}.`;
    case 'evaluation-finished': {
      const { correct, asked, split } = event.evaluation;
      const what = checkedInWords(view, event.evaluation);
      return `${capital(what)}: ${correct} of ${asked} ${splitWords[split]} examples right.`;
    }
    case 'evaluation-extended':
      return `More is known of ${candidateInWords(view.attempts, event.evaluation.candidateId)}.`;
    case 'step-started':
      return `Step ${event.step} of at most ${event.of}.`;
    case 'sentence-chosen':
      return `Chose ${sentenceInWords(view, event.sentenceId)} (chance ${inPercent(event.probabilities[event.sentenceId] ?? 0)}).`;
    case 'failures-shown':
      return `Showing the model ${event.failures.length} of ${event.of} failures.`;
    case 'gate-decided':
      return `${capital(candidateInWords(view.attempts, event.candidateId))}: ${verdictWords[event.verdict]} (${gateInWords(event)}).`;
    case 'weights-updated':
      return 'The chances of the sentences changed.';
    case 'incumbent-changed':
      return `Best so far: ${inPercent(event.evaluation.accuracy)}, with ${candidateInWords(view.attempts, event.candidateId)}.`;
    case 'step-finished':
      return event.accepted
        ? `Step ${event.step} brought a better prompt.`
        : `Step ${event.step} ended without a better wording.`;
    case 'approval-given':
      return `You ${event.keep ? 'kept' : 'turned down'} ${candidateInWords(view.attempts, event.candidateId)}.`;
    case 'person-acted':
      return actionInWords(view, event.action);
    case 'notice':
      return event.text;
    case 'search-stopped':
      return 'You stopped the search.';
    case 'run-finished':
      return `Done: ${stopWords[event.report.stopReason]}.`;
  }
}

const phaseWords = {
  'initial-prompt': 'Looking for a prompt to start from.',
  search: 'Looking for the sentence that holds the prompt back.',
  confirmation: 'Checking start and best on the test examples, once.',
} as const;

export function actionInWords(view: RunView, action: PersonAction): string {
  switch (action.kind) {
    case 'lock':
      return `You ${action.locked ? 'locked' : 'unlocked'} ${sentenceInWords(view, action.sentenceId)}.`;
    case 'edit':
      return `You rewrote ${sentenceInWords(view, action.sentenceId)} as ${quote(action.content)}.`;
    case 'add':
      return `You added ${quote(action.content)}.`;
    case 'remove':
      return `You took out ${sentenceInWords(view, action.sentenceId)}.`;
    case 'move':
      return `You moved ${sentenceInWords(view, action.sentenceId)}.`;
    case 'hint':
      return `You gave a hint: ${quote(action.text, 80)}.`;
    case 'use':
      return `You chose to use ${candidateInWords(view.attempts, action.candidateId)}.`;
  }
}

export function toneOf(event: RunEvent): Tone {
  if (event.type === 'proposal-rejected') return 'loss';
  if (event.type === 'incumbent-changed') return 'gain';
  if (event.type === 'notice') return event.level === 'warning' ? 'noise' : 'plain';
  if (event.type !== 'gate-decided') return 'plain';
  return event.verdict === 'accepted' ? 'gain' : event.verdict === 'noise' ? 'noise' : 'loss';
}
