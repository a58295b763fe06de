/** Runs out of the store as one file, and back in. A file never replaces anything that is stored already. */
import type { Example } from '../core/types.ts';
import type { Dataset } from '../data/dataset.ts';
import type { CompletionRepository } from './completion-repository.ts';
import type { DatasetRepository } from './dataset-repository.ts';
import { readRunFile } from './run-file/read-run-file.ts';
import { checksumOf, writeRunFile, type RunFileContent } from './run-file/run-file.ts';
import type { RunRecord } from './run-record.ts';
import { requireRoom } from './room.ts';
import type { RunRepository } from './run-repository.ts';

export class RunTransfer {
  readonly #datasets: DatasetRepository;
  readonly #runs: RunRepository;
  readonly #completions: CompletionRepository;

  constructor(datasets: DatasetRepository, runs: RunRepository, completions: CompletionRepository) {
    this.#datasets = datasets;
    this.#runs = runs;
    this.#completions = completions;
  }

  /** The text of the run file. @throws AppError `not-found` */
  async write(id: string): Promise<string> {
    const run = await this.#runs.get(id);
    const [dataset, events, completions, person] = await Promise.all([
      this.#datasets.get(run.config.datasetId),
      this.#runs.events(id),
      this.#completions.ofRun(id),
      this.#runs.allPerson(id),
    ]);
    return writeRunFile({ run: { ...run, eventCount: events.length }, dataset, events, completions, person });
  }

  /**
   * Stores what the file holds, the run itself last: what is interrupted leaves no run behind.
   * @returns the id the run has here; that of the stored one when it is here already
   * @throws AppError `file-refused`, or `storage-full` where there is hardly room; then nothing is stored
   */
  async read(file: string, source: string): Promise<string> {
    const content = readRunFile(file, source);
    if (await this.#isHere(content)) return content.run.id;
    const mark = checksumOf(content).slice(0, 12);
    const run = await this.#free(content.run, mark);
    const known = await this.#runs.find(run.id);
    if (known) return run.id;
    await requireRoom(`“${file}”`, source.length);
    const dataset = await this.#storeDataset(content.dataset, mark);
    await this.#completions.keepImported(run.id, content.completions);
    for (const { key, record } of content.person) await this.#runs.savePerson(run.id, key, record);
    await this.#runs.appendEvents(run.id, content.events);
    await this.#runs.save({ ...run, config: { ...run.config, datasetId: dataset.id } });
    return run.id;
  }

  async #isHere({ run }: RunFileContent): Promise<boolean> {
    const known = await this.#runs.find(run.id);
    return (
      known?.createdAt === run.createdAt &&
      known.eventCount === run.eventCount &&
      known.report?.bestText === run.report?.bestText
    );
  }

  /** Under its own id, or a new one that follows from the content where another run has that id. */
  async #free(run: RunRecord, mark: string): Promise<RunRecord> {
    const isTaken = (await this.#runs.find(run.id)) !== undefined;
    const status = run.status === 'running' || run.status === 'paused' ? 'interrupted' : run.status;
    return { ...run, status, id: isTaken ? `${run.id}-${mark}` : run.id };
  }

  async #storeDataset(dataset: Dataset, mark: string): Promise<Dataset> {
    if (!(await this.#datasets.has(dataset.id))) {
      await this.#datasets.save(dataset);
      return dataset;
    }
    if (sameExamples((await this.#datasets.get(dataset.id)).examples, dataset.examples)) return dataset;
    const other = { ...dataset, id: `${dataset.id}-${mark}` };
    await this.#datasets.save(other);
    return other;
  }
}

function sameExamples(here: readonly Example[], brought: readonly Example[]): boolean {
  return (
    here.length === brought.length &&
    here.every(({ id, input, target }, index) => {
      const other = brought[index];
      return other?.id === id && other.input === input && other.target === target;
    })
  );
}
