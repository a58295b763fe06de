/**
 * The list of runs for the page, told as what changed. The store is read each time, so that other tabs' runs are
 * noticed; but a thousand records that the page has already would hold it up while it unpacks them.
 */
import type { RunListItem, RunRecord } from '../storage/run-record.ts';

export interface RunList {
  /** Names what was told; the page gives it back with its next question. */
  readonly mark: number;
  /** Of all runs, newest first. */
  readonly ids: readonly string[];
  /** Runs that are new or different since the mark that the page gave; all of them where it is not the last one. */
  readonly changed: readonly RunListItem[];
}

/** A thousand whole records would hold up the page for half a second. */
export function forList(record: RunRecord): RunListItem {
  if (record.report === null) return { ...record, report: null };
  const { test, validation, candidatesTested, candidatesAccepted, spent, bestText } = record.report;
  return { ...record, report: { test, validation, candidatesTested, candidatesAccepted, spent, bestText } };
}

/** The same text: the same item. Whatever changes a record sets its time. */
const stateOf = ({ status, updatedAt, eventCount }: RunListItem): string =>
  `${status} ${updatedAt} ${eventCount}`;

export class RunTeller {
  #mark = 0;
  #told: ReadonlyMap<string, string> = new Map();

  /** @param known - the mark of the last answer; 0 before the first */
  tell(items: readonly RunListItem[], known: number): RunList {
    const told = known === this.#mark ? this.#told : new Map<string, string>();
    const changed = items.filter((item) => told.get(item.id) !== stateOf(item));
    this.#told = new Map(items.map((item) => [item.id, stateOf(item)]));
    this.#mark += 1;
    return { mark: this.#mark, ids: items.map(({ id }) => id), changed };
  }
}
