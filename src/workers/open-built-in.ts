/** A sample task as a dataset of this browser. */
import { generateBuiltIn } from '../data/built-in/index.ts';
import type { DatasetSummary } from '../data/dataset.ts';
import type { DatasetRepository } from '../storage/dataset-repository.ts';

/** Built-in tasks are the same for everybody: one seed, so that two people talk about the same examples. */
const builtInSeed = 1;

/** The one that is here already, else it is made and stored. */
export async function openBuiltIn(
  task: string,
  datasets: Pick<DatasetRepository, 'list' | 'save'>,
): Promise<DatasetSummary> {
  const dataset = { ...generateBuiltIn(task, builtInSeed), createdAt: Date.now() };
  const known = (await datasets.list()).find(({ id }) => id === dataset.id);
  return known ?? datasets.save(dataset);
}
