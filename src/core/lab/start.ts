/** The prompt that a run of an experiment starts from, and what it cost to get it. */
import { plainPrompt } from '../prompt/plain-prompt.ts';
import { joinPrompt } from '../prompt/split.ts';
import type { Budget } from '../run/meter.ts';
import { runOptimizer, type RunSetup } from '../run/run.ts';
import type { Variant } from './design.ts';
import { amountsOf, nothingSpent, type Amounts } from './result.ts';

interface Start {
  /** Null: the method's own. */
  readonly userPrompt: string | null;
  readonly spent: Amounts;
}

/** What phase 1 of the dual-phase method ends with, before its first look at validation. */
async function firstPrompt(setup: RunSetup): Promise<Start> {
  const texts = new Map<string, string>();
  for await (const { event, spent } of runOptimizer({ ...setup, method: 'dual-phase', options: {} })) {
    if (event.type === 'candidate-created')
      texts.set(event.candidate.id, joinPrompt(event.candidate.sentences));
    if (event.type === 'evaluation-started' && event.split === 'validation')
      return { userPrompt: texts.get(event.candidateId) ?? null, spent: amountsOf(spent) };
  }
  throw new RangeError('Expected the dual-phase method to score a first prompt.');
}

/** @throws AppError `cancelled` when the budget is spent before there is a first prompt */
export async function startOf(start: Variant['start'], setup: RunSetup): Promise<Start> {
  if (start === 'phase-1') return await firstPrompt(setup);
  return { userPrompt: start === 'plain' ? plainPrompt(setup.task) : null, spent: nothingSpent };
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return { calls: a.calls + b.calls, tokens: a.tokens + b.tokens, minutes: a.minutes + b.minutes };
}

/** What is left of a budget. */
export function without({ calls, tokens, minutes }: Budget, spent: Amounts): Budget {
  return {
    calls: calls === null ? null : Math.max(0, calls - spent.calls),
    tokens: tokens === null ? null : Math.max(0, tokens - spent.tokens),
    minutes: minutes === null ? null : Math.max(0, minutes - spent.minutes),
  };
}
