/** A dataset goes only when nothing needs it, or when it is damaged and serves nothing any more. */
import { AppError } from '../core/errors.ts';
import type { DatasetRepository } from '../storage/dataset-repository.ts';
import type { ExperimentRepository } from '../storage/experiment-repository.ts';
import type { RunRepository } from '../storage/run-repository.ts';

interface Stores {
  readonly datasets: Pick<DatasetRepository, 'isDamaged' | 'delete'>;
  readonly stored: Pick<RunRepository, 'usesOf'>;
  readonly experiments: Pick<ExperimentRepository, 'usesOf'>;
}

function neededBy(runs: number): string {
  return runs === 1
    ? '1 run in the history needs this dataset. Delete that run first.'
    : `${runs} runs in the history need this dataset. Delete those runs first.`;
}

/** @throws AppError `busy` */
export async function deleteDataset(id: string, { datasets, stored, experiments }: Stores): Promise<void> {
  if (!(await datasets.isDamaged(id))) {
    const uses = await stored.usesOf(id);
    if (uses > 0) throw new AppError('busy', neededBy(uses));
    if ((await experiments.usesOf(id)) > 0)
      throw new AppError('busy', 'An experiment in the Lab needs this dataset. Delete the experiment first.');
  }
  await datasets.delete(id);
}
