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

/** @throws AppError `busy` */
export async function deleteDataset(id: string, { datasets, stored, experiments }: Stores): Promise<void> {
  if (!(await datasets.isDamaged(id))) {
    const uses = await stored.usesOf(id);
    const runs = uses === 1 ? '1 run' : `${uses} runs`;
    if (uses > 0) throw new AppError('busy', `${runs} in the history need this dataset. Delete them first.`);
    if ((await experiments.usesOf(id)) > 0)
      throw new AppError('busy', 'An experiment in the Lab needs this dataset. Delete the experiment first.');
  }
  await datasets.delete(id);
}
