/** What the page and the import worker say to each other. The table itself never leaves the worker. */
import type { Example, Metric } from '../core/types.ts';
import type { BuiltDataset, Conflict } from '../data/import/build-dataset.ts';
import type { HuggingFaceRequest } from '../data/import/hugging-face.ts';
import type { Mapping } from '../data/import/mapping.ts';
import type { ImportPreview } from '../data/import/preview.ts';
import type { ProblemGroup } from '../data/import/problem-groups.ts';
import type { ReadOptions } from '../data/import/raw-table.ts';
import type { LongInputs } from '../data/long-inputs.ts';

export interface ImportSource {
  /** Appears in messages. */
  readonly name: string;
  readonly content:
    /** A dropped or chosen file, or pasted text. */
    Blob | string | { readonly address: string } | { readonly huggingFace: HuggingFaceRequest };
}

/** What a mapping would make of the whole table: counts, and the beginning of every list. */
export interface MappingCheck {
  readonly examples: readonly Example[];
  readonly size: number;
  /** What storing it takes at most. */
  readonly bytes: number;
  readonly metric: Metric;
  readonly choices: readonly string[];
  readonly skipped: readonly ProblemGroup[];
  /** Rows, not groups. */
  readonly skippedCount: number;
  readonly duplicates: number;
  readonly conflicts: readonly Conflict[];
  readonly conflictCount: number;
  /** Null where all inputs fit into a usual context window. */
  readonly long: LongInputs | null;
}

export interface ImportApi {
  /** Reads the table that the following calls are about. @throws `data-unreadable`, `invalid-data`, what loading throws */
  open(source: ImportSource, options: ReadOptions): Promise<ImportPreview>;
  /** @throws `invalid-data` when no row can be used this way */
  check(mapping: Mapping): Promise<MappingCheck>;
  /** Leaves out the rows that cannot be used. @throws `invalid-data` when none can */
  build(mapping: Mapping, named: { readonly id: string; readonly name: string }): Promise<BuiltDataset>;
}
