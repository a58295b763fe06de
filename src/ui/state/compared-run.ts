/** What a comparison says of a run beyond the list: read when two are compared, as lists keep no logs. */
import type { OptimizerApi, RunListItem } from '../../workers/protocol.ts';
import { count } from '../format.ts';
import { verdictOf } from './result-words.ts';
import { candidateCounts } from './run/figures.ts';
import { applyEvents, emptyView } from './run/run-view.ts';

export interface ComparedRun {
  readonly settings: string;
  readonly verdict: string;
  /** As on the page of the run: “1 of 36 tried”. */
  readonly rewrites: string;
}

export async function lookAtRun(
  api: Pick<OptimizerApi, 'getRun' | 'getEvents'>,
  { id, config }: RunListItem,
): Promise<ComparedRun> {
  const [{ settingsInWords }, { report }, events] = await Promise.all([
    import('./provenance.ts'),
    api.getRun(id),
    api.getEvents(id, 0),
  ]);
  const { kept, tried } = candidateCounts(applyEvents(emptyView, events).attempts);
  return {
    settings: settingsInWords(config),
    verdict: report === null ? '–' : verdictOf(report).title,
    rewrites: `${count(kept)} of ${count(tried)} tried`,
  };
}
