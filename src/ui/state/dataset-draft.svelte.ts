/** Changes to the rows of a dataset, before they are saved as a new version. */
import type { Example } from '../../core/types.ts';
import {
  addedKey,
  editDataset,
  noEdits,
  withoutRow,
  withRestored,
  withRow,
  type DatasetEdits,
  type RowValues,
} from '../../data/edit-dataset.ts';
import type { Dataset } from '../../data/dataset.ts';

/** A row as the table shows it; the id of an added one is its key among the edits. */
export interface DraftRow {
  readonly example: Example;
  readonly state: 'same' | 'changed' | 'removed' | 'added';
}

export class DatasetDraft {
  readonly #dataset: Dataset;
  #edits = $state.raw<DatasetEdits>(noEdits);
  readonly #rows = $derived.by(() => this.#makeRows());

  constructor(dataset: Dataset) {
    this.#dataset = dataset;
  }

  /** Added rows first, where they can be seen. */
  get rows(): readonly DraftRow[] {
    return this.#rows;
  }

  get counts(): { readonly changed: number; readonly added: number; readonly removed: number } {
    const { changed, added, removed } = this.#edits;
    return { changed: changed.size, added: added.length, removed: removed.size };
  }

  get isEmpty(): boolean {
    const { changed, added, removed } = this.counts;
    return changed + added + removed === 0;
  }

  /** `key` null: a new row. */
  set(key: string | null, values: RowValues): void {
    this.#edits = withRow(this.#edits, key, values);
  }

  remove(key: string): void {
    this.#edits = withoutRow(this.#edits, key);
  }

  restore(key: string): void {
    this.#edits = withRestored(this.#edits, key);
  }

  discard(): void {
    this.#edits = noEdits;
  }

  /** @throws AppError `invalid-data` when no row is left */
  build(made: { readonly id: string; readonly createdAt: number }): Dataset {
    return editDataset(this.#dataset, this.#edits, made);
  }

  #makeRows(): readonly DraftRow[] {
    const { changed, removed, added } = this.#edits;
    const fresh = added.map((values, index): DraftRow => ({
      example: { id: addedKey(index), ...values },
      state: 'added',
    }));
    const known = this.#dataset.examples.map((example): DraftRow => {
      const values = changed.get(example.id);
      if (removed.has(example.id)) return { example, state: 'removed' };
      return values === undefined
        ? { example, state: 'same' }
        : { example: { id: example.id, ...values }, state: 'changed' };
    });
    return [...fresh, ...known];
  }
}
