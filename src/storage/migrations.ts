/** One step per version. A step sees the database as the step before left it, and runs in the upgrade's transaction. */
import type { IDBPDatabase } from 'idb';
import type { SententialSchema } from './schema.ts';

type Migration = (database: IDBPDatabase<SententialSchema>) => void;

function createStores(database: IDBPDatabase<SententialSchema>): void {
  database.createObjectStore('datasets', { keyPath: 'id' });
  database.createObjectStore('examples');
  const runs = database.createObjectStore('runs', { keyPath: 'id' });
  runs.createIndex('createdAt', 'createdAt');
  runs.createIndex('datasetId', 'config.datasetId');
  database.createObjectStore('runEvents');
  database.createObjectStore('completions', { keyPath: 'key' }).createIndex('runId', 'runId');
  database.createObjectStore('person');
  database.createObjectStore('settings');
}

/** The Lab. Nothing that was there changes. */
function addExperiments(database: IDBPDatabase<SententialSchema>): void {
  database.createObjectStore('experiments', { keyPath: 'id' }).createIndex('createdAt', 'createdAt');
  database.createObjectStore('experimentCells');
}

/** `migrations[v]` leads from version v to v + 1. */
const migrations: readonly Migration[] = [createStores, addExperiments];

export function migrate(database: IDBPDatabase<SententialSchema>, from: number, to: number): void {
  for (const step of migrations.slice(from, to)) step(database);
}
