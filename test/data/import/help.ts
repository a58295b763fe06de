import { AppError } from '../../../src/core/errors.ts';
import { buildDataset } from '../../../src/data/import/build-dataset.ts';
import type { BuiltDataset } from '../../../src/data/import/build-dataset.ts';
import { guessMapping } from '../../../src/data/import/mapping.ts';
import type { Mapping } from '../../../src/data/import/mapping.ts';
import { cellText } from '../../../src/data/import/raw-table.ts';
import type { RawTable } from '../../../src/data/import/raw-table.ts';
import { readTable } from '../../../src/data/import/read-table.ts';

/** A file as a person would drop it: text becomes UTF-8 bytes. */
export function fileOf(name: string, content: string | Uint8Array): { name: string; bytes: Uint8Array } {
  return { name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

export function mappingOf(table: RawTable): Mapping {
  const mapping = guessMapping(table);
  if (mapping === null) throw new Error(`no mapping for ${table.columns.join(', ')}`);
  return mapping;
}

export function build(
  table: RawTable,
  onProblem: 'skip' | 'stop' = 'skip',
  mapping = mappingOf(table),
): BuiltDataset {
  return buildDataset(table, mapping, {
    id: 'd1',
    name: 'Test',
    createdAt: 0,
    source: { kind: 'file', name: table.file, format: table.format },
    onProblem,
  });
}

/** Input and target of every example, as imported with the guessed mapping. */
export async function importPairs(name: string, content: string | Uint8Array): Promise<[string, string][]> {
  const { dataset } = build(await readTable(fileOf(name, content)));
  return dataset.examples.map(({ input, target }) => [input, target]);
}

/** The rows of a table as plain texts. */
export function grid(table: RawTable): string[][] {
  return table.rows.map(({ cells }) => table.columns.map((_, position) => cellText(cells[position])));
}

/** The foreseen failure of a promise. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('expected a failure');
}
