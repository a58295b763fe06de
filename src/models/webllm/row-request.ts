/** Which requests can be a reply of a batch, and what becomes of them there. */
import type { CompletionRequest, Constraint } from '../../core/language-model.ts';
import type { RowRequest } from './batch-row.ts';
import type { BatchRuntime } from './batch-runtime.ts';
import { ChoiceWalk } from './choice-walk.ts';
import type { PrefixReuse } from './prefix-reuse.ts';
import { leastRoom } from './webllm-model.ts';

export interface RowParts {
  readonly runtime: BatchRuntime;
  readonly reuse: PrefixReuse;
  /** Has the engine format a request, as `PrefixReuse.peek` asks for it. */
  readonly format: (request: CompletionRequest) => Promise<unknown>;
  /** Tokens that the engine puts before a reply. */
  readonly header: readonly number[];
}

/** Greedy ones, and of the limited ones those with choices: other constraints need the engine's grammar. */
export function isBatchable({ temperature, constraint }: CompletionRequest, runtime: BatchRuntime): boolean {
  if (temperature !== 0) return false;
  return !constraint || (isChoice(constraint) && runtime.vocabulary() !== null);
}

/** What is no choice at all is refused by the engine's own chat, in words. */
function isChoice(constraint: Constraint): constraint is Extract<Constraint, { kind: 'choice' }> {
  return constraint.kind === 'choice' && constraint.choices.length > 0 && !constraint.choices.includes('');
}

/** Null where the request has to go through the engine's own chat. */
export async function rowFor(request: CompletionRequest, parts: RowParts): Promise<RowRequest | null> {
  const { reuse, format, runtime, header } = parts;
  const prompt = await reuse.peek(() => format(request)).catch(() => null);
  const room = prompt ? runtime.contextWindow - prompt.length : 0;
  if (!prompt || room < Math.min(request.maxTokens, leastRoom)) return null; // refused there, in words
  const { texts, tokens: stopTokens } = runtime.stops();
  // The engine's last token needs no place in the cache.
  const limit = Math.min(request.maxTokens, room + 1);
  const { stop = [], until, constraint } = request;
  const limits = { stop: [...texts, ...stop], until, constraint };
  return { prompt, header, limit, limits, stopTokens, walk: walkFor(request, runtime) };
}

function walkFor({ constraint }: CompletionRequest, runtime: BatchRuntime): ChoiceWalk | null {
  const vocabulary = constraint && runtime.vocabulary();
  return vocabulary && isChoice(constraint) ? new ChoiceWalk(constraint.choices, vocabulary) : null;
}
