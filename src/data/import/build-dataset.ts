/** A table and its mapping as a dataset: examples with stable ids, without duplicates, with what was left out. */
import { inferChoices, inferMetric } from '../../core/evaluate/infer-metric.ts';
import { shortHash } from '../../core/hash.ts';
import type { Example, Metric } from '../../core/types.ts';
import { needsTargets } from '../dataset.ts';
import type { Dataset, DatasetSource } from '../dataset.ts';
import { brokenRows, invalidData } from './failures.ts';
import type { Mapping } from './mapping.ts';
import type { RawTable, RowProblem } from './raw-table.ts';
import { readExamples } from './read-examples.ts';
import type { ReadExample } from './read-examples.ts';

export interface BuildOptions {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly source: DatasetSource;
  /** What happens with rows that cannot be used: leave them out, or throw. */
  readonly onProblem: 'skip' | 'stop';
}

/** The same input with different answers: one of them must be wrong, or the input lacks something. */
export interface Conflict {
  readonly input: string;
  readonly rows: readonly number[];
  readonly targets: readonly string[];
}

export interface BuiltDataset {
  readonly dataset: Dataset;
  /** Rows left out because they cannot be used. */
  readonly skipped: readonly RowProblem[];
  /** Rows left out because an earlier one has the same input and target. */
  readonly duplicates: number;
  /** Kept, but to be looked at. */
  readonly conflicts: readonly Conflict[];
}

/** @throws `invalid-data` when a column is missing, no row can be used, or one cannot and `onProblem` is `stop` */
export function buildDataset(table: RawTable, mapping: Mapping, options: BuildOptions): BuiltDataset {
  const { examples: read, problems } = readExamples(table, mapping);
  const skipped = [...table.problems, ...problems].sort((a, b) => a.row - b.row);
  if (skipped.length > 0 && options.onProblem === 'stop') throw brokenRows(table.file, skipped);
  if (read.length === 0)
    throw skipped.length > 0 ? brokenRows(table.file, skipped) : invalidData(table.file, 'has no rows.');
  const { groups, kept } = groupByInput(read);
  const inputs = kept.map(({ input }) => input);
  const targets = kept.map(formOfAnswer);
  const given = mapping.target === null ? withoutTargets(table.metric, mapping) : table.metric;
  const metric = given ?? inferMetric(targets, inputs);
  const dataset: Dataset = {
    schemaVersion: 1,
    id: options.id,
    name: options.name,
    description: table.description,
    source: options.source,
    metric,
    choices: given === null ? inferChoices(targets, inputs, metric) : [],
    examples: withIds(kept),
    facets: null,
    needs: null,
    createdAt: options.createdAt,
  };
  return { dataset, skipped, duplicates: read.length - kept.length, conflicts: conflictsOf(groups) };
}

/** Of "three" and "3" the numeral tells what kind of answer it is. */
function formOfAnswer({ target, alternatives }: ReadExample): string {
  return alternatives?.find((answer) => /^-?\d+(?:\.\d+)?$/.test(answer)) ?? target;
}

/** What the file says about judging answers, if it does. */
function withoutTargets(metric: Metric | null, { options }: Mapping): Metric {
  if (metric !== null && !needsTargets(metric)) return metric;
  return options.length > 0 ? { ...agreement, answers: { kind: 'multiple-choice' } } : agreement;
}

/** The one score there can be without right answers and without being told more. */
const agreement: Extract<Metric, { kind: 'self-consistency' }> = {
  kind: 'self-consistency',
  samples: 5,
  answers: { kind: 'exact', ignoreCase: true },
};

/** Targets of one input that are compared one by one; beyond (a wrong input column) a set keeps it linear. */
const FEW = 8;

interface Grouped {
  /** For every input, the first example with each of its targets. */
  readonly groups: ReadonlyMap<string, ReadExample | readonly ReadExample[]>;
  /** All of them, in the order of the rows. */
  readonly kept: readonly ReadExample[];
}

/** A group nearly always has one example: then it is that example, and 100,000 lists of one are spared. */
function groupByInput(examples: readonly ReadExample[]): Grouped {
  const groups = new Map<string, ReadExample | ReadExample[]>();
  const targets = new Map<readonly ReadExample[], Set<string>>();
  const kept: ReadExample[] = [];
  for (const example of examples) {
    const group = groups.get(example.input);
    if (group === undefined) groups.set(example.input, example);
    else if (!Array.isArray(group)) {
      if (group.target === example.target) continue;
      groups.set(example.input, [group, example]);
    } else if (isNew(group, example)) group.push(example);
    else continue;
    kept.push(example);
  }
  return { groups, kept };

  function isNew(group: readonly ReadExample[], { target }: ReadExample): boolean {
    if (group.length < FEW) return !group.some((other) => other.target === target);
    const known = targets.get(group) ?? new Set(group.map((other) => other.target));
    targets.set(group, known);
    return known.size < known.add(target).size;
  }
}

function isSeveral(group: ReadExample | readonly ReadExample[]): group is readonly ReadExample[] {
  return Array.isArray(group);
}

function conflictsOf(groups: Grouped['groups']): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [input, group] of groups) {
    if (!isSeveral(group)) continue;
    conflicts.push({ input, rows: group.map(({ row }) => row), targets: group.map(({ target }) => target) });
  }
  return conflicts;
}

/** The file's own id where it has one; else the row with a hash of its text, so that a changed row is a new example. */
function withIds(examples: readonly ReadExample[]): Example[] {
  const unique = areRowsEnough(examples) ? (id: string) => id : namer();
  return examples.map((example) => {
    const { row, input, target } = example;
    const id = unique(example.id || `r${row}-${shortHash(`${input}\u0000${target}`)}`);
    return withExtras({ id, input, target }, example);
  });
}

/** Without ids of the file, rows that only count up make ids that differ: a set of 100,000 texts can be spared. */
function areRowsEnough(examples: readonly ReadExample[]): boolean {
  return examples.every(({ id, row }, index) => id === '' && row > (examples[index - 1]?.row ?? -1));
}

/** Numbers what comes again. */
function namer(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let id = wanted;
    for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${n}`;
    taken.add(id);
    return id;
  };
}

/** Most examples have neither, and copying every one of 100,000 takes a noticeable time. */
function withExtras(example: Example, { alternatives, fields }: ReadExample): Example {
  if (!alternatives && !fields) return example;
  return { ...example, ...(alternatives && { alternatives }), ...(fields && { fields }) };
}
