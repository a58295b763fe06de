import type { RunList, RunListItem } from '../../workers/protocol.ts';

/** The list as it is now. Where nothing changed it is the same one, so that nothing is drawn again. */
export function mergeRuns(
  before: readonly RunListItem[] | null,
  { ids, changed }: RunList,
): readonly RunListItem[] {
  if (before && changed.length === 0 && before.length === ids.length) return before;
  const known = new Map([...(before ?? []), ...changed].map((run) => [run.id, run]));
  return ids.flatMap((id) => known.get(id) ?? []);
}
