/** A damaged record is named, can be taken out and deleted, and spoils neither the lists nor a backup. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { restoreBackup } from '../../src/storage/backup/restore.ts';
import { writeBackup } from '../../src/storage/backup/write-backup.ts';
import { damagedAsText, damagedRecords } from '../../src/storage/damaged.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import { ExperimentRepository } from '../../src/storage/experiment-repository.ts';
import { openDatabase, type Database } from '../../src/storage/open.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from '../ui/sample-run.ts';

const { events } = finishedLog(sampleReport());
const good = sampleRecord({ id: 'good', status: 'finished', report: sampleReport() });
const bad = { ...good, id: 'bad', config: { ...good.config, seed: 'seven' } };

let database: Database;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
  await new DatasetRepository(database).save(sampleDataset);
  const runs = new RunRepository(database);
  await runs.save(good);
  for (const id of ['good', 'bad']) await runs.appendEvents(id, events);
  await database.put('runs', bad as never);
});

it('is named with what is damaged; what is sound is not', async () => {
  expect(await damagedRecords(database)).toEqual([
    { kind: 'run', id: 'bad', name: good.config.name, place: 'config.seed' },
  ]);
});

it.each([
  ['datasets', 'dataset', { id: 'd', name: 5 }],
  ['experiments', 'experiment', { id: 'x', createdAt: 'never' }],
  ['runs', 'run', { id: 'r', config: { datasetId: 'd' } }],
] as const)('in %s is named even where it has lost nearly everything', async (store, kind, record) => {
  await database.put(store, record as never);
  const found = expect.objectContaining({ kind, id: record.id, name: null }) as unknown;
  expect(await damagedRecords(database)).toContainEqual(found);
});

it('is taken out as it is, with what belongs to it and nothing of its neighbours', async () => {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  expect(JSON.parse(await damagedAsText(database, 'run', 'bad'))).toEqual({
    runs: plain(bad),
    runEvents: plain(events),
    person: [],
    replies: [],
  });
});

it('is left out of a backup, which says so and restores all the rest', async () => {
  const { file, leftOut } = await writeBackup(database);
  expect(leftOut).toBe(1);
  globalThis.indexedDB = new IDBFactory();
  const fresh = await openDatabase();
  expect(await restoreBackup(fresh, 'b.gz', file)).toMatchObject({ runs: 1, datasets: 1 });
  expect(await new RunRepository(fresh).get('good')).toEqual(good);
});

/** Every field of a record gone, or holding something else. */
function broken(record: object): object[] {
  const instead = [undefined, null, 7, '', {}, [{}]];
  return Object.keys(record).flatMap((field) => instead.map((value) => ({ ...record, [field]: value })));
}

it.each(['datasets', 'examples', 'runs', 'person', 'experiments'] as const)(
  'whatever is broken in %s: what a backup takes in is never called damaged once it is restored',
  async (store) => {
    const design = { title: 'x', tasks: [{ id: 't', name: 't' }] };
    const config = { design, model: { engine: 'simulated' } };
    const dates = { createdAt: 1, updatedAt: 1 };
    const experiment = {
      schemaVersion: 1,
      id: 'x',
      config,
      status: 'paused',
      done: 0,
      error: null,
      ...dates,
    };
    await database.put('experiments', experiment as never);
    await new RunRepository(database).savePerson('good', 'checkpoint 3', { actions: [] });
    await new RunRepository(database).delete('bad');
    await database.clear('runEvents'); // long, and not what is broken here
    const [record] = await database.getAll(store);
    const [key] = await database.getAllKeys(store);
    const isKeyed = store === 'examples' || store === 'person';
    for (const other of broken(record ?? {})) {
      if (!isKeyed && (!('id' in other) || typeof other.id !== 'string')) continue; // the browser refuses these
      await database.clear(store);
      await database.put(store, other, isKeyed ? (key as never) : undefined);
      const { file } = await writeBackup(database);
      globalThis.indexedDB = new IDBFactory();
      const fresh = await openDatabase();
      await restoreBackup(fresh, 'b.gz', file);
      expect(await damagedRecords(fresh)).toEqual([]);
      const datasets = new DatasetRepository(fresh);
      for (const { id } of await datasets.list()) expect(await datasets.isDamaged(id)).toBe(false);
      const runs = new RunRepository(fresh);
      for (const { id } of await runs.list()) await runs.person(id, 'checkpoint 3');
      expect(await new ExperimentRepository(fresh).list()).toHaveLength(await fresh.count('experiments'));
      fresh.close();
    }
  },
);

it('makes way for an earlier backup once it is deleted', async () => {
  await database.put('runs', { ...good, id: 'bad' });
  const { file } = await writeBackup(database);
  await database.put('runs', bad as never);
  const runs = new RunRepository(database);
  await runs.delete('bad');
  expect(await damagedRecords(database)).toEqual([]);
  await restoreBackup(database, 'b.gz', file);
  expect((await runs.list()).map(({ id }) => id).sort()).toEqual(['bad', 'good']);
});
