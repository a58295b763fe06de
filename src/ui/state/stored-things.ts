/** What is stored, in words: what it is, how much it takes, and why it cannot go now where it cannot. */
import { cellsOf } from '../../core/lab/design.ts';
import type { DatasetSummary } from '../../data/dataset.ts';
import type { ExperimentRecord } from '../../workers/lab-protocol.ts';
import type { RunListItem, StoredSize } from '../../workers/protocol.ts';
import { countOf } from '../words.ts';
import { runDetails, startedAt } from './run-title.ts';

interface Described {
  readonly name: string;
  /** “run of Nov 28, 2026, 10:09:31 AM, dual-phase · seed 1 · …” */
  readonly about: string;
  /** Why it cannot be deleted now; null where it can. */
  readonly held: string | null;
}

export interface StoredThing extends StoredSize, Described {}

export interface Known {
  readonly runs: readonly RunListItem[];
  readonly datasets: readonly DatasetSummary[];
  readonly experiments: readonly ExperimentRecord[];
}

const isUnderWay = ({ status }: ExperimentRecord): boolean => status === 'running' || status === 'queued';

function aboutRun(run: RunListItem): Described {
  const held = run.status === 'running' ? 'under way' : null;
  return { name: run.config.name, about: `run of ${startedAt(run)}, ${runDetails(run)}`, held };
}

/** As the worker has it: a dataset stays as long as a run or an experiment needs it. */
function aboutDataset({ id, name, size }: DatasetSummary, { runs, experiments }: Known): Described {
  const uses = [
    [runs.filter(({ config }) => config.datasetId === id).length, 'run'],
    [
      experiments.filter(({ config }) => config.design.tasks.some((task) => task.id === id)).length,
      'experiment',
    ],
  ] as const;
  const needed = uses.flatMap(([count, what]) => (count === 0 ? [] : [countOf(count, what)]));
  const held = needed.length === 0 ? null : `needed by ${needed.join(' and ')}`;
  return { name, about: `dataset, ${countOf(size, 'example')}`, held };
}

function aboutExperiment(record: ExperimentRecord): Described {
  const { design } = record.config;
  const about = `experiment of ${startedAt(record)}, ${record.done} of ${countOf(cellsOf(design).length, 'run')}`;
  return { name: design.title, about, held: isUnderWay(record) ? 'under way' : null };
}

function describe({ kind, id }: StoredSize, known: Known): Described | null {
  const isIt = (one: { readonly id: string }): boolean => one.id === id;
  if (kind === 'run') {
    const run = known.runs.find(isIt);
    return run ? aboutRun(run) : null;
  }
  if (kind === 'dataset') {
    const dataset = known.datasets.find(isIt);
    return dataset ? aboutDataset(dataset, known) : null;
  }
  const experiment = known.experiments.find(isIt);
  return experiment ? aboutExperiment(experiment) : null;
}

/** In the order of the sizes. What is in no list is damaged, and said elsewhere. */
export function storedThings(sizes: readonly StoredSize[], known: Known): StoredThing[] {
  return sizes.flatMap((size) => {
    const described = describe(size, known);
    return described === null ? [] : [{ ...size, ...described }];
  });
}
