/** Columns that make up a question together. */
import { INPUT_GROUPS } from './columns.ts';
import { byName } from './match-name.ts';
import type { ColumnProfile } from './profile.ts';

/** The first of the known groups that is complete; empty without one. */
export function inputGroup(columns: readonly ColumnProfile[]): readonly ColumnProfile[] {
  for (const names of INPUT_GROUPS) {
    const group = names.map((name) => byName(columns, [name])).filter((column) => column !== undefined);
    if (group.length === names.length) return group;
  }
  return [];
}
