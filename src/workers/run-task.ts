/** What a run is about, by its configuration: the task and how its examples are divided. A rehearsal asks the same. */
import { splitExamples, splitSeedOf } from '../core/split.ts';
import type { Splits, Task } from '../core/types.ts';
import type { Dataset } from '../data/dataset.ts';
import type { RunConfig } from '../storage/run-record.ts';

export function taskOf(
  { metric, choices, answer }: Pick<RunConfig, 'metric' | 'choices' | 'answer'>,
  { name, description }: Dataset,
): Task {
  return { name, description, metric, choices, answer };
}

export function splitsOf(config: RunConfig, { examples }: Dataset): Splits {
  return splitExamples(examples, splitSeedOf(config), config.sizes);
}
