import { answerSuffix } from '../../../src/core/evaluate/answer-suffix.ts';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import type { CompletionRequest, LanguageModel } from '../../../src/core/language-model.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { createSimulatedModel } from '../../../src/models/simulated/simulated-model.ts';
import { worldOf } from '../../../src/models/simulated/world-of.ts';
import type { SimulatedWorld } from '../../../src/models/simulated/world.ts';

export const atOnce = { sleep: () => Promise.resolve() };

export function simulatedFor(dataset: Dataset): LanguageModel {
  return createSimulatedModel({ engine: 'simulated', skill: 'middling' }, worldOf(dataset), atOnce);
}

export function question(
  instruction: string,
  input: string,
  more: Partial<CompletionRequest> = {},
): CompletionRequest {
  return {
    purpose: 'answer',
    system: instruction,
    prompt: input,
    maxTokens: 200,
    temperature: 0,
    seed: 0,
    ...more,
  };
}

export function proposal(
  prompt: string,
  seed: number,
  more: Partial<CompletionRequest> = {},
): CompletionRequest {
  return { purpose: 'propose', system: '', prompt, maxTokens: 700, temperature: 0.9, seed, ...more };
}

/** Which examples an instruction answers rightly. */
export async function rightAnswers(
  model: LanguageModel,
  dataset: Dataset,
  instruction: string,
): Promise<boolean[]> {
  const { metric, choices, examples } = dataset;
  const suffix = answerSuffix(metric, choices);
  const replies = examples.map(({ input }) => model.complete(question(instruction, `${input}\n\n${suffix}`)));
  return (await Promise.all(replies)).map(({ text }, index) => {
    const target = examples[index]?.target ?? '';
    return scoreAnswer({ output: text, target, metric, choices }).correct;
  });
}

export function share(bits: readonly boolean[]): number {
  return bits.filter(Boolean).length / bits.length;
}

/** One sentence per facet, those left out apart. */
export function stating({ facets }: SimulatedWorld, without: readonly string[] = []): string {
  return facets
    .filter(({ id }) => !without.includes(id))
    .map(({ statements }) => statements[0])
    .join(' ');
}
