/** A fork: a new run that begins with the prompt an earlier run had at one of its steps. */
import type { LoggedEvent } from '../../core/events.ts';
import { joinPrompt } from '../../core/prompt/split.ts';
import type { RunView } from './run/run-view.ts';

interface ForkPoint {
  /** 0: the prompt the search began with. */
  readonly step: number;
  readonly candidateId: string;
}

/** Where the best prompt so far changed, in order; each prompt once. */
export function forkPoints({ points }: Pick<RunView, 'points'>): ForkPoint[] {
  const first = points.filter(
    ({ candidateId }, index) => points.findIndex((other) => other.candidateId === candidateId) === index,
  );
  return first.map(({ step, candidateId }) => ({ step, candidateId }));
}

/** Null where the log has no such prompt. */
export function promptOf(events: readonly LoggedEvent[], candidateId: string): string | null {
  for (const { event } of events)
    if (event.type === 'candidate-created' && event.candidate.id === candidateId)
      return joinPrompt(event.candidate.sentences);
  return null;
}
