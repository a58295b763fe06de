/** A run on the simulated model, set up as the page would. */
import type { LanguageModel } from '../src/core/language-model.ts';
import type { MethodId } from '../src/core/methods.ts';
import type { Budget } from '../src/core/run/meter.ts';
import type { RunSetup } from '../src/core/run/run.ts';
import { answerSuffix } from '../src/core/evaluate/answer-suffix.ts';
import { recommendedSizes, splitExamples } from '../src/core/split.ts';

import type { Dataset } from '../src/data/dataset.ts';
import { createSimulatedModel } from '../src/models/simulated/simulated-model.ts';
import { worldOf } from '../src/models/simulated/world-of.ts';
import type { SimulatedSpec } from '../src/models/spec.ts';

export interface SimulatedSetupOptions {
  readonly dataset: Dataset;
  readonly seed: number;
  readonly method: MethodId;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly skill?: SimulatedSpec['skill'];
  readonly budget?: Budget;
  readonly userPrompt?: string;
  /** The model that writes refuses whatever it is asked. */
  readonly isOptimizerUseless?: boolean;
}

function refusing(model: LanguageModel): LanguageModel {
  return {
    ...model,
    identity: { ...model.identity, model: 'useless' },
    complete: async (request, cancel) => ({
      ...(await model.complete(request, cancel)),
      text: 'I am sorry, but I cannot help with that.',
    }),
  };
}

export function simulatedSetup(given: SimulatedSetupOptions): RunSetup {
  const { dataset, seed, method, options = {}, skill = 'middling' } = given;
  const { name, description, metric, choices, examples } = dataset;
  const sleep = (): Promise<void> => Promise.resolve();
  const model = createSimulatedModel({ engine: 'simulated', skill, paceMs: 0 }, worldOf(dataset), { sleep });
  return {
    method,
    options,
    task: {
      name,
      description,
      metric,
      choices,
      answer: { maxTokens: 256, suffix: answerSuffix(metric, choices), constrain: false },
    },
    splits: splitExamples(examples, seed, recommendedSizes(examples.length)),
    models: { task: model, ...(given.isOptimizerUseless ? { optimizer: refusing(model) } : {}) },
    seed,
    userPrompt: given.userPrompt ?? null,
    ...(given.budget ? { budget: given.budget } : {}),
  };
}
