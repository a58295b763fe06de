/** Ranges of keys, so that no two stores differ in what belongs to an id. */

/** What belongs to a dataset, a run or an experiment: keys of its id and a number or a name. */
export function partsOf(id: string, from?: number): IDBKeyRange {
  return IDBKeyRange.bound(from === undefined ? [id] : [id, from], [id, []]); // arrays come after all other keys
}

/** Under which the replies of one run of an experiment are stored. */
export function replyOwner(experimentId: string, cellKey: string): string {
  return `${experimentId}~${cellKey}`;
}

/** Of all its runs. */
export function replyOwners(experimentId: string): IDBKeyRange {
  return IDBKeyRange.bound(replyOwner(experimentId, ''), replyOwner(experimentId, '\uffff'));
}
