/** What the person did between two attempts: locks and hints take effect at once, edits are scored like any candidate. */
import type { PersonAction } from '../events.ts';
import { applyEdit, type TextEdit } from '../prompt/apply-edit.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate } from '../types.ts';
import { decide } from './accept.ts';
import { adopt } from './adopt.ts';
import type { Search } from './search.ts';

/** Carries out what is waiting. True when it changed the incumbent's text. */
export async function* takePersonActions(context: RunContext, search: Search): Steps<boolean> {
  let changed = false;
  for (const action of yield* context.checkpoint()) {
    changed = (yield* carryOut(context, search, action)) || changed;
  }
  return changed;
}

async function* carryOut(context: RunContext, search: Search, action: PersonAction): Steps<boolean> {
  switch (action.kind) {
    case 'lock':
      search.lock(action.sentenceId, action.locked);
      return false;
    case 'hint':
      search.hints.push(action.text);
      return false;
    case 'use':
      return yield* useAnyway(context, search, action.candidateId);
    case 'edit':
    case 'add':
    case 'remove':
    case 'move':
      return yield* tryEdit(context, search, action);
  }
}

/** Scored by the same gate as a rewrite; when it does not pass, the page offers "use anyway". */
async function* tryEdit(context: RunContext, search: Search, action: TextEdit): Steps<boolean> {
  const sentences = applyEdit(search.incumbent.sentences, action, () => search.freshId());
  const sentenceId = 'sentenceId' in action ? { sentenceId: action.sentenceId } : {};
  const origin = { operation: 'edit', note: 'yours', ...sentenceId } as const;
  const candidate = yield* context.create(sentences, search.incumbent.id, origin);
  const { isAccepted, validation } = yield* decide(
    context,
    search,
    candidate,
    context.random.fork(`edit ${candidate.id}`),
  );
  if (isAccepted) yield* adopt(context, search, candidate, validation);
  return isAccepted;
}

/** The person's word counts more than the gate's: the candidate is scored in full and becomes the incumbent. */
async function* useAnyway(context: RunContext, search: Search, candidateId: string): Steps<boolean> {
  const candidate: Candidate | undefined = context.candidate(candidateId);
  if (!candidate || candidate.id === search.incumbent.id) return false;
  const validation = yield* context.evaluate(candidate, context.splits.validation, 'validation', {
    why: 'The candidate you chose on all validation examples',
  });
  search.pool.clear();
  yield* adopt(context, search, candidate, validation);
  return true;
}
