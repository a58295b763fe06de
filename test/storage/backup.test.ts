import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gunzipSync, gzipSync, strFromU8, strToU8 } from 'fflate';
import { AppError } from '../../src/core/errors.ts';
import { readBackup } from '../../src/storage/backup/read-backup.ts';
import { restoreBackup } from '../../src/storage/backup/restore.ts';
import { writeBackup } from '../../src/storage/backup/write-backup.ts';
import { DatasetRepository } from '../../src/storage/dataset-repository.ts';
import { openDatabase, type Database } from '../../src/storage/open.ts';
import { RunRepository } from '../../src/storage/run-repository.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from '../ui/sample-run.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // the store in memory is slow on a busy machine

const runs = 2;
const log = finishedLog(sampleReport()).events;

function emptyProfile(): Promise<Database> {
  globalThis.indexedDB = new IDBFactory();
  return openDatabase();
}

/** Some megabytes. */
async function largeBackup(): Promise<Blob> {
  const database = await emptyProfile();
  const examples = Array.from({ length: 2000 }, (_, index) => ({
    id: `e${index}`,
    input: `Question ${index} ${'and so on '.repeat(100)}`,
    target: 'yes',
  }));
  await new DatasetRepository(database).save({ ...sampleDataset, id: 'large', examples, needs: null });
  return (await writeBackup(database)).file;
}

async function fill(database: Database): Promise<void> {
  await new DatasetRepository(database).save(sampleDataset);
  const repository = new RunRepository(database);
  for (let index = 0; index < runs; index += 1) {
    const id = `run-${index}`;
    await repository.appendEvents(id, log);
    await repository.savePerson(id, 'checkpoint 3', { actions: [{ kind: 'hint', text: '<b>brief\u202e' }] });
    const report = sampleReport();
    await repository.save({ ...sampleRecord({ status: 'finished', report, eventCount: log.length }), id });
  }
  const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0.5, decodeMs: 2 };
  for (let index = 0; index < 250; index += 1) {
    const completion = { text: `Answer: ${index}\n\ud800`, finishReason: 'stop' as const, usage };
    const key = index.toString(16).padStart(32, '0');
    await database.put('completions', { key, runId: 'run-1', reply: { kind: 'completion', completion } });
  }
  await database.put('settings', 'dark', 'theme');
  await database.put('settings', { 'http://localhost': 'secret' }, 'endpoint-keys');
}

async function everything(database: Database): Promise<Record<string, unknown>> {
  const stores = await Promise.all(
    [...database.objectStoreNames].map(async (name) => {
      const [keys, values] = await Promise.all([database.getAllKeys(name), database.getAll(name)]);
      return [name, keys.map((key, index) => [key, values[index]])] as const;
    }),
  );
  return Object.fromEntries(stores);
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

let source: Database;
let backup: Blob;
beforeEach(async () => {
  source = await emptyProfile();
  await fill(source);
  ({ file: backup } = await writeBackup(source));
});

describe('a backup', () => {
  it('R4: restored into an empty profile gives equal stores, all but the keys of endpoints', async () => {
    const expected = await everything(source);
    expected['settings'] = [['theme', 'dark']];
    const empty = await emptyProfile();
    const restored = await restoreBackup(empty, 'b.gz', backup);
    expect(restored).toEqual({ datasets: 1, runs, experiments: 0, kept: 0 });
    expect(await everything(empty)).toEqual(expected);
    expect(await bytesOf((await writeBackup(empty)).file)).toEqual(await bytesOf(backup));
    expect(strFromU8(gunzipSync(await bytesOf(backup)))).not.toContain('secret');
  });

  it('leaves what is here already as it is', async () => {
    const record = { ...sampleRecord({ status: 'failed' }), id: 'run-1' };
    const other = await emptyProfile();
    await other.put('runs', record);
    const { runs: added, kept } = await restoreBackup(other, 'b.gz', backup);
    expect(added).toBe(runs - 1);
    expect(kept).toBe(log.length + 2);
    expect(await other.get('runs', 'run-1')).toEqual(record);
    expect(await new RunRepository(other).events('run-1')).toEqual([]);
  });
});

describe('R5: what is refused changes nothing', () => {
  async function refusal(file: Blob): Promise<string> {
    const empty = await emptyProfile();
    const before = await everything(empty);
    const error: unknown = await restoreBackup(empty, 'b.gz', file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(await everything(empty)).toEqual(before);
    return (error as AppError).message;
  }
  const lines = async (): Promise<string[]> => strFromU8(gunzipSync(await bytesOf(backup))).split('\n');
  const packed = (text: string): Blob => new Blob([gzipSync(strToU8(text)).slice()]);

  it('a file that ends too early, zipped or not', async () => {
    const bytes = await bytesOf(backup);
    for (const share of [0.01, 0.5, 0.99]) {
      await refusal(new Blob([bytes.slice(0, Math.floor(bytes.length * share))]));
    }
    const all = await lines();
    for (const count of [1, 2, 100, all.length - 2]) {
      expect(await refusal(packed(all.slice(0, count).join('\n')))).toContain('ends too early');
    }
  });

  it('a flipped bit, wherever it is', async () => {
    const bytes = await bytesOf(backup);
    for (let index = 0; index < 16; index += 1) {
      const flipped = bytes.slice();
      const at = 12 + Math.floor(((bytes.length - 13) * index) / 16);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (index % 8));
      await refusal(new Blob([flipped]));
    }
  });

  it('a changed figure, with its line and its field where the field cannot hold it', async () => {
    const all = await lines();
    const row = all.findIndex((line) => line.startsWith('{"store":"runs"'));
    const changed = (text: string): Blob => packed(all.with(row, text).join('\n'));
    const line = all[row] ?? '';
    expect(await refusal(changed(line.replace(/"seed":\d+/, '"seed":99')))).toContain('checksum');
    expect(await refusal(changed(line.replace(/"seed":\d+/, '"seed":"x"')))).toMatch(
      new RegExp(`line ${row + 1} \\(runs, config\\.seed\\)`),
    );
  });

  it.each([
    ['nothing', ''],
    ['a text', 'hello\nworld'],
    ['a run file', '{"format":"sentential-run","schemaVersion":1}'],
    ['an array', '[]\n[]'],
    ['null', 'null'],
    ['a table', 'input,target\n1 + 1,2\n'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff)],
    ['a packed file of something else', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8)],
  ])('%s is called what it is: not a backup', async (_name, content) => {
    const said = await refusal(new Blob([content]));
    expect(said).toContain('is not a Sentential backup');
    expect(said).not.toMatch(/line 0/);
  });

  it('a file of a newer version', async () => {
    const [, ...rest] = await lines();
    const head = (own: object): string =>
      JSON.stringify({ format: 'sentential-backup', schemaVersion: 1, databaseVersion: 1, ...own });
    expect(await refusal(packed([head({ schemaVersion: 2 }), ...rest].join('\n')))).toContain('newer');
    expect(await refusal(packed([head({ databaseVersion: 99 }), ...rest].join('\n')))).toContain('newer');
  });

  describe('where the browser has little room left', () => {
    beforeEach(() => {
      const estimate = (): Promise<StorageEstimate> => Promise.resolve({ usage: 5e6, quota: 5.4e6 });
      vi.stubGlobal('navigator', { storage: { estimate } });
    });
    afterEach(() => vi.unstubAllGlobals());

    it('one that takes more is refused before anything is written, with what is missing', async () => {
      const large = await largeBackup();
      const empty = await emptyProfile();
      const before = await everything(empty);
      const refused = expect(restoreBackup(empty, 'b.gz', large)).rejects;
      await refused.toMatchObject({ code: 'storage-full' });
      await refused.toThrow(/^“b.gz” takes up to \d MB, and this browser has 1 MB left/);
      expect(await everything(empty)).toEqual(before);
    });

    it('it is tried all the same when the person says so, and what is here already counts for nothing', async () => {
      const large = await largeBackup();
      const database = await emptyProfile();
      expect(await restoreBackup(database, 'b.gz', large, true)).toMatchObject({ datasets: 1, kept: 0 });
      expect(await restoreBackup(database, 'b.gz', large)).toMatchObject({ datasets: 0 });
    });
  });

  it('one for which there is no room: what was written already is taken back', async () => {
    const empty = await emptyProfile();
    const before = await everything(empty);
    const original: unknown = Reflect.get(IDBObjectStore.prototype, 'put');
    let writes = 0;
    IDBObjectStore.prototype.put = function (...args) {
      writes += 1;
      if (writes > 250) throw new DOMException('No room.', 'QuotaExceededError');
      return Reflect.apply(original as IDBObjectStore['put'], this, args);
    };
    try {
      await expect(restoreBackup(empty, 'b.gz', backup)).rejects.toMatchObject({ code: 'storage-full' });
    } finally {
      Reflect.set(IDBObjectStore.prototype, 'put', original);
    }
    expect(await everything(empty)).toEqual(before);
  });
});

it('reads a whole backup as records that name their stores', async () => {
  const found = new Set<string>();
  for await (const { store } of readBackup('b.gz', backup)) found.add(store);
  expect([...found]).toEqual([
    'examples',
    'runEvents',
    'completions',
    'person',
    'settings',
    'datasets',
    'runs',
  ]);
});
