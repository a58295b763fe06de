/**
 * What the person did, for methods that write whole prompts: hints go into every question from here on, a wording of
 * the person's is scored like any other prompt. What such a method cannot do is said instead of passed over.
 */
import type { PersonAction, RunEvent } from '../events.ts';
import { applyEdit } from '../prompt/apply-edit.ts';
import { nextSentenceId } from '../prompt/split.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Best } from './best.ts';

/** Carries out what is waiting. */
export async function* takePersonActions(context: RunContext, best: Best): Steps<void> {
  for (const action of yield* context.checkpoint()) yield* carryOut(context, best, action);
}

async function* carryOut(context: RunContext, best: Best, action: PersonAction): Steps<void> {
  switch (action.kind) {
    case 'lock':
      if (action.locked)
        yield told('This method writes whole prompts: a locked sentence may change with them.');
      return;
    case 'hint':
      best.hints.push(action.text);
      return;
    case 'use': {
      const candidate = context.candidate(action.candidateId);
      if (candidate) yield* best.use(candidate);
      return;
    }
    case 'edit':
    case 'add':
    case 'remove':
    case 'move': {
      const { sentences, id } = best.candidate;
      const edited = applyEdit(sentences, action, () => nextSentenceId(sentences));
      const sentenceId = 'sentenceId' in action ? { sentenceId: action.sentenceId } : {};
      const origin = { operation: 'edit', note: 'yours', ...sentenceId } as const;
      yield* best.consider(yield* context.create(edited, id, origin));
      yield told(
        'Your wording was scored. This method goes on from prompts of its own, and returns the better one.',
      );
    }
  }
}

const told = (text: string): RunEvent => ({ type: 'notice', level: 'info', text });
