/** What an experiment keeps of a run: small enough that hundreds of them open at once. */
import type { StopReason } from '../report.ts';
import type { Spent } from '../events.ts';
import type { Axis } from './design.ts';

/** Amounts in the units of a budget. */
export type Amounts = Readonly<Record<Axis, number>>;

export const nothingSpent: Amounts = { calls: 0, tokens: 0, minutes: 0 };

/** From these amounts on, the best prompt so far is right on this share of the test examples. */
export interface CurvePoint extends Amounts {
  readonly accuracy: number;
}

export interface CellResult {
  readonly key: string;
  readonly task: string;
  readonly variant: string;
  readonly seed: number;
  /** In the order in which prompts became the best; empty when the budget was spent before a first prompt was scored. */
  readonly points: readonly CurvePoint[];
  readonly spent: Amounts;
  readonly steps: number;
  readonly stopReason: StopReason;
  /** The best prompt; empty when there is none. */
  readonly prompt: string;
  readonly testExamples: number;
}

export function amountsOf(spent: Spent): Amounts {
  return {
    calls: spent.taskCalls + spent.optimizerCalls,
    tokens: spent.promptTokens + spent.completionTokens,
    minutes: spent.modelMs / 60_000,
  };
}

/** Test accuracy of the prompt a run ended with; 0 when it had none. */
export function finalAccuracy({ points }: Pick<CellResult, 'points'>): number {
  return points.at(-1)?.accuracy ?? 0;
}
