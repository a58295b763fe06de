/** A dataset as it is stored. Never changed in place: an edit makes a new one, so that old runs stay true. */
import type { Example, Metric } from '../core/types.ts';
import type { Facet } from '../models/simulated/world.ts';

export interface Dataset {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: DatasetSource;
  readonly metric: Metric;
  /** Labels an answer may be; empty when answers are open. */
  readonly choices: readonly string[];
  readonly examples: readonly Example[];
  /** For the simulated model: built-in tasks declare what their answers depend on. */
  readonly facets: readonly Facet[] | null;
  /** Needs and slips per example id, beside `facets`. */
  readonly needs: Readonly<Record<string, ExampleNeeds>> | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface ExampleNeeds {
  readonly needs: readonly string[];
  readonly slips: Readonly<Record<string, string>>;
}

export type DatasetSource =
  | { readonly kind: 'built-in'; readonly task: string; readonly seed: number }
  | { readonly kind: 'file'; readonly name: string; readonly format: string }
  | { readonly kind: 'pasted'; readonly format: string }
  | { readonly kind: 'edited'; readonly from: string };

/** Whether an example is of no use without an expected answer. */
export function needsTargets({ kind }: Pick<Metric, 'kind'>): boolean {
  return kind !== 'judge' && kind !== 'self-consistency' && kind !== 'javascript';
}

/** What lists show; the examples stay in the store. */
export interface DatasetSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: DatasetSource;
  readonly metric: Metric;
  readonly choices: readonly string[];
  readonly size: number;
  readonly createdAt: number;
}
