/** Gathers what the exports of a run are made from. */
import { splitExamples, splitSeedOf } from '../../core/split.ts';
import type { LoggedEvent } from '../../core/events.ts';
import { scoredRows } from '../../data/export/scored-rows.ts';
import { promptOf, type ResultToExport } from '../../data/export/result.ts';
import type { RunReport } from '../../core/report.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { ModelSpec } from '../../models/spec.ts';
import type { RunRecord } from '../../workers/protocol.ts';
import { fingerprint } from './fingerprint.ts';
import { provenanceOf } from './provenance.ts';

function endpointOf(spec: ModelSpec): ResultToExport['endpoint'] {
  return spec.engine === 'endpoint' ? { baseUrl: spec.baseUrl, model: spec.model } : null;
}

export async function resultToExport(
  record: RunRecord & { readonly report: RunReport },
  dataset: Dataset,
  events: readonly LoggedEvent[],
): Promise<ResultToExport> {
  const { config, report } = record;
  const { metric, choices, answer, sizes } = config;
  const result: ResultToExport = {
    name: config.name,
    task: { name: dataset.name, description: dataset.description, metric, choices, answer },
    report,
    fingerprint: null,
    rows: scoredRows(splitExamples(dataset.examples, splitSeedOf(config), sizes), report, events),
    provenance: provenanceOf(record, dataset),
    isSimulated: config.taskModel.engine === 'simulated',
    isFork: config.fork !== undefined,
    endpoint: endpointOf(config.taskModel),
  };
  return { ...result, fingerprint: await fingerprint(promptOf(result)) };
}
