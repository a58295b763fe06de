/**
 * What a run would take on an engine of given speed, without waiting for it: the simulated model answers, and a
 * virtual clock adds up what the tokens of each request would have cost. The engine has one KV cache: what a request
 * shares with the one before it need not be read again, where the engine reuses prefixes.
 */
import { decorated } from '../core/decorated-model.ts';
import type { CompletionRequest, LanguageModel } from '../core/language-model.ts';

export interface Costs {
  /** Milliseconds for a prompt token that has to be read. */
  readonly prefillMs: number;
  /** Milliseconds per token of a reply. */
  readonly decodeMs: number;
  /** Tokens of an answer; those of the simulated answer when left out. */
  readonly answerTokens?: number;
  /** Where proposals take another time: they come one by one, or another model writes them, with a KV cache of its own. */
  readonly proposals?: Pick<Costs, 'prefillMs' | 'decodeMs'> & { readonly isOtherModel: boolean };
}

export interface CostedModel {
  readonly model: LanguageModel;
  /** Virtual milliseconds so far. */
  readonly ms: () => number;
}

const charactersPerToken = 4;

const textOf = ({ system, prompt }: CompletionRequest): string => `${system}\n${prompt}`;

function sharedCharacters(before: string, text: string): number {
  const end = Math.min(before.length, text.length);
  let at = 0;
  while (at < end && before[at] === text[at]) at += 1;
  return at;
}

/** @param reuses - whether the engine keeps the beginning that two requests share */
export function costed(inner: LanguageModel, costs: Costs, reuses: boolean): CostedModel {
  let clock = 0;
  const before = { answer: '', propose: '' };
  const model = decorated(inner, async (request, cancel) => {
    const completion = await inner.complete(request, cancel);
    const { promptTokens } = completion.usage;
    const known = request.purpose === 'answer' ? costs.answerTokens : undefined;
    const completionTokens = known ?? completion.usage.completionTokens;
    const text = textOf(request);
    const { proposals = costs } = costs;
    const cost = request.purpose === 'answer' ? costs : proposals;
    const cache = costs.proposals?.isOtherModel ? request.purpose : 'answer';
    const shared = reuses ? sharedCharacters(before[cache], text) : 0;
    const cachedTokens = Math.min(promptTokens - 1, Math.floor(shared / charactersPerToken));
    before[cache] = text;
    const prefillMs = (promptTokens - cachedTokens) * cost.prefillMs;
    const decodeMs = completionTokens * cost.decodeMs;
    clock += prefillMs + decodeMs;
    return { ...completion, usage: { promptTokens, cachedTokens, completionTokens, prefillMs, decodeMs } };
  });
  return { model, ms: () => clock };
}
