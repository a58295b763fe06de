/**
 * Setup forms as they were left, for the life of the page: whoever looks at the data and comes back finds them again.
 * Nothing here is stored, and the examples are fetched anew, so that a form never outlives its dataset.
 */
import type { Dataset } from '../../data/dataset.ts';
import type { SetupForm } from './setup.svelte.ts';

export interface SetupDraft {
  /** Where it belongs: `setupKey` of its address. */
  readonly key: string;
  /** The address it was opened at, behind the `?`. */
  readonly query: string;
  readonly datasetId: string;
  readonly form: SetupForm;
  /** What is said above the form: where its settings come from. */
  readonly title: string;
  readonly announced: readonly string[];
  /** The configuration it began with, as text. */
  readonly usual: string;
  /** Whether it was another one when it was left. */
  readonly isChanged: boolean;
}

/** A sample task and its dataset are the same place; every other address is a place of its own. */
export function setupKey(query: URLSearchParams, datasetId: string | null): string {
  const isPlain = [...query.keys()].every((name) => name === 'task' || name === 'dataset');
  return isPlain && datasetId !== null ? plainKey(datasetId) : query.toString();
}

const plainKey = (datasetId: string): string => new URLSearchParams({ dataset: datasetId }).toString();

export class SetupDrafts {
  /** The one that was open last is the last. */
  #drafts = $state.raw<readonly SetupDraft[]>([]);

  /** Null before the first, and when all are gone. */
  get last(): SetupDraft | null {
    return this.#drafts.at(-1) ?? null;
  }

  find(key: string): SetupDraft | null {
    return this.#drafts.find((draft) => draft.key === key) ?? null;
  }

  keep(draft: SetupDraft): void {
    this.forget(draft.key);
    this.#drafts = [...this.#drafts, draft];
  }

  /** Its page is left: the form stays, the examples go. */
  leave({ form, usual }: SetupDraft): void {
    const isChanged = JSON.stringify(form.toConfig()) !== usual;
    form.leave();
    this.#drafts = this.#drafts.map((draft) => (draft.form === form ? { ...draft, isChanged } : draft));
  }

  forget(key: string): void {
    this.#drafts = this.#drafts.filter((draft) => draft.key !== key);
  }

  /** The dataset is gone, and with it every form for it. */
  forgetDataset(id: string): void {
    this.#drafts = this.#drafts.filter(({ datasetId }) => datasetId !== id);
  }

  /** A dataset was edited: the form that was begun for it goes on with the new version. */
  move(old: Dataset, next: Dataset): void {
    const draft = this.find(plainKey(old.id));
    if (draft === null) return;
    this.forget(draft.key);
    if (!draft.isChanged) return;
    draft.form.adapt(old, next);
    const key = plainKey(next.id);
    this.keep({ ...draft, key, query: key, datasetId: next.id });
  }
}
