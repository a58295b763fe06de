/** Datasets: a head per dataset and its examples in chunks, written in one transaction. */
import * as v from 'valibot';
import { AppError, isAppError } from '../core/errors.ts';
import type { Dataset, DatasetSummary, ExampleNeeds } from '../data/dataset.ts';
import { partsOf } from './key-ranges.ts';
import type { Database } from './open.ts';
import { datasetRecord } from './run-file/record-schemas.ts';
import type { DatasetHead, ExampleChunk } from './schema.ts';
import { sound, soundOnly } from './sound.ts';
import { stored } from './stored-schemas.ts';
import { guarded, written } from './write.ts';

const examplesPerChunk = 1000;

/** What it takes to put chunks together; the whole is checked afterwards, so that a place is one of the dataset. */
const chunkShape = v.looseObject({ examples: v.array(v.unknown()), needs: v.nullable(v.looseObject({})) });

function summaryOf({ schemaVersion, facets, ...summary }: DatasetHead): DatasetSummary {
  return summary;
}

function needsOf(needs: Dataset['needs'], ids: readonly string[]): Record<string, ExampleNeeds> | null {
  if (!needs) return null;
  return Object.fromEntries(ids.flatMap((id) => (needs[id] ? [[id, needs[id]] as const] : [])));
}

function chunksOf({ examples, needs }: Dataset): ExampleChunk[] {
  const count = Math.ceil(examples.length / examplesPerChunk);
  return Array.from({ length: count }, (_, index) => {
    const part = examples.slice(index * examplesPerChunk, (index + 1) * examplesPerChunk);
    const ids = part.map(({ id }) => id);
    return { examples: part, needs: needsOf(needs, ids) };
  });
}

export class DatasetRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<DatasetSummary[]> {
    const heads = await this.#database.getAll('datasets');
    return soundOnly(stored.datasets, heads)
      .map(summaryOf)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  async has(id: string): Promise<boolean> {
    return (await this.#database.count('datasets', id)) > 0;
  }

  async isDamaged(id: string): Promise<boolean> {
    return this.get(id).then(
      () => false,
      (thrown: unknown) => isAppError(thrown, 'record-damaged'),
    );
  }

  /** @throws AppError `not-found` */
  async get(id: string): Promise<Dataset> {
    const transaction = this.#database.transaction(['datasets', 'examples']);
    const [head, chunks] = await Promise.all([
      transaction.objectStore('datasets').get(id),
      transaction.objectStore('examples').getAll(partsOf(id)),
    ]);
    if (!head)
      throw new AppError(
        'not-found',
        'This dataset is not stored here any more. Choose or import another one.',
      );
    const { size, ...rest } = head;
    sound(v.array(chunkShape), chunks, 'this dataset');
    const hasNeeds = chunks.some(({ needs }) => needs !== null);
    const dataset = {
      ...rest,
      examples: chunks.flatMap(({ examples }) => examples),
      needs: hasNeeds ? Object.fromEntries(chunks.flatMap(({ needs }) => Object.entries(needs ?? {}))) : null,
    };
    return sound(datasetRecord, dataset, 'this dataset');
  }

  async save(dataset: Dataset): Promise<DatasetSummary> {
    const { examples, needs, ...rest } = dataset;
    const head: DatasetHead = { ...rest, size: examples.length };
    const transaction = this.#database.transaction(['datasets', 'examples'], 'readwrite');
    const chunks = transaction.objectStore('examples');
    await written(transaction, [
      () => chunks.delete(partsOf(dataset.id)),
      ...chunksOf(dataset).map((chunk, index) => () => chunks.put(chunk, [dataset.id, index])),
      () => transaction.objectStore('datasets').put(head),
    ]);
    return summaryOf(head);
  }

  async delete(id: string): Promise<void> {
    await guarded(async () => {
      const transaction = this.#database.transaction(['datasets', 'examples'], 'readwrite');
      await Promise.all([
        transaction.objectStore('datasets').delete(id),
        transaction.objectStore('examples').delete(partsOf(id)),
        transaction.done,
      ]);
    });
  }
}
