/** What is stored and cannot be read: named, so that it is not lost in silence, and taken out as it is. */
import * as v from 'valibot';
import { partsOf } from './key-ranges.ts';
import type { Database } from './open.ts';
import { stored } from './stored-schemas.ts';

export type DamagedKind = 'dataset' | 'run' | 'experiment';

export interface DamagedRecord {
  readonly kind: DamagedKind;
  readonly id: string;
  /** Where that can still be read. */
  readonly name: string | null;
  /** What is damaged, as the way to the field; null: all of it. */
  readonly place: string | null;
}

/** The store of each kind, where its name is, and the stores of its parts. */
const kinds = {
  dataset: { store: 'datasets', name: 'name', parts: ['examples'] },
  run: { store: 'runs', name: 'config.name', parts: ['runEvents', 'person'] },
  experiment: {
    store: 'experiments',
    name: 'config.design.title',
    parts: ['experimentCells'],
  },
} as const;

function nameIn(record: unknown, path: string): string | null {
  let found: unknown = record;
  for (const field of path.split('.'))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, field) : undefined;
  return typeof found === 'string' && found !== '' ? found.slice(0, 80) : null;
}

async function damagedOf(database: Database, kind: DamagedKind): Promise<DamagedRecord[]> {
  const { store, name } = kinds[kind];
  const records: readonly { readonly id: string }[] = await database.getAll(store);
  return records.flatMap((record) => {
    const [issue] = v.safeParse(stored[store], record, { abortEarly: true }).issues ?? [];
    if (!issue) return [];
    return [{ kind, id: record.id, name: nameIn(record, name), place: v.getDotPath(issue) }];
  });
}

export async function damagedRecords(database: Database): Promise<DamagedRecord[]> {
  const found = await Promise.all(
    (Object.keys(kinds) as DamagedKind[]).map((kind) => damagedOf(database, kind)),
  );
  return found.flat();
}

/** The record with all that belongs to it, unchecked, as JSON to look at; nothing here reads it back. */
export async function damagedAsText(database: Database, kind: DamagedKind, id: string): Promise<string> {
  const { store, parts } = kinds[kind];
  const entries = await Promise.all(
    parts.map(async (part) => [part, await database.getAll(part, partsOf(id))] as const),
  );
  const replies = await database.getAllFromIndex('completions', 'runId', id);
  return JSON.stringify(
    { [store]: await database.get(store, id), ...Object.fromEntries(entries), replies },
    null,
    2,
  );
}
